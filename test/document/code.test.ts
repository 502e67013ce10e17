import { expect, test } from 'vitest'
import { readDocument } from '../../src/document/read.ts'
import { countTokens } from '../../src/text/analyzer.ts'
import { cutChunks } from '../../src/text/chunk.ts'

test('the blocks between blank lines are passages, long ones kept whole, and there is no title', () => {
  const block = (name: string) => `function ${name}() {\n${'  call(one, two. Three)\n'.repeat(150)}}`
  const text = `#!/usr/bin/env node\n---\na: 1\n---\n\n${block('parseHtmlTree')}\n\n${block('snake_case')}\n`
  const document = readDocument('src/a.ts', text)
  expect(document).toMatchObject({ format: 'code', title: '', metadata: {}, headings: [] })
  const chunks = cutChunks(document, countTokens).map(({ start, end }) => text.slice(start, end))
  expect(chunks.slice(-2)).toEqual([block('parseHtmlTree'), block('snake_case')])
})

test('a block too long is cut at line ends', () => {
  const text = 'call(one. Two)\n'.repeat(2000)
  const document = readDocument('a.py', text)
  const chunks = cutChunks(document, countTokens)
  expect(chunks.length).toBeGreaterThan(2)
  for (const { start, end } of chunks) expect(text.slice(start, end)).toMatch(/^call.*Two\)$/s)
})

test('programs are known by their endings, and some by their names', () => {
  for (const path of ['a.ts', 'b/Makefile', 'x.RS', 'Dockerfile', 'CMakeLists.txt', 'a.h', 'q.sql'])
    expect([path, readDocument(path, 'x').format]).toEqual([path, 'code'])
})
