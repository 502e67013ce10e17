/**
 * Folding: the spelling of a term without the marks that people leave out when they type. In comes a term of the
 * analyzer, out comes what it is looked up by in a form table. Marks are dropped from Latin and Greek letters only:
 * in other scripts they make another word (ガラス is glass, カラス a crow), or no word at all.
 */

/** Letters with a stroke or a ligature's shape, which no normalisation takes apart; ё, which is mostly typed е. */
const LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ı: 'i',
  ё: 'е',
  ς: 'σ',
}

const SPECIAL = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g')

// Ranges, not \p{Script=...}: they are the same on every engine.
const BASE =
  'a-zA-Z\\u00c0-\\u02af\\u0370-\\u03e1\\u03f0-\\u03ff\\u1d00-\\u1dbf\\u1e00-\\u1fff\\u2c60-\\u2c7f\\ua722-\\ua7ff\\uab30-\\uab6f'
const MARK = '\\u0300-\\u036f\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f'
const MARKED = new RegExp(`([${BASE}])[${MARK}]+`, 'g')

/** What a term must hold for folding to change anything: most terms are returned after this one look. */
const FOLDABLE = new RegExp(`[\\u00c0-\\u03ff\\u0451\\u1e00-\\u1fff${MARK}\\u2c60-\\u2c7f\\ua722-\\ua7ff]`)

const IS_BASE = new RegExp(`^[${BASE}]$`)
const IS_MARK = new RegExp(`^[${MARK}]$`)

/** Whether marks that stand behind a character, and have not become part of it, are dropped. */
export function takesMarks(point: number): boolean {
  return IS_BASE.test(String.fromCodePoint(point))
}

/** Whether a character is a mark that is dropped behind such a one. */
export function isFoldedMark(point: number): boolean {
  return point >= 0x300 && IS_MARK.test(String.fromCodePoint(point))
}

/** The folded form of a term (lower-cased NFKC); the term itself where there is nothing to fold. Idempotent. */
export function fold(term: string): string {
  if (!FOLDABLE.test(term)) return term
  // ё goes before it would come apart into е and a mark, which stays on other Cyrillic letters.
  const plain = term.replace(SPECIAL, letter => LETTERS[letter]!)
  return plain
    .normalize('NFD')
    .replace(MARKED, '$1')
    .replace(SPECIAL, letter => LETTERS[letter]!)
    .normalize('NFC')
}
