import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withIndex } from '../build/with-index.ts'

const NOTICE = 'This file may be copied under the terms of the licence.'
const FILES = {
  'a.txt': `One\n\nThis is the first of them.\n\n${NOTICE}`,
  'b.txt': `Two\n\nA licence is a permission, of which this text has many words to tell.\n\n${NOTICE}`,
  'c.txt': `Three\n\nSomething else is in here.\n\nThis file may be copied\nunder the terms of the licence.`,
}

test('the same text is one hit that names the other places, however it is wrapped', async () => {
  await withIndex(FILES, async index => {
    const { hits, total, collapsed } = await index.search('copied licence')
    expect(hits.map(({ path, also }) => [path, also])).toEqual([
      ['a.txt', ['b.txt:5', 'c.txt:5']],
      ['b.txt', undefined],
    ])
    expect([total, collapsed]).toEqual([4, 2])
  })
})

test('the places are named however few hits are asked for', async () => {
  await withIndex(FILES, async index => {
    const { hits, collapsed } = await index.search('copied licence', { limit: 1 })
    expect(hits).toMatchObject([{ path: 'a.txt', also: ['b.txt:5', 'c.txt:5'] }])
    expect(collapsed).toBe(2)
  })
})

test('a line that repeats itself is one place', async () => {
  const song = Array.from({ length: 300 }, () => 'The whale sings to the sea, la la la.').join(' ')
  await withIndex({ 'a.txt': `${song}\n`, 'b.txt': `${song}\n` }, async index => {
    const { hits, collapsed } = await index.search('whale', { limit: 1 })
    expect(hits).toMatchObject([{ path: 'a.txt', also: ['b.txt:1'] }])
    expect(collapsed).toBeGreaterThan(2)
  })
})

test('pages go on after what was collapsed', async () => {
  await withIndex(FILES, async index => {
    const { hits } = await index.search('copied licence', { limit: 1, offset: 1 })
    expect(hits).toMatchObject([{ path: 'b.txt', rank: 2 }])
    expect((await index.search('copied licence', { offset: 2 })).hits).toEqual([])
  })
})

test('nothing is collapsed where the ranking is plain, by path or of documents', async () => {
  await withIndex(FILES, async index => {
    for (const options of [{ rank: 'plain' }, { sort: 'path' }] as const)
      expect((await index.search('copied licence', options)).hits.length).toBe(4)
    const byDocument = await index.search('copied licence', { group: 'document' })
    expect(byDocument).toMatchObject({ collapsed: 0, hits: [{}, {}, {}] })
  })
})

test('where the file of a hit is gone, one with the same text stands in', async () => {
  await withIndex(FILES, async (index, folder) => {
    rmSync(join(folder, 'docs', 'a.txt'))
    const { hits, dropped } = await index.search('copied licence')
    expect(hits[0]).toMatchObject({ path: 'b.txt', also: ['c.txt:5'] })
    expect(dropped).toBe(1)
  })
})
