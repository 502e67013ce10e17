import { expect, test } from 'vitest'
import { readDocument } from '../../src/document/read.ts'

const headings = (text: string) =>
  readDocument('a.adoc', text).headings.map(({ level, text: words }) => `${level} ${words}`)

test('sections of one line and of two', () => {
  const text =
    '= Title\n\n== First *bold* one\n\n=== Deep `code` ===\n\nOld style\n---------\n\nOlder\n~~~~~\ntext\nmore text\n---------\nin a block\n---------\n\n## Like Markdown\n=nospace\n'
  expect(headings(text)).toEqual([
    '1 Title',
    '2 First bold one',
    '3 Deep code',
    '2 Old style',
    '3 Older',
    '2 Like Markdown',
  ])
  const document = readDocument('a.adoc', text)
  expect(document.title).toBe('Title')
  expect(document.fences.map(({ start, end }) => text.slice(start, end))).toEqual([
    '---------\nin a block\n---------',
  ])
})

test('blocks are code, whatever stands in them', () => {
  for (const rule of ['----', '....', '++++', '////', '```']) {
    const open = rule === '```' ? '```ruby' : rule
    const text = `= T\n\n[source]\n${open}\n== no heading\n\nx\n${rule}\n\n== Yes\n`
    expect(headings(text)).toEqual(['1 T', '2 Yes'])
    expect(headings(`= T\n\n${open}\n== no heading\n`)).toEqual(['1 T'])
  }
})

test('the head is metadata and no text', () => {
  const text =
    '// comment\n= The _Guide_\nAnn Bee <ann@b.org>\nv1.2, 2026-11-24: first\n:toc:\n:Keywords: sea, whale\n:level: 3\n\nBody words.\n'
  const document = readDocument('a.adoc', text)
  expect(document.title).toBe('The Guide')
  expect(document.metadata).toEqual({
    title: 'The Guide',
    author: 'Ann Bee',
    email: 'ann@b.org',
    revision: '1.2',
    date: '2026-11-24',
    toc: true,
    keywords: 'sea, whale',
    level: 3,
  })
  expect(text.slice(document.bodyStart)).toBe('\nBody words.\n')
  expect(readDocument('a.asc', '-----BEGIN PGP SIGNATURE-----\n').format).toBe('plain')
})
