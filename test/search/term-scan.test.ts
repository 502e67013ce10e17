import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matchingTerms, type TermMatcher } from '../../src/search/term-scan.ts'
import { contents, term } from './term-arbitrary.ts'
import { union, withDictionaries } from './with-dictionaries.ts'

/** Accepts terms with an even number of characters that do not begin with any of `dead`. */
class EvenMatcher implements TermMatcher {
  readonly read: number[] = []
  readonly #dead: readonly string[]

  constructor(dead: readonly string[]) {
    this.#dead = dead
  }

  enter(depth: number, point: number): boolean {
    this.read.length = depth
    this.read.push(point)
    return !this.#dead.includes(String.fromCodePoint(...this.read))
  }

  accepts(length: number): boolean {
    this.read.length = length
    return length % 2 === 0
  }
}

test('a matcher that is only told what is new in each term has read all of it', async () => {
  await fc.assert(
    fc.asyncProperty(contents, fc.array(term, { maxLength: 4 }), async (lists, dead) => {
      await withDictionaries(lists, async dictionaries => {
        const found = await matchingTerms(dictionaries, '', new EvenMatcher(dead))
        const isWanted = (key: string) =>
          [...key].length % 2 === 0 && !dead.some(beginning => key.startsWith(beginning))
        expect(found).toEqual(union(lists).filter(isWanted))
      })
    }),
    { numRuns: 60 },
  )
})

test('a term of thousands of characters is read like any other', async () => {
  const terms = ['é', 'é'.repeat(4000), `${'é'.repeat(4000)}ab`, 'f']
  await withDictionaries([terms], async dictionaries => {
    expect(await matchingTerms(dictionaries, '', new EvenMatcher([]))).toEqual([terms[1], terms[2]])
  })
})
