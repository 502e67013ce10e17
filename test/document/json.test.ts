import { expect, test } from 'vitest'
import { readDocument } from '../../src/document/read.ts'
import { countTokens } from '../../src/text/analyzer.ts'
import { cutChunks } from '../../src/text/chunk.ts'

function read(path: string, text: string) {
  const document = readDocument(path, text)
  const chunks = cutChunks(document, countTokens).map(({ start, end, startLine, trail }) => ({
    text: document.text.slice(start, end),
    startLine,
    trail,
  }))
  return { document, chunks }
}

test('escapes are read, and lines stay lines', () => {
  const { document } = read(
    'a.json',
    '{\n"a": "caf\\u00e9\\nis \\"open\\" \\/ \\ud83d\\udc0b",\n"b": "\\ud83d\\u0000\\u2028x"\n}',
  )
  expect(document.text).toBe('{\n"a": "café is "open" / 🐋",\n"b": "\ufffd  x"\n}')
})

test('keys that hold more are headings, three deep; a name is the title', () => {
  const value = {
    name: 'whale',
    scripts: { build: 'make it all', deep: { er: { most: { x: 'end of it' } } } },
    list: [1, 2],
  }
  const { document, chunks } = read('package.json', JSON.stringify(value, null, 2))
  expect(document).toMatchObject({ title: 'whale', metadata: { title: 'whale' } })
  expect(document.headings.map(({ level, text }) => `${level} ${text}`)).toEqual([
    '1 scripts',
    '2 deep',
    '3 er',
    '1 list',
  ])
  const end = chunks.find(({ text }) => text.includes('end of it'))
  expect(end).toMatchObject({ trail: ['scripts', 'deep', 'er'], startLine: 5 })
  expect(read('a.json', '{"title":"no","a":1}').document.title).toBe('')
})

test('long lists part between their items, and one line without spaces between its values', () => {
  const items = Array.from({ length: 200 }, (_, id) => ({ id, text: `item number ${id}` }))
  const parted = read('a.json', JSON.stringify(items, null, 1)).chunks
  expect(parted.length).toBeGreaterThan(3)
  for (const { text } of parted.slice(1)) expect(text).toMatch(/^\s*\{/)
  const line = read('a.json', JSON.stringify(items).replaceAll(' ', '_')).chunks
  for (const { text } of line.slice(0, -1)) expect(text).toMatch(/[^\p{L}\p{N}]$/u)
})

test('of JSON Lines each line is a passage', () => {
  const text = '{"id":1}\n\n{"id":2,"text":"a\\nb"}\n{"cut": "sh'
  const { document, chunks } = read('a.jsonl', text)
  expect(document.format).toBe('jsonl')
  expect(chunks.map(({ text, startLine }) => [text, startLine])).toEqual([
    ['{"id":1}', 1],
    ['{"id":2,"text":"a b"}', 3],
    ['{"cut": "sh', 4],
  ])
})

test('any text will do, in linear time', () => {
  for (const piece of ['{"a":', '"a": [\n', '\\u', `${' '.repeat(50)}"x": {\n`]) {
    const began = performance.now()
    read('a.json', piece.repeat(50_000))
    expect(performance.now() - began).toBeLessThan(8000)
  }
})
