/**
 * Where sentences end: by their signs, and what follows them. In come a text and a place in it, out comes whether a
 * sentence ends there. All offsets are in UTF-16 units.
 */

/** What ends a sentence where white space follows: also the danda, and the Arabic and Urdu signs. */
const ENDERS = '.!?…।॥؟۔'
/** What ends one where anything follows. */
const WIDE_ENDERS = '。！？｡'
/** What may stand between the end of a sentence and the white space. */
const CLOSERS = '"\'”’»›)]*_」』）】》〉'
const CLOSERS_LIMIT = 4
/** Words that a full stop shortens though a capital or a number often follows. */
const ABBREVIATIONS = new Set(
  'mr mrs ms dr prof st sr jr vs no nos vol fig figs eq sec ch pp ed eds al etc cf ca nr abs art bd hrsg vgl bzw usw ff sog'.split(
    ' ',
  ),
)
const ABBREVIATION_LIMIT = 6

/** Whether a sentence ends before the white space at `at`; `next` is where the text goes on. */
export function endsSentence(text: string, at: number, next: number): boolean {
  const last = beforeClosers(text, at)
  const sign = text.charAt(last)
  if (WIDE_ENDERS.includes(sign)) return true
  if (!ENDERS.includes(sign) || isLowerCase(text, next)) return false
  return sign !== '.' || !endsAbbreviation(text, last)
}

/** Whether a sentence of a script without spaces ends before `at`: after its sign and what closes with it. */
export function endsWideSentence(text: string, at: number): boolean {
  const sign = text.charAt(at)
  if (WIDE_ENDERS.includes(sign) || CLOSERS.includes(sign)) return false
  return WIDE_ENDERS.includes(text.charAt(beforeClosers(text, at)))
}

/** Whether a UTF-16 unit is punctuation after which a script without spaces may part: 。 ， 」 and the like. */
export function isWideSign(unit: number): boolean {
  return (unit >= 0x3000 && unit < 0x3020) || unit >= 0xff00 || unit === 0x201d || unit === 0x2019
}

/** The last sign before `at` that closes no quotation or bracket. */
function beforeClosers(text: string, at: number): number {
  let last = at - 1
  while (at - last <= CLOSERS_LIMIT && CLOSERS.includes(text.charAt(last))) last--
  return last
}

/** Of scripts whose capitals no later Unicode version will change. */
function isLowerCase(text: string, at: number): boolean {
  if (text.charCodeAt(at) >= 0x530) return false
  const sign = text.charAt(at)
  return sign !== sign.toUpperCase()
}

/** A single letter (an initial, the last of `e.g.`) or a known word before the full stop at `at`. */
function endsAbbreviation(text: string, at: number): boolean {
  let start = at
  while (start > 0 && at - start < ABBREVIATION_LIMIT && isLetter(text.charCodeAt(start - 1))) start--
  return at - start === 1 || ABBREVIATIONS.has(text.slice(start, at).toLowerCase())
}

function isLetter(unit: number): boolean {
  const letter = unit | 32
  return (letter >= 97 && letter <= 122) || (unit >= 0xc0 && unit < 0x530)
}
