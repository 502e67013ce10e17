import { expect, test } from 'vitest'
import { readDocument } from '../../src/document/read.ts'
import { Counts } from '../../src/profile/counts.ts'
import { syllableCounter } from '../../src/profile/syllables.ts'

function count(text: string, language = 'en', path = 'a.txt'): Counts {
  const counts = new Counts(syllableCounter())
  counts.add(readDocument(path, text), language)
  return counts
}

test('sentences end where their signs do, not after a shortened word or inside a number', () => {
  const sentences = (text: string) => count(text).sentences
  expect(sentences('Dr. Ann paid $3.50 for No. 7. "Why?" he asked. She left… Nobody knew')).toBe(4)
  expect(sentences('Title\n\nOne para\n\nand another.\n\n- an item\n- one more')).toBe(4)
  expect(sentences('她来了。他走了！“真的吗？”他问。')).toBe(4)
  expect(sentences('---\n\n***\n')).toBe(0)
})

test('tokens are those of the index, words those of the formulas', () => {
  const { tokens, terms, english } = count("A well-kept dog's bowl--the blue one/two bowls.")
  expect(tokens).toBe(10)
  expect(Object.fromEntries(terms)).toMatchObject({ well: 1, kept: 1, "dog's": 1, bowl: 1, bowls: 1 })
  expect(english).toEqual({ words: 9, sentences: 1, letters: 35, longWords: 1, syllables: 10 })
})

test('the title counts once, wherever it stands; what is no English has no syllables', () => {
  expect(count('---\ntitle: Of whales\n---\nText here.\n', 'en', 'a.md').terms.get('whales')).toBe(1)
  expect(count('# Of whales\n\nText here.\n', 'en', 'a.md').terms.get('whales')).toBe(1)
  const { english, spaced } = count('Die Uhr am Bahnhof geht nach.', 'de')
  expect([english.words, spaced.words, spaced.syllables]).toEqual([0, 6, 0])
})

test('of a script without spaces no words are told', () => {
  const { tokens, spaced, sentences } = count('桥边\n\n石桥在水上。\n\n桥很老。', 'zh')
  expect([tokens, spaced.words, sentences]).toEqual([10, 0, 2])
})
