/**
 * Where a paragraph too long for one chunk is cut: at the end of a sentence, else of a line, else between words, else
 * anywhere, but never inside a character. In come a text and a stretch of it, out comes a place. All offsets and
 * lengths are in UTF-16 units. Each call looks at one window, so that cutting a whole text takes linear time.
 */
import { isLineBreak, isSpace } from '../document/line.ts'
import { classOf, MARK } from './character.ts'

/** Length of a chunk of text at most. */
export const PIECE_LIMIT = 2000
/** Length of a chunk of fenced code at most. */
export const FENCE_LIMIT = 8000
/** Length that the first part of a cut has at least, where the text has a place for it. */
const PIECE_AIM = 1000
/** The same where the text would nearly fit into one: its two parts come out alike. */
const HALF_AIM = 500

/** Where to end the first part of the text from `start` to `end`, which is longer than {@link PIECE_LIMIT}. */
export function cutText(text: string, start: number, end: number): number {
  const length = end - start
  const long = length >= PIECE_LIMIT + PIECE_AIM
  const least = start + (long ? PIECE_AIM : HALF_AIM)
  const most = start + (long ? PIECE_LIMIT : Math.ceil(length * 0.6))
  let lineEnd = 0
  let gap = 0
  for (let at = most; at > least; at--) {
    if (isSpace(text.charCodeAt(at))) {
      if (isSpace(text.charCodeAt(at - 1))) continue
      const next = skipSpace(text, at, end)
      if (!isCutPlace(text, next)) continue
      if (endsSentence(text, at, next)) return at
      if (hasBreak(text, at, next)) lineEnd ||= at
      else gap ||= at
    } else if (isWideSign(text.charCodeAt(at - 1)) && isCutPlace(text, at)) {
      if (endsWideSentence(text, at)) return at
      if (WIDE_COMMAS.includes(text.charAt(at - 1))) gap ||= at
    }
  }
  return lineEnd || gap || cutHard(text, least, most)
}

/** Where to end the first part of fenced code from `start` on, which is longer than {@link FENCE_LIMIT}. */
export function cutFence(text: string, start: number): number {
  const most = start + FENCE_LIMIT
  const least = start + FENCE_LIMIT / 2
  for (let at = most; at > least; at--) {
    if (isLineBreak(text.charCodeAt(at)) && isCutPlace(text, at)) return at
  }
  return cutHard(text, least, most)
}

/** Where the text goes on after a cut at `at`: with the line's indentation if it goes on in a new line. */
export function resumeAt(text: string, at: number, end: number): number {
  let start = at
  let to = at
  for (; to < end && isSpace(text.charCodeAt(to)); to++) if (isLineBreak(text.charCodeAt(to))) start = to + 1
  return start > at ? start : to
}

/** Where the last sign that is no white space ends, between `start` and `end`. */
export function trimEnd(text: string, start: number, end: number): number {
  let to = end
  while (to > start && isSpace(text.charCodeAt(to - 1))) to--
  return to
}

/** The last place between `least` and `most` that parts no character; in a heap of marks without end, `most`. */
function cutHard(text: string, least: number, most: number): number {
  for (let at = most; at > least; at--) if (isCutPlace(text, at)) return at
  return isLowSurrogate(text.charCodeAt(most)) ? most - 1 : most
}

/** Whether the text can be cut before `at`: not inside a surrogate pair or `\r\n`, nor between a sign and its marks. */
function isCutPlace(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  const before = text.charCodeAt(at - 1)
  if (before === JOINER) return false
  if (unit < 0xad) return !(unit === 10 && before === 13)
  if (isLowSurrogate(unit) && (before & 0xfc00) === 0xd800) return false
  const point = text.codePointAt(at)!
  return classOf(point) < MARK && !(point >= FIRST_SKIN_TONE && point <= LAST_SKIN_TONE)
}

const JOINER = 0x200d
const FIRST_SKIN_TONE = 0x1f3fb
const LAST_SKIN_TONE = 0x1f3ff

function isLowSurrogate(unit: number): boolean {
  return (unit & 0xfc00) === 0xdc00
}

function skipSpace(text: string, at: number, end: number): number {
  let to = at
  while (to < end && isSpace(text.charCodeAt(to))) to++
  return to
}

function hasBreak(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (isLineBreak(text.charCodeAt(at))) return true
  return false
}

/** What ends a sentence where white space follows: also the danda, and the Arabic and Urdu signs. */
const ENDERS = '.!?…।॥؟۔'
/** What ends one where anything follows. */
const WIDE_ENDERS = '。！？｡'
const WIDE_COMMAS = '，、；：'
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
function endsSentence(text: string, at: number, next: number): boolean {
  const last = beforeClosers(text, at)
  const sign = text.charAt(last)
  if (WIDE_ENDERS.includes(sign)) return true
  if (!ENDERS.includes(sign) || isLowerCase(text, next)) return false
  return sign !== '.' || !endsAbbreviation(text, last)
}

/** Whether a sentence of a script without spaces ends before `at`: after its sign and what closes with it. */
function endsWideSentence(text: string, at: number): boolean {
  const sign = text.charAt(at)
  if (WIDE_ENDERS.includes(sign) || CLOSERS.includes(sign)) return false
  return WIDE_ENDERS.includes(text.charAt(beforeClosers(text, at)))
}

function isWideSign(unit: number): boolean {
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
