/**
 * Where a paragraph too long for one chunk is cut: at the end of a sentence, else of a line, else between words, else
 * after a sign, else anywhere, but never inside a character. In come a text and a stretch of it, out comes a place. All
 * offsets and lengths are in UTF-16 units. Each call looks at one window, so that cutting a whole text takes linear time.
 */
import { isLineBreak, isSpace } from '../document/line.ts'
import { classOf, MARK, NONE } from './character.ts'
import { endsSentence, endsWideSentence, isWideSign } from './sentence.ts'

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

/**
 * The last place between `least` and `most` that stands after a sign of punctuation, else one that parts no character; in
 * a heap of marks without end, `most`.
 */
function cutHard(text: string, least: number, most: number): number {
  for (let at = most; at > least; at--) {
    const before = text.charCodeAt(at - 1)
    if (before !== JOINER && classOf(before) === NONE && !isSurrogate(before) && isCutPlace(text, at))
      return at
  }
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

const WIDE_COMMAS = '，、；：'
const JOINER = 0x200d
const FIRST_SKIN_TONE = 0x1f3fb
const LAST_SKIN_TONE = 0x1f3ff

function isLowSurrogate(unit: number): boolean {
  return (unit & 0xfc00) === 0xdc00
}

function isSurrogate(unit: number): boolean {
  return (unit & 0xf800) === 0xd800
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
