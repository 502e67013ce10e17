import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Marked, sliceMarked } from '../../src/render/marked.ts'
import { cellWidth } from '../../src/render/width.ts'
import { wrap, wrapWords } from '../../src/render/wrap.ts'
import type { Range } from '../../src/search/result.ts'

const piece = fc.constantFrom(
  'word',
  ' ',
  '  ',
  '\n',
  '\n\n',
  '\t',
  'a-very-long-word-that-fills-a-line',
  '漢字',
  '👩‍🚀',
  'é',
  'e\u0301',
  '- ',
  '# ',
  '…',
)
const marked = fc.array(piece, { maxLength: 40 }).chain(pieces =>
  fc.subarray(pieces.map((_, n) => n)).map((lit): Marked => {
    const ranges: Range[] = []
    let text = ''
    for (const [n, each] of pieces.entries()) {
      if (lit.includes(n) && each.trim() !== '') ranges.push([text.length, text.length + each.length])
      text += each
    }
    return { text, ranges }
  }),
)
const litTexts = (lines: readonly Marked[]) =>
  lines
    .flatMap(line => line.ranges.map(([start, end]) => line.text.slice(start, end)))
    .join('')
    .replace(/\s/g, '')

test('every line fits, no character but white space is lost, and what was lit stays lit', () => {
  fc.assert(
    fc.property(marked, fc.integer({ min: 4, max: 90 }), (source, width) => {
      const lines = wrap(source, width)
      expect(lines.filter(line => cellWidth(line.text) > width)).toEqual([])
      expect(
        lines
          .map(line => line.text)
          .join('')
          .replace(/\s/g, ''),
      ).toBe(source.text.replace(/\s/g, ''))
      expect(litTexts(lines)).toBe(litTexts([source]))
    }),
    { numRuns: 2000 },
  )
})

const wrapped = (text: string, width: number) => wrap({ text, ranges: [] }, width).map(line => line.text)

test('prose that a width had cut is joined; lists, tables, headings and short lines stay', () => {
  const prose = 'The first line of a paragraph that was cut\nand the second one.'
  expect(wrapped(prose, 100)).toEqual([prose.replace('\n', ' ')])
  const list = '1. The first point of a list that goes on for long\n2. the second one\n* third'
  expect(wrapped(list, 100)).toEqual(list.split('\n'))
  const table = '| A row of a table that is wider than forty cells |\n| next |\nword'
  expect(wrapped(table, 100)).toEqual(table.split('\n'))
  expect(wrapped('Roses are red\nViolets are blue', 100)).toEqual(['Roses are red', 'Violets are blue'])
  expect(wrapped('code {\n    indented\n}', 100)).toEqual(['code {', '    indented', '}'])
})

test('what is left after a break is broken again where it is still too long', () => {
  expect(wrapped('        👩‍🚀é- 漢字', 4)).toEqual(['', '👩‍🚀é-', '漢字'])
  expect(wrapped('        one two three', 8)).toEqual(['', 'one two', 'three'])
})

test('the lines of a fenced block stay, and what follows it is prose again', () => {
  const line = 'glean index docs # and a remark, so that it is long'
  const prose = 'A line of prose that was cut by some width\nand goes on.'
  const text = `${prose}\n\`\`\`sh\n${line}\n${line}\n\`\`\`\n${prose}`
  const joined = prose.replace('\n', ' ')
  expect(wrapped(text, 100)).toEqual([joined, '```sh', line, line, '```', joined])
})

test('blank lines go, the line breaks around them stay', () => {
  expect(wrapped('# Song\n\n \t\nA whale.\n\n- sings\n\n', 100)).toEqual(['# Song', 'A whale.', '- sings'])
})

test('Chinese that a width had cut is joined without a space', () => {
  expect(wrapped(`${'漢'.repeat(25)}\n字`, 100)).toEqual([`${'漢'.repeat(25)}字`])
})

test('no line of Chinese or Japanese begins with a sign that closes', () => {
  expect(wrapped('鲸鱼在唱，海在听。', 8)).toEqual(['鲸鱼在', '唱，海在', '听。'])
  expect(wrapped('「クジラ」はサッカーをする', 8)).toEqual(['「クジ', 'ラ」は', 'サッカー', 'をする'])
  expect(wrapped('。。。。。', 4)).toEqual(['。。', '。。', '。'])
})

test('a megabyte of one word is cut in a moment', () => {
  const began = performance.now()
  expect(wrapped('x'.repeat(1 << 20), 80)).toHaveLength(Math.ceil((1 << 20) / 80))
  expect(wrapped(`${' '.repeat(1 << 20)}x`, 80).length).toBeGreaterThan(0)
  expect(performance.now() - began).toBeLessThan(5000)
})

test('what names files is broken at spaces alone, its indent kept', () => {
  expect(wrapWords('  left out: notes/a-rather-long-name.pdf, 12 kB of it', 16)).toEqual([
    '  left out:',
    '  notes/a-rather-long-name.pdf,',
    '  12 kB of it',
  ])
  expect(wrapWords('漢字 漢字', 5)).toEqual(['漢字', '漢字'])
  expect(wrapWords('', 5)).toEqual([''])
})

test('a highlight that is broken over two lines is lit on both', () => {
  const lines = wrap({ text: 'one two', ranges: [[0, 7]] }, 4)
  expect(lines).toEqual([
    { text: 'one', ranges: [[0, 3]] },
    { text: 'two', ranges: [[0, 3]] },
  ])
  expect(sliceMarked({ text: 'abc', ranges: [[0, 1]] }, 1, 3).ranges).toEqual([])
})
