/**
 * A run of characters in a query: a word, or a pattern over words (wildcard, misspelling, regular expression), and what
 * a backslash does in it. In comes the run without the signs around it, out comes its leaf, and back. Whatever is no
 * pattern is a word, as it was typed.
 */
import { countTokens, forEachToken } from '../text/analyzer.ts'
import { classOf, DIGIT, IGNORE, isApostrophe, isPoint, LETTER, MARK } from '../text/character.ts'
import type { FuzzyNode, QueryNode, WildcardNode } from './query.ts'

/** What a backslash takes the meaning from; before all else it is a backslash. */
const ESCAPED = /\\([\\"“„«()\-+~^*?/:])/
const ALL_ESCAPED = new RegExp(ESCAPED, 'g')
const SPECIAL = /[\\"“„«()\-+~^*?/:]/g
const OPERATOR_WORD = /^(?:AND|OR|NOT|NEAR)$/
const ESCAPED_OPERATOR_WORD = /^\\(?:AND|OR|NOT|NEAR)$/

/** Six digits on either side of the point: no factor becomes infinite or nothing. */
const BOOST_AT_END = /\^(\d{1,6}(?:\.\d{1,6})?|\.\d{1,6})$/
const DISTANCE_AT_END = /~([12]?)$/
/** Code points of the shortest word that may have two letters wrong, where no number says so. */
const TWO_EDITS_FROM = 6

/** Whether a text holds anything that could be found. */
export function hasToken(text: string): boolean {
  return countTokens(text, 0, text.length, 1) > 0
}

/** Splits `word^2`. */
export function withoutBoost(run: string): { body: string; factor?: number } {
  const found = BOOST_AT_END.exec(run)
  const factor = Number(found?.[1])
  if (!found || !(factor > 0)) return { body: run }
  const body = run.slice(0, found.index)
  let backslashes = 0
  while (body[body.length - 1 - backslashes] === '\\') backslashes++
  // An odd number of them: the last one takes the caret's meaning.
  return backslashes % 2 === 1 || !hasToken(body) ? { body: run } : { body, factor }
}

/** The leaf of a run whose boost has been taken off. */
export function runLeaf(run: string): QueryNode {
  if (ESCAPED_OPERATOR_WORD.test(run)) return { kind: 'word', text: run.slice(1) }
  if (ESCAPED.test(run)) return { kind: 'word', text: withoutEscapes(run) }
  return fuzzyLeaf(run) ?? wildcardLeaf(run) ?? { kind: 'word', text: run }
}

/** Takes away the backslashes that did their work. */
export function withoutEscapes(run: string): string {
  return run.replace(ALL_ESCAPED, '$1')
}

/** The run that is a word of this text, whatever the text holds but white space. */
export function escaped(text: string): string {
  return OPERATOR_WORD.test(text) ? `\\${text}` : text.replace(SPECIAL, '\\$&')
}

/** `word~`, `word~1`, `word~2`: only of what is one word to the analyzer too, or words with an apostrophe between. */
function fuzzyLeaf(run: string): FuzzyNode | undefined {
  const found = DISTANCE_AT_END.exec(run)
  if (!found) return undefined
  const text = run.slice(0, found.index)
  const tokens = countTokens(text, 0, text.length, 2)
  let covers = true
  if (tokens === 1) {
    forEachToken(text, 0, text.length, (_, start, end) => {
      covers = start === 0 && end === text.length
    })
  }
  if (tokens === 0 || !covers || !isPlain(text, () => false)) return undefined
  const distance = found[1] === '' ? (Array.from(text).length < TWO_EDITS_FROM ? 1 : 2) : Number(found[1])
  return { kind: 'fuzzy', text, distance: distance as 1 | 2 }
}

/** `pre*`, `w?ld`, `*fix`. A question mark at the end of a word is one. */
function wildcardLeaf(run: string): WildcardNode | undefined {
  if (!/[*?]/.test(run)) return undefined
  let end = run.length
  while (end > 0 && run[end - 1] === '?') end--
  const pattern = run.slice(0, end).replace(/\*+/g, '*')
  if (!/[*?]/.test(pattern) || !/[^*?]/.test(pattern)) return undefined
  return isPlain(pattern, isWildcard) ? { kind: 'wildcard', pattern } : undefined
}

/**
 * A pattern over what the analyzer takes for several words, word by word: o'neil* is o and neil*. One for a pattern of
 * one word; what stands for any word is left out.
 */
export function patternParts(pattern: string): string[] {
  const parts = ['']
  for (const character of pattern) {
    if (isApostrophe(character.codePointAt(0)!)) parts.push('')
    else parts.push(parts.pop()! + character)
  }
  return parts.filter(part => /[^*?]/.test(part))
}

function isWildcard(point: number): boolean {
  return point === 0x2a || point === 0x3f
}

/**
 * Whether all of a text could be part of one term: letters, digits and marks of scripts whose words are longer than a
 * character, points beside digits, apostrophes inside; and whatever else is allowed.
 */
function isPlain(text: string, isAllowed: (point: number) => boolean): boolean {
  const points = Array.from(text, character => character.codePointAt(0)!)
  const isInner = (point: number | undefined) =>
    point !== undefined && (isWordPoint(point) || isAllowed(point))
  return points.every((point, at) => {
    if (isInner(point)) return true
    const before = points[at - 1]
    const after = points[at + 1]
    if (!isInner(before) || !isInner(after)) return false
    if (isPoint(point)) return [before, after].every(next => isAllowed(next!) || isDigit(next!))
    return isApostrophe(point)
  })
}

/** Beyond ASCII the table of classes is asked, which takes a millisecond to unfold. */
function isWordPoint(point: number): boolean {
  if (point < 128) return isDigit(point) || ((point | 32) >= 0x61 && (point | 32) <= 0x7a)
  const value = classOf(point)
  return value === LETTER || value === DIGIT || value === MARK || value === IGNORE
}

function isDigit(point: number): boolean {
  return point < 128 ? point >= 0x30 && point <= 0x39 : classOf(point) === DIGIT
}

/** Where the pattern that begins with the slash at `start` ends: at its closing slash; -1 where it does not. */
export function regexEnd(query: string, start: number): number {
  if (query[start] !== '/') return -1
  let inClass = false
  for (let at = start + 1; at < query.length && !isSpace(query[at]); at++) {
    const character = query[at]
    if (character === '\\' && !isSpace(query[at + 1])) at++
    else if (inClass) inClass = character !== ']'
    else if (character === '[') inClass = true
    else if (character === '/') return at === start + 1 ? -1 : at
  }
  return -1
}

/** Whether the index can be asked for a regular expression; JavaScript says so. */
export function isRegex(source: string): boolean {
  try {
    new RegExp(source.normalize('NFC'), 'iu')
    return true
  } catch {
    return false
  }
}

/** White space as JavaScript has it, the ideographic space with it; but not U+FEFF, which stands within words. */
export function isSpace(character: string | undefined): boolean {
  if (character === undefined) return false
  return character <= ' ' ? /\s/.test(character) : character > '~' && /[^\S\ufeff]/.test(character)
}
