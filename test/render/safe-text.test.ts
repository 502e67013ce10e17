import fc from 'fast-check'
import { expect, test } from 'vitest'
import { renderJson } from '../../src/render/json.ts'
import { safeLine, safeText } from '../../src/render/safe-text.ts'

/** What a terminal acts upon instead of showing it. */
const isActive = (unit: number) =>
  (unit < 0x20 && unit !== 9 && unit !== 10) ||
  (unit >= 0x7f && unit <= 0x9f) ||
  (unit >= 0x202a && unit <= 0x202e) ||
  (unit >= 0x2066 && unit <= 0x2069) ||
  unit === 0x2028 ||
  unit === 0x2029
const units = (text: string) => Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))
const isWellFormed = (text: string) => !/\p{Surrogate}/u.test(text)
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map(codes => String.fromCharCode(...codes)),
  fc.array(fc.integer({ min: 0, max: 0x9f })).map(codes => String.fromCharCode(...codes)),
)

test('nothing a terminal acts upon is left, no unit moves, and other text stays as it is', () => {
  fc.assert(
    fc.property(anyText, text => {
      const safe = safeText(text)
      expect(safe.length).toBe(text.length)
      expect(units(safe).some(isActive)).toBe(false)
      expect(isWellFormed(safe)).toBe(true)
      if (isWellFormed(text) && !units(text).some(isActive)) expect(safe).toBe(text)
      expect(safeLine(text)).not.toMatch(/[\t\n\r]/)
      expect(safeLine(text).length).toBe(text.length)
    }),
  )
})

test('controls are shown by their pictures', () => {
  expect(safeText('\u001b[31m\u0007\u007f\u009b\u202e\u2028\ttab\n')).toBe('␛[31m␇␡��␤\ttab\n')
})

test('JSON gives back what went in, with nothing active on the way', () => {
  fc.assert(
    fc.property(anyText, text => {
      const json = renderJson({ text })
      expect(units(json.slice(0, -1)).some(isActive)).toBe(false)
      expect(json.split('\n')).toHaveLength(2)
      expect(JSON.parse(json)).toEqual({ text })
    }),
  )
})
