/** Identifiers of programs are found whole and by their parts. */
import { expect, test } from 'vitest'
import { withIndex } from '../build/with-index.ts'

const files = {
  'a.ts': 'const one = 1 + 2\n\nexport function parseHtmlTree(source) {}\n\nconst snake_case = DEC_0054\n',
  'b.json': '{\n "version": "1.0.21 of it",\n "name": "DEC-0054 record"\n}\n',
  'c.md': 'Read `parse_xml_tree`, or JavaScript.\n',
}

const found = async (query: string) => {
  let paths: [string, string][] = []
  await withIndex(files, async index => {
    const { hits } = await index.search(query)
    paths = hits.map(({ path, excerpt, highlights }) => [
      path,
      highlights.map(([start, end]) => excerpt.slice(start, end)).join(' '),
    ])
  })
  return paths
}

test.each([
  ['parseHtmlTree', [['a.ts', 'parseHtmlTree']]],
  ['parsehtmltree', [['a.ts', 'parseHtmlTree']]],
  ['html', [['a.ts', 'parseHtmlTree']]],
  [
    'trees',
    [
      ['a.ts', 'parseHtmlTree'],
      ['c.md', 'tree'],
    ],
  ],
  ['snake_case', [['a.ts', 'snake_case']]],
  ['snake', [['a.ts', 'snake']]],
  [
    'DEC-0054',
    [
      ['a.ts', 'DEC_0054'],
      ['b.json', 'DEC-0054'],
    ],
  ],
  [
    '0054',
    [
      ['a.ts', '0054'],
      ['b.json', '0054'],
    ],
  ],
  ['1.0.21', [['b.json', '1.0.21']]],
  ['1.0', [['b.json', '1.0.21']]],
  ['html NEAR source', [['a.ts', 'parseHtmlTree(source']]],
  ['parseXmlTree', [['c.md', 'parse_xml_tree']]],
  ['java', []],
])('%s', async (query, expected) => {
  expect((await found(query)).sort()).toEqual(expected)
})

test('a part is no word more: lengths, tokens and phrases are as they were', async () => {
  await withIndex({ 'a.ts': files['a.ts'] }, async index => {
    expect(index.manifest.totals.tokens).toBe(13)
    expect((await index.search('"html tree"')).total).toBe(0)
    expect((await index.search('"parseHtmlTree source"')).total).toBe(1)
    const { hits } = await index.search('html', { explain: true })
    expect(hits[0]?.explanation?.[0]?.terms).toEqual(['html'])
  })
})
