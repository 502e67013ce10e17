import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold } from '../../src/text/fold.ts'
import { STEMMERS, type Stemmer, stemmerFor } from '../../src/text/stem.ts'

const LANGUAGES = Object.keys(STEMMERS)
const stemmers = new Map(
  await Promise.all(LANGUAGES.map(async language => [language, await stemmerFor(language)] as const)),
)
const stem: Stemmer = stemmers.get('en')!

describe('the English stemmer', () => {
  it.each([
    ['running', 'runs', 'run'],
    ['relational', 'relate', 'relating'],
    ['happy', 'happiness'],
    ['connect', 'connection', 'connections', 'connected'],
    ['express', 'expressions'],
    ['die', 'dying', 'dies'],
    ['ponies', 'pony'],
    ['hopping', 'hop'],
    ['hoping', 'hope'],
    ['generalizations', 'generalize'],
    ['locked', 'locking', 'locks', 'lock'],
    ['dog', "dog's", 'dogs'],
    ['resume', 'résumé', 'résumés'],
  ])('gives %s one stem with its forms', (word, ...forms) => {
    expect(forms.map(stem)).toEqual(forms.map(() => stem(word)))
  })

  it('keeps other words apart', () => {
    expect(stem('hopping')).not.toBe(stem('hoping'))
    expect(stem('general')).not.toBe(stem('generous'))
    expect(stem('news')).not.toBe(stem('new'))
    expect(stem('page')).not.toBe(stem('pagan'))
  })

  it.each([
    '007',
    'v2.0.1',
    'x86s',
    "don't",
    'книги',
    'ガラス',
    'हिन्दी',
    `${'a'.repeat(36)}ings${'s'.repeat(9)}`,
  ])('leaves %s as it is', term => expect(stem(term)).toBe(term))
})

describe("Snowball's stemmers", () => {
  // Stems as Snowball 2.2 gives them.
  it.each([
    ['ar', 'كتاب', 'الكتاب', 'كِتَابٌ', 'كتـــاب'],
    ['da', 'hest', 'heste', 'hestene', 'hestens'],
    ['de', 'haus', 'häuser', 'hauses', 'hause'],
    ['de', 'strass', 'straße', 'straßen', 'strasse'],
    ['el', 'ανθρωπ', 'άνθρωπος', 'ανθρώπους', 'ἄνθρωπος'],
    ['es', 'corr', 'corriendo', 'corremos', 'correr'],
    ['fi', 'talo', 'talossa', 'talon', 'taloissa'],
    ['fr', 'continu', 'continuation', 'continuer', 'continuait'],
    ['ga', 'bád', 'bád', 'bhád', 'mbád'],
    ['hi', 'लड़क', 'लड़का', 'लड़के', 'लड़कियों'],
    ['hu', 'ház', 'házban', 'házak', 'házaknak'],
    ['id', 'baca', 'membaca', 'dibaca', 'bacaan'],
    ['it', 'parl', 'parlare', 'parlano', 'parlando'],
    ['lt', 'vyr', 'vyras', 'vyrai', 'vyrams'],
    ['nl', 'lop', 'lopen', 'loop'],
    ['nl', 'foto', 'foto', "foto's"],
    ['no', 'hus', 'huset', 'husene', 'husenes'],
    ['pt', 'fal', 'falar', 'falando', 'falamos'],
    ['ro', 'naţional', 'națională', 'naţionale', 'național'],
    ['ru', 'книг', 'книга', 'книгами', 'кни́ги'],
    ['ru', 'зелен', 'зелёный', 'зеленая'],
    ['sr', 'knjig', 'књига', 'knjige', 'књигама'],
    ['sv', 'bil', 'bilar', 'bilarna', 'bilens'],
    ['ta', 'வீடு', 'வீடுகள்', 'வீடுகளில்'],
    ['tr', 'ev', 'evler', 'evlerimizde', 'evde'],
    ['tr', 'istanbul', 'i̇stanbul', 'istanbulda'],
  ])('of %s make %s of its forms', (language, stemmed, ...forms) => {
    expect(forms.map(stemmers.get(language)!)).toEqual(forms.map(() => stemmed))
  })

  it('leave numbers, versions, compounds of signs and very long terms alone', () => {
    const terms = [
      '007',
      'v2.0.1',
      'x86s',
      '٢٠٢٤',
      '१०वीं',
      "don't",
      'ガラス',
      '漢字',
      'ab_en',
      `${'en'.repeat(40)}`,
    ]
    for (const [language, stemmed] of stemmers) expect(terms.map(stemmed), language).toEqual(terms)
  })

  const WORDS = ['häuser', 'continuation', 'evlerimizde', 'книгами', 'άνθρωπος', 'الكتاب', 'लड़कियों']
  it.each([
    ['ru', 'книгами'],
    ['el', 'άνθρωπος'],
    ['ar', 'الكتاب'],
    ['hi', 'लड़कियों'],
  ])('of %s change only %s among words of other scripts', (language, own) => {
    const changed = WORDS.filter(word => stemmers.get(language)!(word) !== word)
    expect(changed).toEqual([own])
  })
})

describe('every stemmer', () => {
  const alphabets = [
    'aeiouybdglnrstüößéèçşığåøæ',
    'аеиоуыэюяйстнкрвлмёіїј',
    'αεηιουάέςσντρκ',
    'اويكتابنملةـَُ',
    'कखगािीुेोंँ्',
  ]
  const word = fc
    .constantFrom(...alphabets)
    .chain(letters => fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 20 }))
    .map(term => term.normalize('NFKC'))

  it.each(LANGUAGES)('(%s) is total, leaves something of every term and remembers nothing', language => {
    const stemmed = stemmers.get(language)!
    fc.assert(
      fc.property(word, word, fc.string({ unit: 'binary', minLength: 1 }), (term, other, any) => {
        const first = stemmed(term)
        stemmed(other)
        expect(stemmed(term)).toBe(first)
        expect(first).not.toBe('')
        expect(fold(stemmed(any))).not.toBe('')
      }),
      { numRuns: 300 },
    )
  })
})

describe('stemmerFor', () => {
  it('says which languages there are when asked for another', async () => {
    for (const language of ['xx', 'constructor']) {
      await expect(stemmerFor(language)).rejects.toMatchObject({
        code: 'unknown-analyzer',
        message: expect.stringContaining(LANGUAGES.join(', ')),
      })
    }
  })

  it('names the version of the package it takes the algorithm from', async () => {
    const { default: manifest } = await import('../../package-lock.json', { with: { type: 'json' } })
    const packages: Record<string, { version?: string }> = manifest.packages
    for (const { id } of Object.values(STEMMERS)) {
      const [, name, version] = id.split(' ')
      expect(packages[`node_modules/${name}`]?.version, id).toBe(version)
    }
  })
})
