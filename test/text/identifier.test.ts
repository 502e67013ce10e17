import { expect, test } from 'vitest'
import { identifierParts } from '../../src/text/identifier.ts'

test.each([
  ['parseHtmlTree', 'parse html tree'],
  ['HTMLParser', 'html parser'],
  ['getURLs', 'get urls'],
  ['utf8Decode', 'utf8 decode'],
  ['XMLHttpRequest', 'xml http request'],
  ['fooFoo', 'foo'],
  ['GrößeÄndern', 'größe ändern'],
  ['getÉtats', 'get états'],
  ['utf8ÀB2c', 'utf8 àb2'],
  ['1.0.21', '1.0'],
  ['1.2.3.4', '1.2 1.2.3'],
  ['isA', 'is'],
])('%s is made of %s', (written, parts) => {
  expect(identifierParts(written)).toEqual(parts.split(' '))
})

test('what is one piece, or a word with one capital, or all of them, has no parts', () => {
  for (const word of ['tree', 'Tree', 'HTML', '3.14', '42', 'x1', '東京', '', `aB${'c'.repeat(80)}`])
    expect(identifierParts(word)).toEqual([])
})
