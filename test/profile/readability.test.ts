import { expect, test } from 'vitest'
import { readabilityOf } from '../../src/profile/readability.ts'

const none = { words: 0, sentences: 0, letters: 0, longWords: 0, syllables: 0 }

test('the formulas as they were published, reckoned by hand', () => {
  const text = { words: 100, sentences: 5, letters: 450, longWords: 20, syllables: 150 }
  expect(readabilityOf(text, text)).toEqual({
    fleschKincaid: 9.91, // 0.39 * 20 + 11.8 * 1.5 - 15.59
    automatedReadability: 9.765, // 4.71 * 4.5 + 0.5 * 20 - 21.43
    colemanLiau: 9.18, // 0.0588 * 450 - 0.296 * 5 - 15.8
    lix: 40, // 20 + 20
  })
})

test('without English words there is LIX alone, without words nothing', () => {
  const text = { ...none, words: 10, sentences: 1, letters: 40, longWords: 1 }
  expect(readabilityOf(none, text)).toMatchObject({ fleschKincaid: null, colemanLiau: null, lix: 20 })
  expect(readabilityOf(none, none).lix).toBeNull()
})
