import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isSpace, LineCursor } from '../../src/document/line.ts'

function lines(text: string): string[] {
  const found: string[] = []
  const line = new LineCursor(text)
  while (line.advance()) found.push(text.slice(line.start, line.next))
  return found
}

test('\\n, \\r\\n and a lone \\r each end one line', () => {
  expect(lines('a\nb\r\nc\rd')).toEqual(['a\n', 'b\r\n', 'c\r', 'd'])
  expect(lines('\r\r\n\n\r')).toEqual(['\r', '\r\n', '\n', '\r'])
})

test('a line break at the very end begins no further line', () => {
  expect(lines('a\n')).toEqual(['a\n'])
  expect(lines('')).toEqual([])
})

test('lines are those of a regular expression, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\r') }), text => {
      expect(lines(text)).toEqual(text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [])
    }),
  )
})

test('the first sign that is no white space is known, and a line of white space is blank', () => {
  const line = new LineCursor(' \t a\n\u3000\n')
  line.advance()
  expect([line.first, line.end, line.blank]).toEqual([3, 4, false])
  line.advance()
  expect([line.first, line.end, line.blank]).toEqual([6, 6, true])
})

test('white space is what \\s matches', () => {
  for (let unit = 0; unit < 0x10000; unit++) {
    if (isSpace(unit) !== /\s/.test(String.fromCharCode(unit))) expect.fail(`unit ${unit.toString(16)}`)
  }
})

test('a line may be read again', () => {
  const line = new LineCursor('a\rb\nc')
  line.advance()
  line.advance()
  line.skipTo(line.start)
  line.advance()
  expect([line.start, line.end]).toEqual([2, 3])
})
