/** A cluster answers as an index in a folder does: the same hits, scores, excerpts and notes. Real daemons. */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildIndex } from '../../src/build/build.ts'
import { openIndex } from '../../src/cluster/open.ts'
import { updateCluster } from '../../src/cluster/update.ts'
import type { Index } from '../../src/search/index.ts'
import { openIndex as openFolder } from '../../src/search/open.ts'
import type { SearchOptions } from '../../src/search/options.ts'
import type { SearchResult } from '../../src/search/result.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { noDaemons, startCluster, type TestCluster, written } from './daemons.ts'

const FILES = {
  'guide/whales.md':
    '---\nlevel: 3\nauthor: Cai Meng\n---\n# Whales\n\nA sperm whale dives for an hour under the sea.\n\n## Songs\n\nThe whale sings to the whales; whaling is an old trade.\n',
  'guide/tea.txt':
    'Tea at four\n\nTea is best with water that does not quite boil, by the sea or not.\n\nWater everywhere, and no tea to be had.\n',
  'guide/ship.rst':
    'Ships\n=====\n\nThe ship sails the sea, and the read-copy-update whale follows it at 10.1.2 knots.\n\nPage table lock: the page table is locked before the ship is.\n',
  'code/tree.ts':
    'export function parseHtmlTree(source: string) {\n  return htmlParser.parse(source)\n}\n\nconst treeDepth = 12 // of the html tree\n',
  'languages/de.txt':
    'Die Häuser der Straße sind alt. Das Haus am Ende der Straße ist das älteste, und die Leute sagen, dass es in dem Haus spukt.\n',
  'languages/ja.txt':
    '東京都は日本の首都です。ガラスの家に住む人は石を投げてはいけない。\n\nカラスは黒い。\n',
  'languages/ru.txt': 'Привет, мир! Ёлка стоит в доме, а в домах было темно и тихо.\n',
  "odd/a 'quoted' \\ name.txt": 'A name with quotes; the sea again.\n',
  'odd/emoji.txt': 'Tea 😀 and cake 🎂 by the sea.\n\nfloat 𝒜 letters, and a NUL-free line.\n',
  'odd/empty.txt': '',
  'odd/long.txt': `${'x'.repeat(60)} is a long word.\n\n${'the whale and the sea. '.repeat(40)}\n`,
}

const QUERIES: [string, SearchOptions?][] = [
  ['whale'],
  ['the whale in the sea'],
  ['whales tea water', { limit: 3 }],
  ['whales tea water', { limit: 3, offset: 2 }],
  ['"sperm whale"'],
  ['"old trade whaling"~3'],
  ['"whale hour"~2'],
  ['sperm NEAR/2 dives'],
  ['whale NEAR/4 sea NEAR/4 ship'],
  ['"page table" NEAR/3 locked'],
  ['+sea tea'],
  ['sea -whale'],
  ['-whale'],
  ['sea NOT (whale OR tea)'],
  ['whale AND (sea OR tea)'],
  ['title:whales'],
  ['heading:songs whale'],
  ['text:whales'],
  ['wha*'],
  ['*ale'],
  ['w?ter'],
  ['wahle~'],
  ['whole~2'],
  ['/wh.l.*/'],
  ['whale^3 tea'],
  ['read-copy-update'],
  ['read-copy-nothing'],
  ['10.1.2'],
  ['parseHtmlTree'],
  ['html tree'],
  ['haus'],
  ['Häuser'],
  ['strasse'],
  ['東京都'],
  ['ガラス'],
  ['дом'],
  ['елка'],
  ['😀'],
  ['🎂 tea'],
  ['𝒜'],
  ['x'.repeat(60)],
  ['nowhere'],
  ['wahle'],
  ['path:guide/** sea'],
  ['sea path:odd/* OR tea'],
  ['sea', { paths: ['guide/**'] }],
  ['sea', { paths: ['nowhere/**'] }],
  ['', { paths: ['guide/**'] }],
  ['sea', { where: 'level = 3' }],
  ['sea', { where: 'author = "Cai Meng" or format = "plain"' }],
  ['', { where: 'level > 1' }],
  ['sea', { where: 'nokey = 1' }],
  ['whale sea', { all: true }],
  ['whales', { exact: true }],
  ['whela', { fuzzy: true }],
  ['whale', { language: 'en' }],
  ['sea', { sort: 'path' }],
  ['sea whale', { group: 'document' }],
  ['whale trade hour', { group: 'document', all: true }],
  ['sea', { rank: 'plain' }],
  ['sea whale', { explain: true }],
  ['sea', { limit: 0 }],
  ["it's `quoted' \"half"],
  [')(*&^%$#@!'],
]

/** What has to be alike. */
const comparable = ({ tookMs, indexes, documentsWithAll, ...rest }: SearchResult) => rest

describe.skipIf(noDaemons)(`a cluster${noDaemons ? `: ${noDaemons}` : ''}`, () => {
  const folder = temporaryFolder('cluster', afterAll)
  const docs = join(folder, 'docs')
  const home = join(folder, 'index')
  let cluster: TestCluster
  let one: Index
  let many: Index

  beforeAll(async () => {
    written(docs, FILES)
    cluster = await startCluster([1, 1, 1])
    await updateCluster({ paths: [docs], index: cluster.address })
    await buildIndex({ paths: [docs], index: home })
    one = await openFolder(home)
    many = await openIndex(cluster.address)
  })

  afterAll(async () => {
    await one?.close()
    await many?.close()
    await cluster?.stop()
  })

  test.each(QUERIES)('answers %j %j', async (query, options = {}) => {
    const wanted = await one.search(query, options)
    const got = await many.search(query, options)
    expect(comparable(got)).toEqual(comparable(wanted))
    expect(got.partial).toBeUndefined()
  })

  test('counts, and names the documents', async () => {
    for (const query of ['sea', 'sea -whale', '"sperm whale"', 'nowhere'])
      expect(await many.count(query)).toBe(await one.count(query))
    for (const query of ['sea', 'whale', 'nowhere'])
      expect(await many.matchedDocuments(query)).toEqual(await one.matchedDocuments(query))
  })

  test('shows documents and passages as they stand', async () => {
    for (const [path, text] of Object.entries(FILES)) expect((await many.show(path)).text).toBe(text)
    for (const reference of ['guide/whales.md:7', 'guide/tea.txt:3-5'])
      expect(await many.show(reference)).toEqual(await one.show(reference))
    const { hits } = await many.search('sperm')
    expect(await many.show(hits[0]!.citation)).toEqual(await one.show(hits[0]!.citation))
    await expect(many.show('guide/whales.md:99')).rejects.toThrow('has 11 lines')
    await expect(many.show('nowhere.md')).rejects.toThrow('has no document')
    await expect(many.show(`${hits[0]!.citation.slice(0, -8)}00000000`)).rejects.toThrow('not in the index')
  })

  test('has the same keys, figures and completions', async () => {
    const { index: _, ...wanted } = await one.fields()
    expect(await many.fields()).toMatchObject(wanted)
    const { documents, chunks, tokens, textBytes, languages, formats, folders, sizes } = await one.stats()
    expect(await many.stats()).toMatchObject({
      ...{ documents, chunks, tokens, textBytes, languages, formats, folders, sizes },
    })
    expect(await many.complete('the wha', 5)).toEqual(await one.complete('the wha', 5))
  })

  test('follows its files', async () => {
    writeFileSync(join(docs, 'guide/tea.txt'), 'Coffee, and no tea.\n')
    rmSync(join(docs, 'odd/emoji.txt'))
    written(docs, { 'guide/new.txt': 'A new whale.\n' })
    const report = await updateCluster({ index: cluster.address })
    expect(report.changes).toMatchObject({ added: 1, changed: 1, removed: 1, unchanged: 9 })
    await buildIndex({ index: home })
    const [wanted, got] = await Promise.all([openFolder(home), openIndex(cluster.address)])
    for (const query of ['tea', 'coffee', 'whale new', 'cake', '"quite boil"'])
      expect(comparable(await got.search(query))).toEqual(comparable(await wanted.search(query)))
    expect((await updateCluster({ index: cluster.address })).changed).toBe(false)
    await wanted.close()
    await got.close()
  })
})
