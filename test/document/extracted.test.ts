import { expect, test } from 'vitest'
import { extractedDocument, TextBuilder } from '../../src/document/extracted.ts'
import { positionAt } from '../../src/document/marks.ts'
import { indexedDocument } from '../../src/document/read.ts'

function sample() {
  const out = new TextBuilder()
  out.mark('page', 1)
  out.heading(1, 'The  Guide')
  out.paragraph('First paragraph\r\nof two lines.')
  out.mark('page', 2)
  out.mark('page', 3)
  out.code('\n  one\n\n  two\n')
  out.line('a')
  out.line('b\u0000c')
  out.heading(2, 'Sec\ntion')
  out.paragraph('End.')
  return out.finish({ metadata: { pages: 3 } })
}

test('pieces stand apart, clean, with their places and structure', () => {
  const document = extractedDocument('pdf', sample())
  const { text } = document
  expect(text).toBe(
    'The Guide\n\nFirst paragraph\nof two lines.\n\n  one\n\n  two\n\na\nb c\n\nSec tion\n\nEnd.\n',
  )
  expect(document.headings.map(({ level, start, end }) => [level, text.slice(start, end)])).toEqual([
    [1, 'The Guide'],
    [2, 'Sec tion'],
  ])
  expect(document.fences.map(({ start, end }) => text.slice(start, end))).toEqual(['  one\n\n  two'])
  expect(document).toMatchObject({ title: 'The Guide', titleSpan: { start: 0, end: 9 } })
  expect([1, 4, 6, 15].map(line => positionAt(document.marks, line))).toEqual([
    { page: 1 },
    { page: 1 },
    { page: 3 },
    { page: 3 },
  ])
})

test('the index has all of it: taken from there the document is the same', () => {
  for (const known of [{}, { title: '' }, { title: 'Another' }, { metadata: { title: 'End.' } }]) {
    const document = extractedDocument('pdf', { ...sample(), ...known })
    expect(indexedDocument(document, document.marks, document.text)).toEqual(document)
  }
})

test('of nothing there is an empty document', () => {
  expect(extractedDocument('pdf', new TextBuilder().finish())).toMatchObject({ text: '', title: '' })
})
