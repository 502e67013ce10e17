import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import glob from 'fast-glob'
import { describe, expect, test } from 'vitest'
import type { Document } from '../../src/document/document.ts'
import { readDocument } from '../../src/document/read.ts'
import { type Chunk, cutChunks } from '../../src/text/chunk.ts'

function countTokens(text: string, start: number, end: number, limit: number): number {
  let count = 0
  for (const _ of text.slice(start, end).matchAll(/\p{Script=Han}|[\p{L}\p{N}]+/gu))
    if (++count === limit) break
  return count
}

function cut(text: string, path = 'a.md'): { document: Document; chunks: Chunk[]; texts: string[] } {
  const document = readDocument(path, text)
  const chunks = cutChunks(document, countTokens)
  return { document, chunks, texts: chunks.map(({ start, end }) => text.slice(start, end)) }
}

const LONG = 'these are more than three words'

test('paragraphs part at blank lines, also at ones of white space and of other line ends', () => {
  const start = `Title\n\n${LONG}`
  expect(cut(`${start}\n \t\n${LONG} 2\r\rsee ${LONG}\r\n\r\n\n  indented ${LONG}\n\n`).texts).toEqual([
    start,
    `${LONG} 2`,
    `see ${LONG}`,
    `  indented ${LONG}`,
  ])
})

test('a title that is a line of its own belongs to what follows it', () => {
  expect(cut(`The Title of It All\n\n${LONG}\n\nsee ${LONG}`).texts).toEqual([
    `The Title of It All\n\n${LONG}`,
    `see ${LONG}`,
  ])
})

test('a heading belongs to what follows it, and so do headings above it', () => {
  const { chunks, texts } = cut(`${LONG}\n# One of some words\n\n## Two\n\n${LONG}\n\nagain ${LONG}`)
  expect(texts).toEqual([LONG, `# One of some words\n\n## Two\n\n${LONG}`, `again ${LONG}`])
  expect(chunks.map(chunk => chunk.trail)).toEqual([
    [],
    ['One of some words', 'Two'],
    ['One of some words', 'Two'],
  ])
  expect(chunks.map(chunk => [chunk.startLine, chunk.endLine])).toEqual([
    [1, 1],
    [2, 6],
    [8, 8],
  ])
  expect(chunks.map(chunk => chunk.headings.length)).toEqual([0, 2, 0])
})

test('a trail holds the headings above, whatever levels are left out', () => {
  const { chunks } = cut(`# A\n### B\n${LONG}\n## C\n${LONG}\n### D\n${LONG}\n# E\n${LONG}`)
  expect(chunks.map(chunk => chunk.trail.join(' > '))).toEqual(['A > B', 'A > C', 'A > C > D', 'E'])
})

test('a small piece joins the next, until the whole has more than three tokens', () => {
  expect(cut(`---\n\nlist of three\n\n${LONG}\n\none two\n\nthree four\n\n${LONG}`).texts).toEqual([
    `---\n\nlist of three\n\n${LONG}`,
    'one two\n\nthree four',
    LONG,
  ])
})

test('a small piece before a heading joins the chunk before it, if that is of its section', () => {
  expect(cut(`${LONG}\n\n---\n\n# A\n\n${LONG}`).texts).toEqual([`${LONG}\n\n---`, `# A\n\n${LONG}`])
  expect(cut(`${LONG}\n\n# A\n\nsmall\n\n# B\n\n${LONG}`).texts).toEqual([
    LONG,
    `# A\n\nsmall\n\n# B\n\n${LONG}`,
  ])
  expect(cut(`small\n\n# B\n\n${LONG}`).texts).toEqual([`small\n\n# B\n\n${LONG}`])
  expect(cut(`# A longer heading\n\nsmall\n\n# B\n\n${LONG}`).texts).toEqual([
    '# A longer heading\n\nsmall',
    `# B\n\n${LONG}`,
  ])
})

test('a small piece at the end joins the chunk before it', () => {
  expect(cut(`${LONG}\n\n***\n\nthe end\n`).texts).toEqual([`${LONG}\n\n***\n\nthe end`])
  expect(cut(`${LONG}\n\n# Notes\n`).texts).toEqual([`${LONG}\n\n# Notes`])
  expect(cut(`${LONG}\n\n# A heading of more words\n`).texts).toEqual([LONG, '# A heading of more words'])
})

test('a document of small pieces is one chunk, one without tokens has none', () => {
  expect(cut('---\n\none\n\n***').texts).toEqual(['---\n\none\n\n***'])
  for (const text of ['', '\n\n', '---\n\n***', ' ', '😀 !'.repeat(5000)])
    expect(cut(text).chunks).toEqual([])
})

test('a long paragraph is cut at sentence ends and marked', () => {
  const { chunks, texts } = cut(`${'One sentence has its end. '.repeat(200)}\n\n${LONG}`)
  expect(chunks.map(chunk => chunk.continues)).toEqual([true, true, false, false])
  for (const text of texts.slice(0, -1)) expect(text).toMatch(/^One .* end\.$/)
  for (const text of texts.slice(0, -1)) expect(text.length).toBeGreaterThan(900)
})

test('fenced code is kept whole up to 8,000 units, beyond that cut at line ends', () => {
  const code = (lines: number) => `\`\`\`\n${'let x = 1\n\n'.repeat(lines)}\`\`\``
  const start = `Title\n\n${LONG}`
  const { texts } = cut(`${start}\n\n${code(600)}\n\n${LONG}`)
  expect(texts).toEqual([start, code(600), LONG])
  const { chunks, texts: parts } = cut(code(2000))
  expect(chunks.map(chunk => chunk.continues)).toEqual([true, true, false])
  for (const part of parts) expect(part).toMatch(/^(?:```\n)?let x = 1[\s\S]*(?:x = 1|```)$/)
  expect(cut(code(2000).replaceAll('\n', ' ')).chunks.length).toBeGreaterThan(2)
})

test('code without blank lines around it, in any number, makes chunks of the usual length', () => {
  const { texts } = cut('word\n```\ncode\n```\n'.repeat(1000))
  for (const text of texts.slice(0, -1)) expect(text.length).toBeGreaterThan(1000)
  for (const text of texts) expect(text.length).toBeLessThanOrEqual(2200)
})

test('the one word before a long stretch without tokens is not lost', () => {
  expect(cut(`one\n> \`\`\`\n${'😀'.repeat(1500)}`).texts.join('\n')).toMatch(/^one\n/)
  expect(cut(`${'-'.repeat(9000)} one`).texts).toHaveLength(1)
})

test('a paragraph cut at a line end goes on with that line, indentation included', () => {
  const line = `  ${'word '.repeat(20)}end\n`
  for (const text of cut(line.repeat(60), 'a.txt').texts) expect(text).toMatch(/^ {2}word/)
})

test('a run of small pieces or headings grows to the usual length at most', () => {
  for (const text of ['---\n\n'.repeat(390) + 'a\n\n'.repeat(3000), '# a\n\n'.repeat(3000)]) {
    for (const chunk of cut(text).chunks) expect(chunk.end - chunk.start).toBeLessThanOrEqual(2200)
  }
})

const words = fc.array(
  fc.constantFrom('one', 'two.', 'Three!', 'e.g.', '漢字', '。', '😀', 'e\u0301', '--', '#', '*', '[x](y)'),
  {
    maxLength: 12,
  },
)
const piece = fc.oneof(
  { weight: 4, arbitrary: words.map(list => list.join(' ')) },
  fc.constantFrom(
    '# Heading of words',
    '## b',
    'Title\n===',
    '=====\nOver\n=====',
    '---',
    '***',
    '```',
    '~~~',
    '> ```',
  ),
  fc.constantFrom('.. code::', '   indented code', '<!--', '-->', '', '', '', ' \t', '\f'),
  fc
    .tuple(words, fc.integer({ min: 1, max: 400 }), fc.constantFrom('', ' ', '\n'))
    .map(([list, times, gap]) => `${list.join(gap)}${gap}`.repeat(times)),
  fc
    .tuple(fc.constantFrom('x', '漢', '-', '😀', 'e\u0301\u0323'), fc.integer({ min: 1, max: 5000 }))
    .map(([c, n]) => c.repeat(n)),
)
const lineBreak = fc.constantFrom('\n', '\n\n', '\r\n', '\r\n\r\n', '\r', '\r\r')
const anyText = fc
  .array(fc.tuple(piece, lineBreak), { maxLength: 25 })
  .map(parts => parts.map(([text, gap]) => text + gap).join(''))
const anyPath = fc.constantFrom('a.md', 'a.rst', 'a.txt')

function lineOf(text: string, at: number): number {
  return text.slice(0, at).split(/\r\n|\r|\n/).length
}

function holds(text: string, path: string): void {
  const { document, chunks } = cut(text, path)
  const { bodyStart, headings } = document
  let at = bodyStart
  for (const [index, chunk] of chunks.entries()) {
    const { start, end } = chunk
    expect(start).toBeGreaterThanOrEqual(at)
    expect(text.slice(at, start)).toMatch(/^\s*$/)
    expect(text.slice(end - 1, end)).toMatch(/^\S$/)
    expect(/^\s*[\r\n]/.test(text.slice(start, end))).toBe(false)
    expect(countTokens(text, start, end, 1)).toBe(1)
    expect([chunk.startLine, chunk.endLine]).toEqual([lineOf(text, start), lineOf(text, end - 1)])
    expect(/^[\udc00-\udfff]/.test(text.slice(start, end))).toBe(false)
    const inForce: string[] = []
    for (const { level, text: title } of headings.filter(heading => heading.start < end)) {
      while (inForce.length > 0 && Number(inForce.at(-1)!.charAt(0)) >= level) inForce.pop()
      inForce.push(`${level}${title}`)
    }
    expect(chunk.trail).toEqual(inForce.map(entry => entry.slice(1)))
    for (const span of chunk.headings) {
      expect(span.start).toBeGreaterThanOrEqual(start)
      expect(span.end).toBeLessThanOrEqual(end)
      expect(span.end).toBeGreaterThan(span.start)
    }
    if (chunk.continues) expect(index).toBeLessThan(chunks.length - 1)
    if (index < chunks.length - 1 && !chunk.continues)
      expect(text.slice(end, chunks[index + 1]!.start)).toMatch(/[\r\n]/)
    at = end
  }
  if (chunks.length > 0 || countTokens(text, bodyStart, text.length, 1) > 0) {
    expect(chunks.length).toBeGreaterThan(0)
    expect(text.slice(at)).toMatch(/^\s*$/)
  }
  expect(chunks.flatMap(chunk => chunk.headings).length).toBe(chunks.length > 0 ? headings.length : 0)
}

test('chunks and the white space between them give the body back; lines and trails are those of a naive count', () => {
  fc.assert(fc.property(anyText, anyPath, holds), { numRuns: 1500 })
})

test('few chunks are small, and none is long but for code and for what has no tokens', () => {
  fc.assert(
    fc.property(anyText, anyPath, (text, path) => {
      const { chunks } = cut(text, path)
      if (/[^\p{L}\p{N}]{100}|```|~~~|code::/u.test(text)) return
      for (const { start, end } of chunks) {
        if (chunks.length > 1 && end - start < 300) expect(countTokens(text, start, end, 4)).toBe(4)
        expect(end - start).toBeLessThanOrEqual(2700)
      }
    }),
    { numRuns: 2000 },
  )
})

test('cutting takes linear time on hostile texts', () => {
  const size = 1 << 21
  for (const part of [
    'x',
    'x ',
    '-',
    '-\n\n',
    'a\n\n',
    '# a\n',
    '```\n',
    'a. ',
    'x.)))) ',
    '😀',
    '\u0301',
    '漢',
    ' ',
    '\r',
    '\n x',
  ]) {
    const text = `${part.repeat(size / part.length)} x`
    const began = performance.now()
    cut(text)
    expect(performance.now() - began, JSON.stringify(part)).toBeLessThan(4000)
  }
})

const corpora = fileURLToPath(new URL('../../../shared/corpora/', import.meta.url))
describe.skipIf(!existsSync(corpora))(
  'documents given with the project (skipped where they are absent)',
  () => {
    test('keep every character, and hardly any of their chunks is small', () => {
      let small = 0
      let all = 0
      for (const path of glob.sync('**/*.{md,txt}', { cwd: corpora }).sort()) {
        const text = readFileSync(corpora + path, 'utf8').replace(/^\ufeff/, '')
        const { document, chunks } = cut(text, path)
        let at = document.bodyStart
        for (const { start, end } of chunks) {
          if (/\S/.test(text.slice(at, start))) expect.fail(`${path}: text lost before ${start}`)
          if (countTokens(text, start, end, 4) < 4) small++
          at = end
          all++
        }
        expect(text.slice(at)).toMatch(/^\s*$/)
      }
      expect(all).toBeGreaterThan(10_000)
      expect(small / all).toBeLessThan(0.001)
    })
  },
)
