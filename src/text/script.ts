/**
 * Scripts: which one a term is written in, as far as that tells its language. In comes a term, out the number of its
 * script, by its first letter. Ranges, not \p{Script=...}: they are the same on every engine.
 */

/** Scripts by number; 0 is none. The language that has the script to itself, '' where several share it. */
export const SCRIPT_LANGUAGES: readonly string[] = [
  '',
  ...['', '', '', '', '', ''],
  ...[
    'el',
    'hy',
    'he',
    'bn',
    'pa',
    'gu',
    'or',
    'ta',
    'te',
    'kn',
    'ml',
    'si',
    'th',
    'lo',
    'my',
    'ka',
    'ko',
    'am',
    'km',
  ],
]
export const LATIN = 1
export const CYRILLIC = 2
export const ARABIC = 3
export const DEVANAGARI = 4
export const HAN = 5
export const KANA = 6

const GREEK = SCRIPT_LANGUAGES.indexOf('el')
const numberOf = (language: string) => SCRIPT_LANGUAGES.indexOf(language)

/** First and last code point, script; ascending. */
const RANGES: readonly (readonly [number, number, number])[] = [
  [0x61, 0x24f, LATIN],
  [0x370, 0x3ff, GREEK],
  [0x400, 0x52f, CYRILLIC],
  [0x530, 0x58f, numberOf('hy')],
  [0x590, 0x5ff, numberOf('he')],
  [0x620, 0x65f, ARABIC],
  [0x66e, 0x6ef, ARABIC],
  [0x6fa, 0x77f, ARABIC],
  [0x8a0, 0x8ff, ARABIC],
  [0x900, 0x97f, DEVANAGARI],
  [0x980, 0x9ff, numberOf('bn')],
  [0xa00, 0xa7f, numberOf('pa')],
  [0xa80, 0xaff, numberOf('gu')],
  [0xb00, 0xb7f, numberOf('or')],
  [0xb80, 0xbff, numberOf('ta')],
  [0xc00, 0xc7f, numberOf('te')],
  [0xc80, 0xcff, numberOf('kn')],
  [0xd00, 0xd7f, numberOf('ml')],
  [0xd80, 0xdff, numberOf('si')],
  [0xe00, 0xe7f, numberOf('th')],
  [0xe80, 0xeff, numberOf('lo')],
  [0x1000, 0x109f, numberOf('my')],
  [0x10a0, 0x10ff, numberOf('ka')],
  [0x1100, 0x11ff, numberOf('ko')],
  [0x1200, 0x139f, numberOf('am')],
  [0x1780, 0x17ff, numberOf('km')],
  [0x1e00, 0x1eff, LATIN],
  [0x1f00, 0x1fff, GREEK],
  [0x3040, 0x30ff, KANA],
  [0x3130, 0x318f, numberOf('ko')],
  [0x3400, 0x9fff, HAN],
  [0xac00, 0xd7ff, numberOf('ko')],
  [0xf900, 0xfaff, HAN],
  [0x20000, 0x323af, HAN],
]

/** Where the analyzer makes each character a token, a word is several of them. */
export const WORDS_PER_TOKEN: readonly number[] = SCRIPT_LANGUAGES.map((language, script) => {
  if (script === HAN || script === KANA) return 0.5
  return ['th', 'lo', 'my', 'km'].includes(language) ? 0.25 : 1
})

/** The script of a term's first character; 0 for digits, signs and scripts that are in no table here. */
export function scriptOf(term: string): number {
  const point = term.codePointAt(0) ?? 0
  if (point < 0x61) return 0
  let low = 0
  let high = RANGES.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (point > RANGES[middle]![1]) low = middle + 1
    else high = middle
  }
  const [first, last, script] = RANGES[low]!
  if (point < first || point > last) return 0
  // Units are written with Greek letters: µs, kΩ.
  return script === GREEK && term.charCodeAt(term.length - 1) < 0x370 ? 0 : script
}

/** Letters by which languages that share a script part; the first that a term has counts. */
export const SPELLINGS: readonly {
  readonly script: number
  readonly letters: RegExp
  readonly languages: readonly string[]
}[] = [
  { script: CYRILLIC, letters: /[їєґ]/, languages: ['uk'] },
  { script: CYRILLIC, letters: /ў/, languages: ['be'] },
  { script: CYRILLIC, letters: /[ђћ]/, languages: ['sr'] },
  { script: CYRILLIC, letters: /[ѓќѕ]/, languages: ['mk'] },
  { script: CYRILLIC, letters: /[јљњџ]/, languages: ['mk', 'sr'] },
  { script: CYRILLIC, letters: /і/, languages: ['be', 'uk'] },
  { script: CYRILLIC, letters: /[ыэё]/, languages: ['be', 'ru'] },
  { script: CYRILLIC, letters: /ъ/, languages: ['bg'] },
  { script: ARABIC, letters: /[ٹڈڑےںھہ]/, languages: ['ur'] },
  { script: ARABIC, letters: /[پچژگیک]/, languages: ['fa', 'ur'] },
  { script: ARABIC, letters: /[يكةىأإ]/, languages: ['ar'] },
]
