import { rmSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withIndex } from '../build/with-index.ts'

const files = {
  'a.md':
    '---\ntags: [Sea, sea, 7]\ndate: 2026-11\nperson: {Name: Mei}\n"a b": 1\n"not": 2\n---\nText of a.\n',
  'b.md': '+++\ntags = ["land"]\ndate = 2025-01-31\nlevel = 3\n+++\nText of b.\n',
  'c.txt': 'Fact Box\n\nLevel: 13.5\n\nTitle\n\nText of c.\n',
}

test('each key is told with its documents, types, range and commonest values', async () => {
  await withIndex(files, async index => {
    const { fields, documents } = await index.fields()
    const by = Object.fromEntries(fields.map(({ key, ...rest }) => [key, rest]))
    expect(documents).toBe(3)
    expect(Object.keys(by)).toEqual(['`a b`', '`not`', 'date', 'level', 'person.name', 'tags'])
    expect(by.level).toMatchObject({ documents: 2, types: { number: 2 }, distinct: 2, numbers: [3, 13.5] })
    expect(by.date).toMatchObject({ types: { date: 2 }, dates: ['2025-01-31', '2026-11'] })
    expect(by.tags).toEqual({
      documents: 2,
      types: { text: 3, number: 1 },
      distinct: 3,
      numbers: [7, 7],
      values: [
        { value: 7, documents: 1 },
        { value: 'Sea', documents: 1 },
        { value: 'land', documents: 1 },
      ],
    })
    for (const { key } of fields) expect((await index.search('', { where: key })).total).toBeGreaterThan(0)
  })
})

test('files are told by what the index has, and modified by the files themselves, while they are here', async () => {
  await withIndex(files, async (index, folder) => {
    const time = new Date('2025-06-01T12:00:00Z')
    for (const name of Object.keys(files)) utimesSync(join(folder, 'docs', name), time, time)
    const { file } = await index.fields()
    expect(file.map(({ key }) => key)).toEqual(['format', 'modified', 'size'])
    expect(file[1]?.dates).toEqual(['2025-06-01T12:00:00.000Z', '2025-06-01T12:00:00.000Z'])
    expect(file[2]?.numbers?.[0]).toBe(files['c.txt'].length)
    rmSync(join(folder, 'docs'), { recursive: true })
    expect((await index.fields()).file.map(({ key }) => key)).toEqual(['format', 'size'])
  })
})
