/** What is known of files, as filters and hits have it. */
import { cpSync, rmSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openIndex } from '../../src/search/open.ts'
import { withIndex } from '../build/with-index.ts'

const files = {
  'long.md': `---\nauthor: Ann\n---\n${'The whale is in the sea and it is large. '.repeat(20)}\n`,
  'short.txt': 'Whale song.\n\nWhale again.\n',
  'own.md': '---\nsize: 7\n---\nA whale of its own.\n',
}

async function pathsWhere(index: Awaited<ReturnType<typeof openIndex>>, where: string) {
  const { hits, absentKeys } = await index.search('whale', { where, group: 'document' })
  return [hits.map(({ path }) => path).sort(), absentKeys ?? []]
}

test('filters see size, format and language; a key of the document goes before', async () => {
  await withIndex(files, async index => {
    expect(await pathsWhere(index, 'size > 500')).toEqual([['long.md'], []])
    expect(await pathsWhere(index, 'size = 7')).toEqual([['own.md'], []])
    expect(await pathsWhere(index, 'file.size < 500 and format = markdown')).toEqual([['own.md'], []])
    expect(await pathsWhere(index, 'language = en')).toEqual([['long.md'], []])
    const { hits } = await index.search('large')
    expect(hits[0]?.file).toMatchObject({ size: files['long.md'].length, format: 'markdown', language: 'en' })
    expect(hits[0]?.metadata).toEqual({ author: 'Ann' })
  })
})

test('modified is asked of the file, and not known where it is not here', async () => {
  await withIndex(files, async (index, folder) => {
    const old = new Date('2020-02-03T04:05:06Z')
    utimesSync(join(folder, 'docs/short.txt'), old, old)
    expect(await pathsWhere(index, 'modified < 2021-01')).toEqual([['short.txt'], []])
    expect(await pathsWhere(index, 'file.modified = 2020-02-03')).toEqual([['short.txt'], []])
    expect((await index.show('short.txt')).file!.modified).toBe('2020-02-03T04:05:06.000Z')
    cpSync(join(folder, 'index'), join(folder, 'elsewhere/index'), { recursive: true })
    const copy = await openIndex(join(folder, 'elsewhere/index'))
    expect(await pathsWhere(copy, 'modified < 2021-01')).toEqual([[], ['modified']])
    expect((await copy.search('whale')).hits[0]?.file.modified).toBeUndefined()
    await copy.close()
    rmSync(join(folder, 'docs/short.txt'))
    expect(await pathsWhere(index, 'modified < 2021-01')).toEqual([[], []])
  })
})

test('a key that no document has is told', async () => {
  await withIndex(files, async index => {
    expect(await pathsWhere(index, 'levl < 3 or author = ann')).toEqual([['long.md'], ['levl']])
    expect(await index.search('whale')).not.toHaveProperty('absentKeys')
  })
})
