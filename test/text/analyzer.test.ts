import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ANALYZER,
  countTokens,
  forEachToken,
  TERM_LIMIT,
  type Token,
  tokenize,
} from '../../src/text/analyzer.ts'
import { ClusterScan } from '../../src/text/cluster-scan.ts'

const terms = (text: string): string[] => tokenize(text).map(token => token.term)
const words = (text: string): string => terms(text).join(' ')

/** Marks on one letter beyond any writing: their end is cut off, and where that is hangs on the spelling. */
const PILE = /[\p{M}\p{Cf}]{30}/u

describe('words', () => {
  it.each([
    ['state-of-the-art', 'state of the art'],
    ['snake_case /usr/lib C++', 'snake case usr lib c'],
    ['007 1e3 x86', '007 1e3 x86'],
    ['1.10 3.14 1,000 1.0.21 v2.0.1', '1.10 3.14 1 000 1.0.21 v2.0.1'],
    ['the end. 1, 2. a.b 1.x', 'the end 1 2 a b 1 x'],
    ["dog's don't I'm we'll DON'T shouldn't've", "dog's don't i'm we'll don't shouldn't've"],
    ['dog’s don’t', "dog's don't"],
    ["l'homme l’été O'Brien rock'n'roll", 'l homme l été o brien rock n roll'],
    ["'quoted' 1960's dog'sled", 'quoted 1960 s dog sled'],
    ['Straße CAFÉ İstanbul', 'straße café i\u0307stanbul'],
    ['Привет, МИР! ΟΔΟΣ', 'привет мир οδοσ'],
    ['हिन्दी में', 'हिन्दी में'],
    ['བོད་སྐད།', 'བོད སྐད'],
  ])('%s', (text, expected) => expect(words(text)).toBe(expected))
})

describe('scripts without spaces, signs and invisible characters', () => {
  it.each([
    ['東京tower東 2020年', '東 京 tower 東 2020 年'],
    ['コーヒー 々', 'コ ー ヒ ー 々'],
    ['ภาษา', 'ภ า ษ า'],
    ['한국', '한 국'],
    ['㍿ ½ x² CO₂ Linux™ ①②', '株 式 会 社 1 2 x 2 co2 linux tm 1 2'],
    ['有1，2种 １，０００ ３．１４', '有 1 2 种 1 000 3.14'],
    ['😀👍🏽 ok', '😀 👍 🏽 ok'],
    ['soft\u00adhyphen \ufeffa\u200db\ufe0f zero\u200bwidth', 'softhyphen ab zero width'],
    ['\u0301a \ud800b\udc00', 'a b'],
  ])('%s', (text, expected) => expect(words(text)).toBe(expected))

  it('gives several words of one sign the same extent', () => {
    expect(tokenize('a㍿')).toEqual([
      { term: 'a', start: 0, end: 1 },
      ...['株', '式', '会', '社'].map(term => ({ term, start: 1, end: 2 })),
    ])
  })

  it('covers whole clusters of the original text', () => {
    expect(tokenize('(cafe\u0301 ｶﾞ)')).toEqual([
      { term: 'café', start: 1, end: 6 },
      { term: 'ガ', start: 7, end: 9 },
    ])
  })
})

describe('spellings of one text', () => {
  const wide = (text: string) =>
    text.replace(/[!-~]/g, sign => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))

  it('ligatures and half-width forms are the letters they stand for', () => {
    expect(words('ﬁle oﬃce Ĳ ǆ ｱﾊﾟｰﾄ ﾡ Ⅻ')).toBe('file office ij dž ア パ ー ト ᄀ xii')
  })

  it('a letter whose capital has no composed form comes out as when it is small', () => {
    expect(terms('J\u030c')).toEqual(terms('\u01f0'))
  })

  it('full-width ASCII', () => {
    fc.assert(
      fc.property(asciiText, text => {
        expect(terms(wide(text))).toEqual(terms(text))
      }),
      { examples: [["Don't use v1.10, 1,000!"]] },
    )
  })

  it('composed and decomposed', () => {
    fc.assert(
      fc.property(anyText, text => {
        fc.pre(!PILE.test(text))
        expect(terms(text.normalize('NFD'))).toEqual(terms(text.normalize('NFC')))
      }),
    )
  })
})

describe('any string', () => {
  it('has tokens in order, within bounds, apart or of one extent, and never too long', () => {
    fc.assert(
      fc.property(anyText, text => {
        const tokens = tokenize(text)
        let before: Token = { term: '', start: 0, end: 0 }
        for (const token of tokens) {
          const same = token.start === before.start && token.end === before.end
          expect(same || token.start >= before.end).toBe(true)
          expect(token.end).toBeGreaterThan(token.start)
          expect(token.end).toBeLessThanOrEqual(text.length)
          expect(token.term).not.toBe('')
          expect(token.term.length).toBeLessThanOrEqual(TERM_LIMIT)
          before = token
        }
        expect(forEachToken(text, 0, text.length, () => {})).toBe(tokens.length)
        expect(countTokens(text, 0, text.length, 3)).toBe(Math.min(3, tokens.length))
      }),
    )
  })

  it('gives a token again from its own extent, and from its term', () => {
    fc.assert(
      fc.property(anyText, text => {
        const tokens = tokenize(text)
        for (const { term, start, end } of tokens) {
          const same = tokens.filter(token => token.start === start)
          expect(terms(text.slice(start, end))).toEqual(same.map(token => token.term))
          if (!PILE.test(term)) expect(terms(term)).toEqual([term])
        }
      }),
    )
  })

  it('has the same tokens in a part that begins and ends with tokens', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), fc.nat(), (text, a, b) => {
        const tokens = tokenize(text)
        if (tokens.length === 0) return
        const [from, to] = [a % tokens.length, b % tokens.length].sort((x, y) => x - y) as [number, number]
        const [{ start }, { end }] = [tokens[from]!, tokens[to]!]
        const part: Token[] = []
        forEachToken(text, start, end, (term, start, end) => part.push({ term, start, end }))
        expect(part).toEqual(tokens.filter(token => token.start >= start && token.end <= end))
      }),
    )
  })

  it('is read alike by the ASCII scan and cluster by cluster', () => {
    fc.assert(
      fc.property(fc.oneof(asciiText, anyText), text => {
        const tokens: Token[] = []
        const scan = new ClusterScan(text, text.length, (term, start, end) =>
          tokens.push({ term, start, end }),
        )
        for (let at = 0; at < text.length; ) at = scan.read(at, Number.POSITIVE_INFINITY)
        expect(tokens).toEqual(tokenize(text))
      }),
    )
  })
})

describe('adversarial text', () => {
  it.each([
    ['one long word', 'a'.repeat(1e6), 7813],
    ['one long word beyond ASCII', 'é'.repeat(1e6), 7813],
    ['marks on one letter', `a${'\u0301'.repeat(1e6)}`, 1],
    ['marks on nothing', '\u0301'.repeat(1e6), 0],
    ['soft hyphens in a word', `a${'\u00ad'.repeat(1e6)}b`, 1],
    ['apostrophes', "'".repeat(1e6), 0],
    ['apostrophes after letters', 'é’'.repeat(5e5), 500000],
    ['points between digits', '1.'.repeat(5e5), 7813],
    ['full-width points between digits', '１．'.repeat(5e5), 7813],
    ['half surrogate pairs', '\ud83d'.repeat(1e6), 0],
  ])('takes linear time: %s', (_, text, count) => {
    const start = performance.now()
    expect(countTokens(text, 0, text.length, Number.POSITIVE_INFINITY)).toBe(count)
    expect(performance.now() - start).toBeLessThan(5000)
  })
})

describe('the analyzer as an index names it', () => {
  // The terms of each code point by itself. A new value is a new analyzer: raise ANALYZER.version with it. A value that
  // differs on another Node is a fault: characters of later Unicode versions must be in class NONE.
  it('makes of every code point the same terms on every engine', () => {
    const hash = createHash('sha256')
    for (let point = 0; point < 0x110000; point++) {
      const found = terms(String.fromCodePoint(point))
      if (found.length > 0) hash.update(`${point}:${found.join('|')}\n`)
    }
    expect(ANALYZER).toEqual({ id: 'gleaner', version: 1, unicode: '15.1' })
    expect(hash.digest('hex')).toMatchInlineSnapshot(
      `"f5a017ee37748d11dd609ed63277516de2ae4c019ff41d9e011460d247598a5d"`,
    )
  })
})

/** Letters, digits and the signs that matter, often; any printable ASCII, now and then. */
const asciiText = fc
  .array(
    fc.oneof(
      fc.constantFrom('a', 'B', '1', '2', "'", "'s", "'LL ", '.', ',', ' ', '_', 'll', 're', 'x'.repeat(125)),
      fc.string({ unit: 'binary-ascii', maxLength: 3 }).map(text => text.replace(/[^ -~]/g, '')),
    ),
  )
  .map(parts => parts.join(''))

/** Every class of character and every case of the rule, mixed; any UTF-16 units, half surrogate pairs too. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          'a',
          'B',
          's',
          't',
          'll',
          '1',
          '٣',
          '２',
          'é',
          'e\u0301',
          'Σ',
          'ς',
          'İ',
          'J\u030c',
          'ﬁ',
          'Ａ',
          '™',
          '½',
          '²',
          '₂',
        ],
        ...[
          "'",
          '’',
          'ʼ',
          '＇',
          '.',
          ',',
          '．',
          '，',
          ' ',
          '_',
          '\n',
          '·',
          '—',
          'ŉ',
          'ŀ',
          'ﷺ',
          '㍿',
          '\ufc5e',
        ],
        ...[
          '東',
          '々',
          'が',
          'か\u3099',
          'か\u309a',
          'ｶ',
          'ﾞ',
          'ー',
          '한',
          '\u1100',
          '\u1161',
          '\u11a8',
          'ㄱ',
          'ﾡ',
          'ก',
          '่',
          'ุ',
          'ำ',
        ],
        ...[
          'क',
          '्',
          'ि',
          '\u0301',
          '\u0327',
          '\u0323',
          '\u00ad',
          '\u200d',
          '\u200b',
          '\ufe0f',
          '\u034f',
          '😀',
          '🏽',
          '🇩',
        ],
        ...['\ud83d', '\udc00', '𝟏', '𝐀', '𐐀', '\u{20000}', '\u{e0100}', '\u0378', '\ue000'],
        ...['x'.repeat(126), 'é'.repeat(127), '1.'.repeat(63), '\u0301'.repeat(33), '\u00ad'.repeat(33)],
      ),
      fc.integer({ min: 0, max: 0xffff }).map(unit => String.fromCharCode(unit)),
      fc.string({ unit: 'binary', maxLength: 2 }),
    ),
  )
  .map(parts => parts.join(''))
