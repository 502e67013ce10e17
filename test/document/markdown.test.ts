import { expect, test } from 'vitest'
import { readDocument } from '../../src/document/read.ts'

function headings(text: string): string[] {
  return readDocument('a.md', text).headings.map(({ level, text: words }) => `${level} ${words}`)
}

function spans(text: string, of: 'headings' | 'fences'): string[] {
  return readDocument('a.md', text)[of].map(({ start, end }) => text.slice(start, end))
}

test('ATX headings have one to six signs, three spaces before them at most, and may be closed', () => {
  expect(headings('# One\n   ### Three ###\n###### Six\n# A#\n# C# #\t\r\n#\tTab')).toEqual([
    '1 One',
    '3 Three',
    '6 Six',
    '1 A#',
    '1 C#',
    '1 Tab',
  ])
})

test('what only looks like an ATX heading is none', () => {
  expect(
    headings('#tag\n\n    # code\n\n####### seven\n\n- # item\n\n> # quoted\n\n#\n\n## ##\n\n\t# tab'),
  ).toEqual([])
})

test('setext headings are one line and a line of = or -', () => {
  expect(headings('Title\n===\n\nSection\n  ---  \r\ntext\n\n\tcode\n===')).toEqual(['1 Title', '2 Section'])
})

test('a rule, a list, a quote or a long paragraph above dashes is no heading', () => {
  const texts = [
    'a\n\n---',
    'two\nlines\n---',
    '- item\n---',
    '1. item\n---',
    '> quote\n---',
    '***\n---',
    '---\n---\n',
  ]
  for (const text of texts) expect(headings(`text\n\n${text}`)).toEqual([])
})

test('a heading covers its lines whole, the last line break left out', () => {
  expect(spans('x\n\n  ## A ##  \r\n\r\nB\r\n==\r\n', 'headings')).toEqual(['  ## A ##  ', 'B\r\n=='])
})

test('inline markup is stripped from headings', () => {
  const stripped = {
    '# `__init__` and *very* **bold** _words_': '__init__ and very bold words',
    '# [The `Vec<T>` type](ch08-01.html "x") ![logo](a.png)': 'The Vec<T> type logo',
    '# [a][b] snake_case_name 2 * 3 * 4': 'a snake_case_name 2 * 3 * 4',
    '# <a id="x"></a>Anchor \\*kept\\* {#anchor .class}': 'Anchor *kept*',
    '# __Strong__ [link](a_(b))': 'Strong link',
  }
  for (const [line, words] of Object.entries(stripped)) expect(headings(line)).toEqual([`1 ${words}`])
})

test('fences hide headings and are whole lines, with ` or ~, in lists and in quotes', () => {
  expect(spans('a\n```sh\n# no\n\n```\n~~~\n```\n~~~~\n# Yes', 'fences')).toEqual([
    '```sh\n# no\n\n```',
    '~~~\n```\n~~~~',
  ])
  expect(headings('1. x\n    ```\n# no\n    ```\n- ```\n  # no\n  ```\n# Yes')).toEqual(['1 Yes'])
  expect(headings('> ```\n> # no\n> ```\n\n> ~~~\n> # no\n# Yes')).toEqual(['1 Yes'])
})

test('an unclosed fence runs to the end, and code between backticks on one line is no fence', () => {
  expect(spans('```\n# no\n\nx\n\n', 'fences')).toEqual(['```\n# no\n\nx'])
  expect(headings('```code```\n# Yes')).toEqual(['1 Yes'])
})

test('comments hide headings', () => {
  expect(headings('<!-- one -->\n# A\n<!--\n# no\n-->\n# B\n<!--\n# no')).toEqual(['1 A', '1 B'])
})

test('a line too long for a heading is text', () => {
  expect(headings(`# ${'word '.repeat(200)}\n\n${'x'.repeat(600)}\n===`)).toEqual([])
})
