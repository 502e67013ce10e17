import { expect, test } from 'vitest'
import { counted, grouped, lasted, sized } from '../../src/render/figure.ts'

test('figures', () => {
  expect([0, 999, 1000, 465278, 12345678].map(grouped)).toEqual([
    '0',
    '999',
    '1,000',
    '465,278',
    '12,345,678',
  ])
  expect([0, 512, 1400, 999_499, 999_500, 72e6, 9.96e9].map(sized)).toEqual([
    '0 B',
    '512 B',
    '1.4 kB',
    '999 kB',
    '1 MB',
    '72 MB',
    '10 GB',
  ])
  expect([0, 3.0625, 240.4, 999.6, 31_000, 59_960, 125_000].map(lasted)).toEqual([
    '0 ms',
    '3.1 ms',
    '240 ms',
    '1 s',
    '31 s',
    '1 min 0 s',
    '2 min 5 s',
  ])
  expect([counted(1, 'file'), counted(2, 'file'), counted(1000, 'match', 'matches')]).toEqual([
    '1 file',
    '2 files',
    '1,000 matches',
  ])
})
