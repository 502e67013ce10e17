import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expandFuzzy } from '../../src/search/fuzzy.ts'
import { suggest } from '../../src/search/suggest.ts'
import { term } from './term-arbitrary.ts'
import { withDictionaries } from './with-dictionaries.ts'

const frequencies = fc.dictionary(term, fc.nat({ max: 500 }), { maxKeys: 60 })

test('a suggestion has postings, is near, and no other term is both nearer and in more chunks', async () => {
  await fc.assert(
    fc.asyncProperty(frequencies, frequencies, term, async (one, two, word) => {
      await withDictionaries([one, two], async dictionaries => {
        const suggested = await suggest(dictionaries, word)
        const letters = [...word].length
        const digits = (text: string) => text.replace(/[^1]/g, '')
        const candidates = (await expandFuzzy(dictionaries, word, letters <= 4 ? 1 : 2))
          .map(found => ({ ...found, chunks: (one[found.term] ?? 0) + (two[found.term] ?? 0) }))
          .filter(({ distance, chunks }) => distance > 0 && chunks > 0)
          .filter(found => [...found.term].length > 1 && digits(found.term) === digits(word))
        const chosen = candidates.find(found => found.term === suggested)
        if (letters < 3 || !/\p{L}/u.test(word) || candidates.length === 0) expect(suggested).toBeNull()
        else expect(chosen).toBeDefined()
        const better = candidates
          .filter(found => [...found.term][0] === [...word][0])
          .filter(({ distance, chunks }) => chosen && distance < chosen.distance && chunks > chosen.chunks)
        expect(better).toEqual([])
      })
    }),
    { numRuns: 100 },
  )
})

test('the likelier spelling is suggested', async () => {
  const terms = {
    ...{ interrupt: 900, interrupts: 300, interrups: 1, intrrupts: 1, the: 90_000, ten: 900, kernel: 5000 },
    ...{ colonel: 20, receive: 400, deceive: 9000, linux: 0, ext4: 500, '1.10': 70, café: 30 },
  }
  await withDictionaries([terms], async dictionaries => {
    const suggested = async (words: string) =>
      Promise.all(words.split(' ').map(word => suggest(dictionaries, word)))
    // One that is in the text once is itself a slip; one edit is preferred to two; the first letter is mostly right.
    expect(await suggested('intrrupt teh kernal recieve')).toEqual(['interrupt', 'the', 'kernel', 'receive'])
    expect(await suggested('cafe')).toEqual(['café'])
    // A term that no chunk has is never suggested, nor is another number, nor anything for a letter or two.
    expect(await suggested('linuxx ext5 1.11 te t whale')).toEqual([null, null, null, null, null, null])
  })
})

test('of equally likely spellings the first in order is suggested', async () => {
  await withDictionaries(
    [
      { whole: 2, whale: 4 },
      { while: 4, whole: 2 },
    ],
    async dictionaries => {
      expect(await suggest(dictionaries, 'whlle')).toBe('whale')
    },
  )
})

test('the chunks of all dictionaries count together', async () => {
  await withDictionaries([{ whole: 3, whale: 4 }, { whole: 2 }], async dictionaries => {
    expect(await suggest(dictionaries, 'whlle')).toBe('whole')
  })
})

test('what the caller says finds nothing is passed over for the next likeliest', async () => {
  await withDictionaries([{ whale: 5, whole: 90, while: 900 }], async dictionaries => {
    const asked: string[] = []
    const finds = (only: string) => (candidate: string) => {
      asked.push(candidate)
      return candidate === only
    }
    expect(await suggest(dictionaries, 'whlle', { finds: finds('whole') })).toBe('whole')
    expect(asked).toEqual(['while', 'whole'])
    expect(await suggest(dictionaries, 'whlle', { finds: async () => false })).toBeNull()
  })
})
