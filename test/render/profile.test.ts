import { expect, test } from 'vitest'
import type { LexicalProfile } from '../../src/profile/profile.ts'
import { renderProfile } from '../../src/render/profile.ts'
import { cellWidth } from '../../src/render/width.ts'

const profile: LexicalProfile = {
  schema: 'gleaner.profile/1',
  index: 'index',
  of: 'reading/whales.txt',
  title: 'On whales and other very large animals of the northern and southern seas',
  documents: 1,
  languages: { en: 1 },
  tokens: 1075,
  types: 404,
  typeTokenRatio: 0.3758,
  sentences: 42,
  meanSentenceLength: 25.55,
  readability: { fleschKincaid: 15.46, automatedReadability: 15.97, colemanLiau: 13.84, lix: 55.6 },
  claims: { tokens: 1081, typeTokenRatio: 0.388, level: 13.815 },
  commonest: [
    { word: 'the', count: 105 },
    { word: '東京都', count: 41 },
  ],
  typical: [{ word: 'whale\u001b', count: 35, elsewhere: 2, logLikelihood: 120.5 }],
}

test('at 80 cells, the claims beside the figures, and the level beside the nearest formula', () => {
  expect(renderProfile(profile, { color: false, width: 80 })).toMatchInlineSnapshot(`
    "reading/whales.txt  On whales and other very large animals of the northern and…
      words (tokens)           1,075  the document says: 1,081
      different words (types)    404
      type-token ratio         0.376  the document says: 0.388
      sentences                   42
      words in a sentence       25.6

    Readability  grades: school years, for English; a dash: does not apply
      Flesch-Kincaid grade         15.5
      Automated Readability Index  16.0
      Coleman-Liau index           13.8  the document says: level 13.815
      LIX                          55.6  difficult

    Commonest words
      the     105 ████████████████████████████████
      東京都   41 ████████████▌

    Most typical words: how often here and in all, by log-likelihood
      whale␛  35 of 37 ████████████████████████████████
    "
  `)
})

test('no line is wider than the terminal, and there may be nothing to tell', () => {
  const lines = (of: LexicalProfile, width: number) => renderProfile(of, { color: false, width }).split('\n')
  for (const width of [45, 60, 80]) {
    for (const line of lines(profile, width)) expect(cellWidth(line)).toBeLessThanOrEqual(width)
  }
  const empty: LexicalProfile = {
    ...profile,
    of: null,
    documents: 0,
    tokens: 0,
    types: 0,
    sentences: 0,
    typeTokenRatio: null,
    meanSentenceLength: null,
    readability: { fleschKincaid: null, automatedReadability: null, colemanLiau: null, lix: null },
    claims: null,
    commonest: [],
    typical: null,
  }
  expect(lines(empty, 80).join('\n')).not.toMatch(/NaN|Infinity|Readability|Commonest/)
})
