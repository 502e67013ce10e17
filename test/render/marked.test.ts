import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lit, replaceMarked } from '../../src/render/marked.ts'

test('ranges point at the same characters after a replacement', () => {
  const letters = fc
    .array(fc.constantFrom('a', 'b', '\t', '\t\t', '\n'), { maxLength: 20 })
    .map(each => each.join(''))
  const change = (text: string) => text.replace(/\t/g, '    ').replace(/\n/g, '')
  fc.assert(
    fc.property(letters, letters, letters, (before, inside, after) => {
      const range: [number, number] = [before.length, before.length + inside.length]
      const tabs = replaceMarked({ text: before + inside + after, ranges: [range] }, /\t/g, () => '    ')
      const { text, ranges } = replaceMarked(tabs, /\n/g, () => '')
      expect(text).toBe(change(before + inside + after))
      expect(ranges.map(([start, end]) => text.slice(start, end)).join('')).toBe(change(inside))
    }),
  )
})

test('lighting wraps each range', () => {
  const brush = (text: string) => `<${text}>`
  expect(
    lit(
      {
        text: 'one two three',
        ranges: [
          [0, 3],
          [8, 13],
        ],
      },
      brush,
    ),
  ).toBe('<one> two <three>')
})
