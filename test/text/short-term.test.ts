import fc from 'fast-check'
import { expect, test } from 'vitest'
import { feedTokens } from '../../src/text/analyzer.ts'
import { SHORT } from '../../src/text/short-term.ts'

/** The keys of a text's terms, by term, as the analyzer makes them while it reads. */
function keysOf(text: string): Map<string, string> {
  const keys = new Map<string, string>()
  const ascii = (start: number, end: number, high: number, low: number) => {
    if (end - start > SHORT) return
    const term = text.slice(start, end).toLowerCase()
    const key = `${high}:${low}`
    expect(keys.get(term) ?? key).toBe(key)
    keys.set(term, key)
  }
  feedTokens(text, 0, text.length, { ascii, other() {} })
  return keys
}

const words = fc.oneof(
  fc.stringMatching(/^[a-zA-Z0-9]{1,12}$/),
  fc.stringMatching(/^[ab01]{1,11}$/),
  fc.constantFrom(
    "dog's",
    "DOG's",
    'dogs',
    '1.10',
    '110',
    '11.0',
    "we'll",
    'a',
    'aa',
    'aaaaaaaaaa',
    '0',
    '00',
  ),
)

test('short terms have the same key just where they are the same', () => {
  fc.assert(
    fc.property(fc.array(words, { maxLength: 60 }), list => {
      const keys = keysOf(list.join(' '))
      expect(new Set(keys.values()).size).toBe(keys.size)
    }),
  )
  expect([...keysOf("Ab dog's 1.10").keys()]).toEqual(['ab', "dog's", '1.10'])
})
