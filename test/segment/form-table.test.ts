import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FormCounter } from '../../src/build/form-counter.ts'
import { Dictionary } from '../../src/segment/dictionary.ts'
import { formKey, formsOf, writeFormTable } from '../../src/segment/form-table.ts'
import { PostingEncoder } from '../../src/segment/posting-encoder.ts'
import { tokenize } from '../../src/text/analyzer.ts'
import { type Stemmer, stemmerFor } from '../../src/text/stem.ts'
import { withUnitFile } from './memory-file.ts'

const inMemory = { keep: (rows: Uint16Array) => rows.slice() }

/** The table of some terms in ascending order, each of which stands in so many chunks that have no other. */
function tableOf(terms: readonly string[], stem: Stemmer, chunksOfEach: number) {
  const counter = new FormCounter(terms, stem, terms.length * chunksOfEach, inMemory)
  const encoder = new PostingEncoder()
  for (const number of terms.keys()) {
    for (let chunk = 0; chunk < chunksOfEach; chunk++)
      encoder.add(number * chunksOfEach + chunk, 1, 1, 0, 0, Int32Array.of(0), 0)
    counter.add(encoder.finish())
  }
  return counter.finish()
}

/** Every form of a word finds all its forms that are there, and no other word. */
async function holdsItsTerms(unsorted: Iterable<string>, stem: Stemmer): Promise<void> {
  const terms = [...new Set(unsorted)].sort()
  const groups = new Map<string, string[]>()
  for (const term of terms) {
    const key = formKey(term, stem)
    groups.set(key, [...(groups.get(key) ?? []), term])
  }
  await withUnitFile(
    out => writeFormTable(out, tableOf(terms, stem, 1)),
    async (file, root) => {
      const table = new Dictionary(file, root)
      for (const [key, forms] of groups) {
        const { terms: found } = await formsOf(table, key)
        // A key that is the only term with that key has no entry: it stands for itself.
        expect(found.length > 0 ? found : [key], key).toEqual(forms)
      }
    },
  )
}

const words = fc.array(
  fc.string({ unit: fc.constantFrom(...'aeéinsßtłкиёйгоىوكب'), minLength: 1, maxLength: 7 }),
)

test.each(['en', 'de', 'ru', 'ar', 'fr'])(
  'every form finds all forms, by the stemmer of %s',
  async language => {
    const stem = await stemmerFor(language)
    await fc.assert(
      fc.asyncProperty(words, terms => holdsItsTerms(terms, stem)),
      { numRuns: 50 },
    )
  },
)

test('forms that differ by marks, case ending or number have one key', async () => {
  const german = await stemmerFor('de')
  const terms = ['haus', 'hauses', 'häuser', 'häusern', 'hausen', 'maus']
  await withUnitFile(
    out => writeFormTable(out, tableOf(terms.toSorted(), german, 10)),
    async (file, root) => {
      const found = await formsOf(new Dictionary(file, root), formKey('häuser', german))
      expect(found).toEqual({
        terms: ['haus', 'hausen', 'hauses', 'häuser', 'häusern'],
        documentFrequency: 50,
      })
    },
  )
})

const shared = new URL('../../../shared/', import.meta.url)

test.runIf(existsSync(shared)).each(['en', 'de', 'ru', 'ar'])(
  'every form finds all forms among the words of a collection in %s',
  async language => {
    const lines = readFileSync(new URL(`relevance/xquad-${language}/corpus.jsonl`, shared), 'utf8').trim()
    const terms = tokenize(lines).map(({ term }) => term)
    await holdsItsTerms(terms, await stemmerFor(language))
    await holdsItsTerms(terms, await stemmerFor('en'))
  },
  20_000,
)
