/** Every script is found as it is written, whichever way it is typed, and lit where it stands. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Index } from '../../src/search/index.ts'
import { tokenize } from '../../src/text/analyzer.ts'
import { withIndex } from '../build/with-index.ts'

const LINES = {
  'chinese.txt': '赵州桥由工匠李春设计，至今已有一千四百年。',
  'japanese.txt': 'ガラスの風鈴が夏の軒先で鳴る。カラスは鳴かない。',
  'halfwidth.txt': 'ｶﾞﾗｽの器を割らないように運ぶこと。',
  'korean.txt': '한국어는 조사가 붙어서 단어의 끝이 달라진다.',
  'thai.txt': 'ภาษาไทยเขียนติดกันโดยไม่มีช่องว่างระหว่างคำ',
  'arabic.txt': 'اللغة العربية تكتب من اليمين إلى اليسار في كل الكتب',
  'hindi.txt': 'हिन्दी भारत की एक प्रमुख भाषा है और बहुत लोग बोलते हैं',
  'greek.txt': 'Η θάλασσα είναι γαλανή και ο ουρανός καθαρός σήμερα',
  'russian.txt': 'Ёлка стоит в лесу, и книги лежат на столе у окна',
  'vietnamese.txt': 'Tiếng Việt dùng chữ Quốc ngữ với nhiều dấu thanh',
  'german.txt': 'Die Straße zum Fußballplatz führt über die Donaudampfschifffahrt',
  'wide.txt': 'Ｆｕｌｌ ｗｉｄｔｈ letters and a ﬁne ligature, ½ of it',
} as const

const folder = (files: Readonly<Record<string, string>>) => files

/** What is lit of the first hit, and where that is. */
async function lit(index: Index, query: string) {
  const [hit] = (await index.search(query)).hits
  return hit && { path: hit.path, words: hit.highlights.map(([start, end]) => hit.excerpt.slice(start, end)) }
}

test.each([
  ['赵州桥', 'chinese.txt', ['赵州桥']],
  ['李春', 'chinese.txt', ['李春']],
  ['한국', 'korean.txt', ['한국']],
  ['ไทยเขียน', 'thai.txt', ['ไทยเขียน']],
  ['العربية', 'arabic.txt', ['العربية']],
  ['भाषा', 'hindi.txt', ['भाषा']],
  ['θαλασσα', 'greek.txt', ['θάλασσα']],
  ['ΘΑΛΑΣΣΑ', 'greek.txt', ['θάλασσα']],
  ['елка', 'russian.txt', ['Ёлка']],
  ['tieng viet', 'vietnamese.txt', ['Tiếng', 'Việt']],
  ['Tiếng', 'vietnamese.txt', ['Tiếng']],
  ['strasse', 'german.txt', ['Straße']],
  ['STRASSE', 'german.txt', ['Straße']],
  ['full width', 'wide.txt', ['Ｆｕｌｌ', 'ｗｉｄｔｈ']],
  ['ｆｕｌｌ', 'wide.txt', ['Ｆｕｌｌ']],
  ['fine', 'wide.txt', ['ﬁne']],
])('%s finds %s and lights it', async (query, path, words) => {
  await withIndex(folder(LINES), async index => {
    expect(await lit(index, query)).toEqual({ path, words })
  })
})

test('ガラス is not カラス, and is the same in half width', async () => {
  await withIndex(folder(LINES), async index => {
    const paths = async (query: string) => (await index.search(query)).hits.map(({ path }) => path).sort()
    expect(await paths('ガラス')).toEqual(['halfwidth.txt', 'japanese.txt'])
    expect(await paths('ｶﾞﾗｽ')).toEqual(['halfwidth.txt', 'japanese.txt'])
    expect(await paths('カラス')).toEqual(['japanese.txt'])
  })
})

test('in scripts without spaces any two characters or more find their line', async () => {
  await withIndex(folder(LINES), async index => {
    const solo = ['chinese.txt', 'japanese.txt', 'korean.txt', 'thai.txt'] as const
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...solo),
        fc.nat(),
        fc.integer({ min: 2, max: 6 }),
        async (path, from, size) => {
          const tokens = tokenize(LINES[path])
          const first = from % (tokens.length - 1)
          const last = Math.min(first + size, tokens.length) - 1
          const run = LINES[path].slice(tokens[first]!.start, tokens[last]!.end)
          const { hits } = await index.search(run.split(/[\s，。]/u)[0]!, { exact: true })
          expect(hits.map(hit => hit.path)).toContain(path)
        },
      ),
      { numRuns: 150 },
    )
  })
})

const seeds = fileURLToPath(new URL('../../seeds', import.meta.url))

test('any run of whole tokens of a chunk, quoted, finds that chunk at its line', async () => {
  const files: Record<string, Uint8Array> = {}
  for (const path of readdirSync(seeds, { recursive: true, encoding: 'utf8' })) {
    if (/\.(md|txt|rst)$/.test(path)) files[path] = readFileSync(join(seeds, path))
  }
  await withIndex(files, async index => {
    const { chunks } = index.manifest.totals
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: chunks - 1 }),
        fc.nat(),
        fc.integer({ min: 1, max: 7 }),
        async (number, from, size) => {
          const row = await index.segments[0]!.text.chunk(number)
          const tokens = tokenize(row.text)
          const first = from % tokens.length
          const run = tokens.slice(first, first + size)
          const text = row.text.slice(run[0]!.start, run.at(-1)!.end).replace(/["“”„«»\\]/g, ' ')
          const { hits } = await index.search(`"${text}"`, { limit: 1000 })
          const { path } = await index.documents.at(row.document)
          const hit = hits.find(
            each => each.path === path && each.startLine === row.startLine && each.column >= 1,
          )
          expect(hit, text).toBeDefined()
          const passage = await index.show(`${path}:${hit!.line}`)
          const [start, end] = hit!.highlights[0]!
          const word = hit!.excerpt.slice(start, end).split(/\r?\n|\r/)[0]!
          expect(passage.text.slice(hit!.column - 1)).toMatch(
            new RegExp(`^${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`),
          )
        },
      ),
      { numRuns: 300 },
    )
  })
}, 120_000)
