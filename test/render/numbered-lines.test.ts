import { expect, test } from 'vitest'
import { painter } from '../../src/render/color.ts'
import { numberedLines } from '../../src/render/numbered-lines.ts'
import { sourceLines } from '../../src/render/source-lines.ts'
import { cellWidth } from '../../src/render/width.ts'
import { hit } from './hits.ts'

const text = 'one\ntwo\n\n\tthe whale sings\r\nand sings\nsix\n'
const found = hit('[whale] sings\r\nand [sings]', { line: 4, column: 6 })
const plain = painter(false)

test('a colon after the number of a line with a match, a dash after others', () => {
  const lines = sourceLines(found, text, { context: 2 })
  expect(numberedLines(lines, 80, plain)).toEqual([
    '2- two',
    '3-',
    '4:     the whale sings',
    '5: and sings',
    '6- six',
  ])
})

test('matches are painted on each line', () => {
  const rows = numberedLines(sourceLines(found, text, {}), 80, painter(true))
  expect(rows[0]).toContain('the \u001b[1;31mwhale\u001b[0m sings')
  expect(rows[1]).toContain('and \u001b[1;31msings\u001b[0m')
})

test('wide lines go on below; those without a match for three rows at the most', () => {
  const long = `${'before '.repeat(100_000)}\nthe whale ${'and '.repeat(20)}\n`
  const lines = sourceLines(hit('[whale]', { line: 2, column: 5 }), long, { context: 1 })
  const rows = numberedLines(lines, 30, plain)
  expect(rows.filter(row => cellWidth(row) > 30)).toEqual([])
  expect(rows.slice(0, 3).join(' ')).toMatch(/^1- before .*…$/)
  expect(rows[3]).toBe('2: the whale and and and and')
  expect(rows[4]).toBe('   and and and and and and and')
})

test('what a terminal would act on is shown as a sign', () => {
  const rows = numberedLines(
    sourceLines(hit('[whale]', { line: 1, column: 1 }), 'whale \u001b[2J\u202e\n'),
    80,
    plain,
  )
  expect(rows).toEqual(['1: whale ␛[2J�'])
})
