import { expect, test } from 'vitest'
import { extractedDocument } from '../../src/document/extracted.ts'
import { positionAt } from '../../src/document/marks.ts'
import { notebook } from '../../src/document/notebook.ts'

const cells = [
  {
    cell_type: 'markdown',
    source: ['# Whales\n', 'Some words\n', '\n', '```py\n', 'a = 1\n', '```\n', 'after'],
  },
  {
    cell_type: 'code',
    source: 'import os\n\nprint(1)',
    outputs: [
      { output_type: 'stream', name: 'stdout', text: ['one\n', 'two\n'] },
      { output_type: 'execute_result', data: { 'text/plain': 'DataFrame', 'text/html': '<b>no</b>' } },
      { output_type: 'error', ename: 'KeyError', evalue: 'x', traceback: ['\u001b[31mline 1\u001b[0m'] },
    ],
  },
  { cell_type: 'raw', source: 'raw words' },
  { cell_type: 'markdown', source: '## Songs\n\nThey sing.' },
]

function read(value: unknown) {
  const extracted = notebook.extract(JSON.stringify(value))
  return extracted && extractedDocument('notebook', extracted)
}

test('cells stand in order with their numbers, headings and code', () => {
  const document = read({
    cells,
    metadata: { kernelspec: { language: 'python' }, authors: [{ name: 'Ann' }] },
  })!
  expect(document.text).toBe(
    '# Whales\n\nSome words\n\na = 1\n\nafter\n\nimport os\n\nprint(1)\n\none\ntwo\n\nDataFrame\n\nKeyError: x\nline 1\n\nraw words\n\n## Songs\n\nThey sing.\n'
      .replace('# Whales', 'Whales')
      .replace('## Songs', 'Songs'),
  )
  expect(document).toMatchObject({ title: 'Whales', metadata: { kernel: 'python', authors: ['Ann'] } })
  expect(document.headings.map(({ level, text }) => [level, text])).toEqual([
    [1, 'Whales'],
    [2, 'Songs'],
  ])
  expect(document.fences.map(({ start, end }) => document.text.slice(start, end))).toEqual([
    'a = 1',
    'import os\n\nprint(1)',
    'one\ntwo',
    'DataFrame',
    'KeyError: x\nline 1',
  ])
  expect([1, 7, 9, 21, 25].map(line => positionAt(document.marks, line)?.cell)).toEqual([1, 1, 2, 3, 4])
})

test('a notebook of the third format has its cells in worksheets', () => {
  const sheet = {
    cells: [
      { cell_type: 'heading', level: 2, source: 'Old' },
      { cell_type: 'code', input: 'x', outputs: [] },
    ],
  }
  const document = read({ worksheets: [sheet], metadata: {} })
  expect(document).toMatchObject({ text: 'Old\n\nx\n', headings: [{ level: 2, text: 'Old' }] })
})

test('what is no notebook is none', () => {
  for (const value of [{}, [], null, 1, { cells: 1 }]) expect(read(value)).toBeUndefined()
  expect(notebook.extract('{"cells": [')).toBeUndefined()
  expect(notebook.extract(`{"cells":${'['.repeat(200_000)}`)).toBeUndefined()
  expect(read({ cells: [null, 1, { cell_type: 'code' }] })?.text).toBe('')
})
