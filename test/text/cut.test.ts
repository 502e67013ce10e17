import { expect, test } from 'vitest'
import { cutText } from '../../src/text/cut.ts'

/** The first part of a text of more than 3,000 units whose cut is looked for between 1,000 and 2,000. */
function firstPart(text: string): string {
  const long = text + ' '.repeat(3) + 'x'.repeat(4000)
  return long.slice(0, cutText(long, 0, long.length))
}

const filler = 'x'.repeat(1100)

test('the last sentence end of the window is preferred, with the quotation marks that close it', () => {
  expect(firstPart(`${filler} one. Two. three, “four.” Five`)).toMatch(/four\.”$/)
  expect(firstPart(`${filler} one! "Two?" (Three…) four`)).toMatch(/Two\?"$/)
})

test('a full stop before a small letter, after an initial or an abbreviation ends no sentence', () => {
  expect(firstPart(`${filler} end. See e.g. Kant, J. S. Mill, Dr. Who, Nr. 5, z. B. heute`)).toMatch(/end\.$/)
})

test('without a sentence end the cut is at a line end, else between words', () => {
  expect(firstPart(`${filler} one two \r\n three four`)).toMatch(/two$/)
  expect(firstPart(`${filler} one two`)).toMatch(/two$/)
})

test('scripts without spaces are cut after their own signs', () => {
  expect(firstPart(`${'漢'.repeat(1100)}。「字。」漢，字`)).toMatch(/。」$/)
  const text = `${'漢'.repeat(1100)}字，${'漢'.repeat(4000)}`
  expect(text.slice(0, cutText(text, 0, text.length))).toMatch(/，$/)
})

test('a hard cut parts no pair, no line break and no character from its marks', () => {
  for (const character of ['😀', 'e\u0301\u0323', 'ก\u0e49', '👩‍🚀', '\u{1f44d}\u{1f3fd}']) {
    for (const shift of ['', 'x', 'xx', 'xxx']) {
      const part = firstPart(shift + character.repeat(1500))
      expect((part.length - shift.length) % character.length, character).toBe(0)
      expect(part.length).toBeGreaterThan(1990)
    }
  }
})

test('a text that nearly fits is cut near its middle', () => {
  const text = 'Some words here. '.repeat(130)
  const cut = cutText(text, 0, text.length)
  expect(cut).toBeGreaterThan(500)
  expect(text.length - cut).toBeGreaterThan(500)
})
