import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readDocument } from '../../src/document/read.ts'

function title(path: string, text: string): [string, string | undefined] {
  const { title: words, titleSpan } = readDocument(path, text)
  return [words, titleSpan && text.slice(titleSpan.start, titleSpan.end)]
}

test('the ending decides the format', () => {
  const formats = {
    'a.md': 'markdown',
    'b/A.MARKDOWN': 'markdown',
    'a.mdx': 'mdx',
    'a.mkd': 'markdown',
    'a.rst': 'restructuredtext',
    'a.rest': 'restructuredtext',
    'a.rst.txt': 'restructuredtext',
    'a.txt': 'plain',
    'md.txt': 'plain',
    README: 'plain',
    'a.md/b.unknown': 'plain',
    'a.jsonl': 'jsonl',
    'a.tsv': 'csv',
    'a.YML': 'yaml',
    'a.bib': 'latex',
  }
  for (const [path, format] of Object.entries(formats))
    expect(readDocument(path, '').format, path).toBe(format)
})

test('the title is that of the front matter, and stands in the body only where the first heading says the same', () => {
  expect(title('a.md', '---\ntitle: The  Title\n---\n# Other\n')).toEqual(['The Title', undefined])
  expect(title('a.md', '---\ntitle: The Title\n---\n# the *title*!\n')).toEqual([
    'The Title',
    '# the *title*!',
  ])
  expect(title('a.md', '---\ntitle: [1]\n---\n# Heading\n')).toEqual(['Heading', '# Heading'])
  expect(title('a.txt', '---\ntitle: One\n---\n\nOne\n\nText')).toEqual(['One', 'One'])
})

test('else it is the first heading, of whatever level', () => {
  expect(title('a.md', 'text\n\n## Second *level*\n\n# First')).toEqual(['Second level', '## Second *level*'])
  expect(title('a.rst', '.. x::\n\n=====\nTitle\n=====\n')).toEqual(['Title', '=====\nTitle\n====='])
})

test('else it is the first line with a word that is no markup', () => {
  expect(title('a.txt', '\n=====\n\n  * The title \r\nmore')).toEqual(['The title', '  * The title '])
  expect(title('a.rst', '.. SPDX: x\n\n:orphan:\n\nSome *words*\n\nText')).toEqual([
    'Some words',
    'Some *words*',
  ])
  expect(title('a.md', '<!-- x -->\n[Words](a)\n\nText')).toEqual(['Words', '[Words](a)'])
})

test('a first line of 200 units may be a title, a longer one may not, nor may what follows it', () => {
  expect(title('a.txt', `${'x'.repeat(200)}\n\nText`)[0]).toHaveLength(200)
  expect(title('a.txt', `${'x'.repeat(201)}\n\nshort`)).toEqual(['', undefined])
  expect(title('a.txt', '')).toEqual(['', undefined])
})

test('the only line of a text is the text, not its title', () => {
  expect(title('a.txt', '\nAll there is.\n\n----\n')).toEqual(['', undefined])
})

test('front matter and a Fact Box are both metadata, and the body begins after them', () => {
  const text = '---\nAuthor: A\n---\nFact Box\n\nLevel: 3\n\nMission impossible\n\nText'
  const document = readDocument('a.txt', text)
  expect(document.metadata).toEqual({ author: 'A', level: 3 })
  expect(text.slice(document.bodyStart).trimStart()).toBe('Mission impossible\n\nText')
  expect(document.title).toBe('Mission impossible')
})

test('any text is a document whose headings and fences are ordered, apart and within the body', () => {
  const part = fc.constantFrom(
    '# ',
    '==',
    '--',
    '```',
    '~~~',
    '\n',
    '\r',
    '\r\n',
    'ab',
    ' ',
    '    ',
    '> ',
    '- ',
    '.. code::',
  )
  const more = fc.constantFrom(
    '---\n',
    'a: 1\n',
    'Fact Box\n',
    'Level: 3\n',
    '<!--',
    '-->',
    '`',
    '[',
    '](',
    '😀',
    '\0',
  )
  fc.assert(
    fc.property(
      fc.constantFrom('a.md', 'a.rst', 'a.txt'),
      fc.array(fc.oneof(part, more), { maxLength: 60 }),
      (path, parts) => {
        const { text, bodyStart, headings, fences, titleSpan } = readDocument(path, parts.join(''))
        let at = bodyStart
        for (const { start, end } of [...headings, ...fences].sort((a, b) => a.start - b.start)) {
          expect(start).toBeGreaterThanOrEqual(at)
          expect(end).toBeGreaterThan(start)
          expect(start === 0 || /[\r\n]/.test(text.charAt(start - 1))).toBe(true)
          expect(end === text.length || /[\r\n]/.test(text.charAt(end))).toBe(true)
          at = end
        }
        expect(at).toBeLessThanOrEqual(text.length)
        if (titleSpan) expect(titleSpan.start).toBeGreaterThanOrEqual(bodyStart)
      },
    ),
    { numRuns: 2000 },
  )
})

test('reading takes linear time on hostile texts', () => {
  const size = 1 << 20
  const texts = [
    '#',
    '`',
    '# ',
    '```\n',
    '> ',
    '- ',
    '<!--\n',
    '=\n',
    'a\n=\n',
    '.. code::\n',
    '\r',
    '    ',
    '*_[',
    'Fact Box\n',
  ]
  for (const path of ['a.md', 'a.rst', 'a.txt']) {
    for (const part of texts) {
      const text = part.repeat(size / part.length)
      const began = performance.now()
      readDocument(path, text)
      expect(performance.now() - began, `${path}: ${JSON.stringify(part)}`).toBeLessThan(3000)
    }
  }
})

const seeds = new URL('../../../shared/seeds/', import.meta.url)
describe.skipIf(!existsSync(seeds))(
  'the reading passages given with the project (skipped where they are absent)',
  () => {
    test('have their facts and their titles', () => {
      for (const name of readdirSync(seeds)) {
        const document = readDocument(name, readFileSync(new URL(name, seeds), 'utf8'))
        expect(Object.keys(document.metadata)).toEqual(['level', 'tokens', 'types', 'ttr'])
        expect(document.title).not.toBe('')
        expect(document.text.slice(document.bodyStart).trimStart().startsWith(document.title)).toBe(true)
      }
    })
  },
)
