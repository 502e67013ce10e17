import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expandWildcard } from '../../src/search/wildcard.ts'
import { fold } from '../../src/text/fold.ts'
import { CHARACTERS } from './term-arbitrary.ts'
import { union, withDictionaries } from './with-dictionaries.ts'

/** What a wildcard says, in JavaScript's own terms. */
function asRegExp(pattern: string, asWritten: boolean): RegExp {
  const source = pattern.replaceAll('*', '[^]*').replaceAll('?', '[^]')
  return new RegExp(`^${asWritten ? source : fold(source)}$`, 'u')
}

/** All ways to read a term: each of its characters as it stands, or folded; a mark behind a letter that takes it, as nothing. */
function readings(term: string): string[] {
  let all = ['']
  let before = ''
  for (const character of term) {
    const isFolded = fold(before + character) !== fold(before) + character
    const folded = isFolded ? fold(before + character).slice(fold(before).length) : character
    all = all.flatMap(read => [...new Set([read + character, read + folded])])
    before += character
  }
  return all
}

/** Among them two letters in one, and marks that become part of no letter. */
const SPELT = [...CHARACTERS, 's', 's', 'ß', '\u0331', '\u1ab0'] as const
const spelt = fc.string({ unit: fc.constantFrom(...SPELT), minLength: 1, maxLength: 6 })
const lists = fc.array(fc.uniqueArray(spelt, { maxLength: 60 }), { minLength: 1, maxLength: 3 })
const pattern = fc.string({ unit: fc.constantFrom(...SPELT, '*', '*', '*', '?'), maxLength: 8 })

test('a wildcard stands for the terms a naive comparison finds, in order, each once', async () => {
  await fc.assert(
    fc.asyncProperty(lists, fc.array(pattern, { minLength: 1, maxLength: 12 }), async (lists, patterns) => {
      await withDictionaries(lists, async dictionaries => {
        for (const wanted of patterns) {
          for (const asWritten of [true, false]) {
            const naive = union(lists).filter(key =>
              (asWritten ? [key] : readings(key)).some(read => asRegExp(wanted, asWritten).test(read)),
            )
            expect(await expandWildcard(dictionaries, wanted, asWritten)).toEqual(naive)
          }
        }
      })
    }),
    { numRuns: 60 },
  )
})

test('what is typed is brought into the form of terms', async () => {
  const terms = ['straße', 'café', 'don’t', "don't", 'ﬁx', 'affix', 'fix', 'οδοσ', 'οδός', '1.10', '𝒳y', 'xy']
  await withDictionaries([terms], async dictionaries => {
    const found = (wanted: string) => expandWildcard(dictionaries, wanted)
    expect(await found('STRA*')).toEqual(['straße'])
    expect(await found('cafe\u0301*')).toEqual(['café'])
    expect(await found('*ﬁx')).toEqual(['affix', 'fix'])
    expect(await found("DON'*")).toEqual(["don't"])
    expect(await found('ΟΔΟΣ*')).toEqual(['οδοσ', 'οδός'])
    expect(await found('1.1*')).toEqual(['1.10'])
    expect(await found('Ｘ?')).toEqual(['xy'])
    expect(await found('?y')).toEqual(['xy', '𝒳y'])
    expect(await found('pre-fix*')).toEqual([])
  })
})

test('marks need not be typed, nor be left out', async () => {
  const terms = [
    ...['strasse', 'straße', 'strand', 'naive', 'naïveté', 'nàïf', 'épée', 'epic', 'œuvre', 'oeuf', 'ėè'],
    ...['þing', 'thin', 'ёлка', 'елка', 'йод', 'иод', 'ガラス', 'カラス'],
  ]
  await withDictionaries([terms], async dictionaries => {
    const found = (wanted: string, asWritten?: boolean) => expandWildcard(dictionaries, wanted, asWritten)
    expect(await found('strass*')).toEqual(['strasse', 'straße'])
    expect(await found('stras*')).toEqual(['strasse', 'straße'])
    expect(await found('Straß*')).toEqual(['strasse', 'straße'])
    expect(await found('*sse')).toEqual(['strasse', 'straße'])
    for (const each of ['stras?e', 'stra??e', '*se', '?tra*s*', 'stra*se', '*s?e'])
      expect([each, await found(each)]).toEqual([each, ['strasse', 'straße']])
    expect(await found('stra?e')).toEqual(['straße'])
    expect(await found('naï*')).toEqual(['naive', 'naïveté', 'nàïf'])
    expect(await found('na?v*te')).toEqual(['naïveté'])
    expect(await found('e*')).toEqual(['epic', 'épée', 'ėè'])
    expect(await found('oeu*')).toEqual(['oeuf', 'œuvre'])
    expect(await found('thin*')).toEqual(['thin', 'þing'])
    expect(await found('ел*')).toEqual(['елка', 'ёлка'])
    expect(await found('и*')).toEqual(['иод'])
    expect(await found('カ*')).toEqual(['カラス'])
    expect(await found('strass*', true)).toEqual(['strasse'])
    expect(await found('e*', true)).toEqual(['epic'])
  })
})

test('marks that become part of no letter need not be typed; the apostrophe may be any', async () => {
  const terms = ["dog's", "don't", 'ix̱oye', 'ixoye', 'x̱ay', 'xay', 'за́мок', 'замок']
  await withDictionaries([terms], async dictionaries => {
    const found = (wanted: string, asWritten?: boolean) => expandWildcard(dictionaries, wanted, asWritten)
    expect(await found('ixo*')).toEqual(['ixoye', 'ix̱oye'])
    expect(await found('ix̱o*')).toEqual(['ixoye', 'ix̱oye'])
    expect(await found('xa*')).toEqual(['xay', 'x̱ay'])
    expect(await found('*xoye', true)).toEqual(['ixoye'])
    expect(await found('зам*')).toEqual(['замок'])
    for (const each of ["*'s", '*’s', '*ʼs', '*＇s'])
      expect([each, await found(each)]).toEqual([each, ["dog's"]])
    expect(await found('don’*')).toEqual(["don't"])
    expect(await found('d*’?', true)).toEqual(["dog's", "don't"])
  })
})

test('no wildcard takes long, whatever stars it has', async () => {
  const terms = Array.from({ length: 200 }, (_, number) => 'a'.repeat(number + 1))
  await withDictionaries([terms], async dictionaries => {
    expect(await expandWildcard(dictionaries, `${'*a'.repeat(120)}*b`)).toEqual([])
    expect(await expandWildcard(dictionaries, '*a'.repeat(120))).toEqual(terms.slice(119))
    expect(await expandWildcard(dictionaries, '?*'.repeat(5000))).toEqual([])
    expect(await expandWildcard(dictionaries, '*'.repeat(100_000))).toEqual(terms)
  })
})
