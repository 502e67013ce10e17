import { expect, test } from 'vitest'
import { readFactBox } from '../../src/document/fact-box.ts'

const FACTS = { level: 13.815, tokens: 1081, types: 419, ttr: 0.388 }

function read(text: string): [unknown, string] | undefined {
  const box = readFactBox(text, 0)
  return box && [box.metadata, text.slice(box.end)]
}

test('facts are typed, with blank lines between, without, and with any line ends', () => {
  const lines = [
    'Fact Box',
    'Level: 13.815',
    'Tokens: 1,081',
    'Types: 419',
    'TTR: 0.388',
    'Mission impossible',
    'Text',
  ]
  for (const separator of ['\n\n', '\n', '\r\n\r\n', '\r\n', '\r', '\n \t\n']) {
    const rest = separator + ['Mission impossible', 'Text'].join(separator)
    for (const head of ['', '\n\n', '\r\n']) {
      const [metadata, body] = read(head + lines.join(separator))!
      expect(metadata).toEqual(FACTS)
      expect(rest.endsWith(body)).toBe(true)
      expect(body.trimStart().startsWith('Mission impossible')).toBe(true)
    }
  }
})

test('a title with a colon after the box stays in the body', () => {
  expect(read('Fact Box\nLevel: 3\nPeace: a plan\nText')).toEqual([{ level: 3 }, 'Peace: a plan\nText'])
})

test('words are facts between numbers', () => {
  expect(read('Fact Box\n\nGenre: News\n\nLevel: 3\n\nText')?.[0]).toEqual({ genre: 'News', level: 3 })
})

test('without a number, or without its heading, there is no box', () => {
  for (const text of ['Fact Box\n\nNothing here', 'Fact Box', 'Level: 3\n', 'The Fact Box\nLevel: 3', '']) {
    expect(read(text)).toBeUndefined()
  }
})
