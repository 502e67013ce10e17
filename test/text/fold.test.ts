import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tokenize } from '../../src/text/analyzer.ts'
import { fold } from '../../src/text/fold.ts'

describe('fold', () => {
  it.each([
    ['café', 'cafe'],
    ['naïve', 'naive'],
    ['größe', 'grosse'],
    ['łódź', 'lodz'],
    ['smørrebrød', 'smorrebrod'],
    ['œuvre', 'oeuvre'],
    ['ǽ', 'ae'],
    ['việt', 'viet'],
    ['đường', 'duong'],
    ['i̇stanbul', 'istanbul'],
    ['ısparta', 'isparta'],
    ["l'été's", "l'ete's"],
    ['οδός', 'οδοσ'],
    ['ἀρχή', 'αρχη'],
    ['ёлка', 'елка'],
  ])('makes %s %s', (term, folded) => expect(fold(term)).toBe(folded))

  it.each([
    'ガラス',
    'が',
    'हिन्दी',
    'น้ำ',
    'й',
    'ї',
    'שָׁלוֹם',
    'مُحَمَّد',
    '각',
    '1\u0301',
    'plain',
    "don't",
    '1.10',
  ])('leaves %s as it is', term => expect(fold(term)).toBe(term))

  it('folds a term no further the second time, whatever the term', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        for (const { term } of tokenize(text)) expect(fold(fold(term))).toBe(fold(term))
      }),
    )
  })

  it('leaves no term of one code point empty, and folds it no further the second time', () => {
    const wrong: string[] = []
    for (let point = 0; point < 0x110000; point++) {
      for (const { term } of tokenize(String.fromCodePoint(point))) {
        const folded = fold(term)
        if (folded === '' || fold(folded) !== folded) wrong.push(point.toString(16))
      }
    }
    expect(wrong).toEqual([])
  })
})
