import { expect, test } from 'vitest'
import { readDocument } from '../../src/document/read.ts'
import { paragraphs } from '../../src/profile/paragraph.ts'

function read(path: string, text: string): string[] {
  const document = readDocument(path, text)
  return [...paragraphs(document)].map(({ start, end }) => document.text.slice(start, end))
}

test('title, headings, code, rulers and metadata are no running text; items and rows stand alone', () => {
  const text =
    '---\na: 1\n---\n# Title\nFirst line\nsecond line.\n\n```\ncode here\n```\n- one\n  more\n- two\n\n| a | b |\n|---|---|\n| c | d |\n\n***\n\n## End\n'
  expect(read('a.md', text)).toEqual([
    'First line\nsecond line.',
    '- one\n  more',
    '- two',
    '| a | b |',
    '| c | d |',
  ])
})

test('of a reading passage its box and title are left out', () => {
  const text = 'Fact Box\r\n\r\nLevel: 3\r\n\r\nA title\r\n\r\nBY ANN\r\n\r\nOne. Two.\r\n'
  expect(read('a.txt', text)).toEqual(['BY ANN', 'One. Two.'])
})
