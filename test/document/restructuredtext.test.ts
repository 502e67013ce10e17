import { expect, test } from 'vitest'
import { readDocument } from '../../src/document/read.ts'

function headings(text: string): string[] {
  return readDocument('a.rst', text).headings.map(({ level, text: words }) => `${level} ${words}`)
}

function spans(text: string, of: 'headings' | 'fences'): string[] {
  return readDocument('a.rst', text)[of].map(({ start, end }) => text.slice(start, end))
}

test('levels come in the order in which styles first appear, overlined ones apart', () => {
  const text = '====\nBook\n====\n\nPart\n====\n\nA\n-\n\nB\n~~~\n\nC\n----\n\nPart 2\n======\n'
  expect(headings(text)).toEqual(['1 Book', '2 Part', '3 A', '4 B', '3 C', '2 Part 2'])
})

test('a heading covers its lines whole, the last line break left out', () => {
  expect(spans('x\r\n\r\n=====\r\n  A\r\n=====\r\n\r\nB\r\n-- \r\ntext', 'headings')).toEqual([
    '=====\r\n  A\r\n=====',
    'B\r\n-- ',
  ])
})

test('an underline of four signs may be too short, one of less may not', () => {
  expect(headings('A long title\n----\n\nA long title\n---\n')).toEqual(['1 A long title'])
})

test('transitions, list items, fields, paragraphs and indented titles are no headings', () => {
  const texts = [
    'a\n\n----\n\nb',
    'two\nlines\n-----',
    '- item\n------',
    ':field: x\n---------',
    '   Indices\n   =======',
    '.. title:: x\n=====',
    'ab\n::',
    '====  ====\na     b\n====  ====',
  ]
  for (const text of texts) expect(headings(`${text}\n`), text).toEqual([])
})

test('a title may follow markup, a list item or a transition at once', () => {
  expect(headings('.. _label:\nA\n=\n\n----\nB\n=\n   indented\nC\n=\n1. D\n====')).toEqual([
    '1 A',
    '1 B',
    '1 C',
    '1 1. D',
  ])
})

test('inline markup is stripped from headings', () => {
  const stripped = {
    ':mod:`os.path` --- Paths': 'os.path --- Paths',
    ':ref:`The words <target>` here': 'The words here',
    ':class:`~a.b.Name` and `x`_': 'Name and x',
    '``__init__`` *very* **bold** a\\*b': '__init__ very bold a*b',
    '`Project <https://example.org>`__ notes': 'Project notes',
    'The ``:c:func:`` role': 'The :c:func: role',
  }
  for (const [title, words] of Object.entries(stripped)) {
    expect(headings(`${title}\n${'='.repeat(title.length)}\n`)).toEqual([`1 ${words}`])
  }
})

test('code directives are fences, with their blank lines', () => {
  const text =
    'a\n\n  .. code-block:: c\n     :caption: x\n\n     int x;\n\n     int y;\n\n  b\n\n.. code::\n\nc\n=\n'
  expect(spans(text, 'fences')).toEqual([
    '  .. code-block:: c\n     :caption: x\n\n     int x;\n\n     int y;',
  ])
  expect(headings(text)).toEqual(['1 c'])
})

test('a page of rules is read, and so are ones of dots and colons', () => {
  expect(headings('====\n'.repeat(50))).toEqual([])
  expect(headings('..\n..\n::\n\n:\n...\n')).toEqual([])
})
