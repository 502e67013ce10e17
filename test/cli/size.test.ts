import { expect, test } from 'vitest'
import { parseSize } from '../../src/cli/size.ts'

test.each([
  ['32MB', 32 * 1024 ** 2],
  ['500k', 500 * 1024],
  ['1.5 GiB', 1.5 * 1024 ** 3],
  ['1048576', 1048576],
  ['1b', 1],
])('%s is %i bytes', (text, bytes) => {
  expect(parseSize('max-file-size', text)).toBe(bytes)
})

test.each(['', '0', 'MB', '-1', '5x', '1e3', '9999999999G', '1,5k'])('%j is no size', text => {
  expect(() => parseSize('max-file-size', text)).toThrow(/--max-file-size takes a size such as .*; got/)
})
