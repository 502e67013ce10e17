import { expect, test } from 'vitest'
import { readDocument } from '../../src/document/read.ts'
import { countTokens } from '../../src/text/analyzer.ts'
import { cutChunks } from '../../src/text/chunk.ts'

function chunksOf(path: string, text: string): [string, number, readonly string[]][] {
  const document = readDocument(path, text)
  return cutChunks(document, countTokens).map(({ start, end, startLine, trail }) => [
    text.slice(start, end),
    startLine,
    trail,
  ])
}

test('a record is a passage at its line, under the names of the columns', () => {
  const text = 'id,"full name",year\r\n1,"Ann, B.",1971\r\n\r\n2,"Two\r\n\r\nlines ""so""",1980\r\n3,x,\r\n'
  const trail = ['id, full name, year']
  expect(chunksOf('a.csv', text)).toEqual([
    ['id,"full name",year\r\n1,"Ann, B.",1971', 1, trail],
    ['2,"Two\r\n\r\nlines ""so""",1980', 4, trail],
    ['3,x,', 7, trail],
  ])
  const { title, metadata, format } = readDocument('a.csv', text)
  expect({ title, metadata, format }).toEqual({
    title: '',
    metadata: { columns: ['id', 'full name', 'year'] },
    format: 'csv',
  })
})

test('values may stand between tabs, semicolons or bars; a first row of values is a record', () => {
  for (const sign of ['\t', ';', '|']) {
    const text = `a${sign}b\n1${sign}x, y\n2${sign}z\n`
    expect(readDocument('a.tsv', text).metadata).toEqual({ columns: ['a', 'b'] })
    expect(chunksOf('a.csv', text).map(([words]) => words)).toEqual([`a${sign}b\n1${sign}x, y`, `2${sign}z`])
  }
  expect(chunksOf('a.csv', '1,2\n3,4\n')).toEqual([
    ['1,2', 1, []],
    ['3,4', 2, []],
  ])
  for (const text of ['', '\n\n', 'a,b\n', 'one\ntwo\n', ',,\n;;\n']) {
    expect(readDocument('a.csv', text).metadata).toEqual({})
    expect(
      chunksOf('a.csv', text)
        .map(([words]) => words)
        .join('\n'),
    ).toBe(text.replace(/^[\n,;]+|\n$/g, ''))
  }
})

test('a stray quotation mark swallows no more than its value', () => {
  const text = `a,b\n1,"6 inch\n2,5" wide\n3,x\n${'4,"open\n'.repeat(20_000)}`
  const began = performance.now()
  expect(chunksOf('a.csv', text)).toHaveLength(20_003)
  expect(performance.now() - began).toBeLessThan(5000)
})

test('a record too long for a passage is several', () => {
  const text = `a,b\n1,${'word '.repeat(1000)}\n2,x\n`
  const chunks = chunksOf('a.csv', text)
  expect(chunks.length).toBeGreaterThan(3)
  expect(chunks.at(-1)?.[0]).toBe('2,x')
})
