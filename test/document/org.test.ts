import { expect, test } from 'vitest'
import { readDocument } from '../../src/document/read.ts'

const TEXT = `#+TITLE: Of whales
#+DATE: <2026-11-24 Tue 10:30>
#+FILETAGS: :sea:whale:
#+OPTIONS: toc:nil
:PROPERTIES:
:LEVEL: 3
:END:

Words before.

* TODO [#A] First /thing/ :tag:more:
text
** Link to [[https://x.org][the place]]
#+BEGIN_SRC sh
  * no headline

  echo
#+end_src
#+begin_quote
A quote.
#+end_quote
*bold* is no headline
`

test('headlines without state, priority, tags and markup; blocks as code', () => {
  const document = readDocument('a.org', TEXT)
  expect(document.headings.map(({ level, text }) => `${level} ${text}`)).toEqual([
    '1 First thing',
    '2 Link to the place',
  ])
  expect(document.fences.map(({ start, end }) => TEXT.slice(start, end).split('\n').length)).toEqual([5])
})

test('the head is metadata', () => {
  const document = readDocument('a.org', TEXT)
  expect(document).toMatchObject({ format: 'org', title: 'Of whales' })
  expect(document.metadata).toEqual({
    title: 'Of whales',
    date: '2026-11-24 10:30',
    filetags: ['sea', 'whale'],
    level: 3,
  })
  expect(TEXT.slice(document.bodyStart).trimStart().startsWith('Words before.')).toBe(true)
})

test('a block without end ends with the section', () => {
  const text = '* One\n#+begin_src\nx\n\n* Two\ny\n'
  const document = readDocument('a.org', text)
  expect(document.headings).toHaveLength(2)
  expect(document.fences.map(({ start, end }) => text.slice(start, end))).toEqual(['#+begin_src\nx'])
})
