import { expect, test } from 'vitest'
import { readDocument } from '../../src/document/read.ts'
import { countTokens } from '../../src/text/analyzer.ts'
import { cutChunks } from '../../src/text/chunk.ts'

const TEXT = `---
title: 'A service'
# a comment
services:
  web: &w
    image: nginx:1.0.21
    description: |
      Serves the pages
      of the harbour.
  "two words":
    - name: deep
      steps:
        - run: it goes four deep
---
second: true
`

test('keys with something deeper are headings, the title is a key, a second document is no front matter', () => {
  const document = readDocument('a.yml', TEXT)
  expect(document).toMatchObject({ format: 'yaml', title: 'A service', bodyStart: 0 })
  expect(document.headings.map(({ level, text }) => `${level} ${text}`)).toEqual([
    '1 services',
    '2 web',
    '3 description',
    '2 two words',
    '3 steps',
  ])
  const chunks = cutChunks(document, countTokens)
  const of = (words: string) => chunks.find(({ start, end }) => TEXT.slice(start, end).includes(words))
  expect(of('harbour')?.trail).toEqual(['services', 'web', 'description'])
  expect(of('four deep')).toMatchObject({ trail: ['services', 'two words', 'steps'] })
})

test('what looks like a key and is none', () => {
  const text = 'a: 1\n- b\nhttp://x.y/z:\nkey: value\n"q": v\n{{ tpl }}:\n'
  expect(readDocument('a.yaml', text).headings.map(({ text: words }) => words)).toEqual([])
})
