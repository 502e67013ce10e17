/**
 * The excerpt of a chunk: the window of its text that best shows why it was found, and where in it the matches are.
 * The chunk is analyzed again, as it was for the index, so that the highlights are those of the source text whatever
 * folding and stemming lie between. An identifier is lit as a whole where one of its parts was found.
 */
import { forEachToken } from '../text/analyzer.ts'
import { identifierParts } from '../text/identifier.ts'
import type { CountedLeaf } from './match.ts'
import type { Range } from './result.ts'
import { type PlacesOf, type Span, spansOf } from './span.ts'

/** UTF-16 units of an excerpt at the most, where the caller names no other length. */
export const EXCERPT_LENGTH = 280

export interface Excerpt {
  /** Range of the chunk's text. */
  readonly start: number
  readonly end: number
  /** Matches, as ranges of the chunk's text, ascending, not overlapping. */
  readonly highlights: Range[]
}

/** A stretch of text that one leaf matches. */
interface Match {
  readonly start: number
  readonly end: number
  /** Place of the leaf among those given. */
  readonly leaf: number
}

/** The best window of `text` for the leaves that count for it. */
export function excerptOf(text: string, leaves: readonly CountedLeaf[], length = EXCERPT_LENGTH): Excerpt {
  const matches = findMatches(text, leaves)
  const { start, end } =
    text.length <= length ? { start: 0, end: text.length } : window(text, matches, leaves, length)
  const highlights: Range[] = []
  for (const match of matches) {
    if (match.start < start || match.end > end) continue
    const last = highlights.at(-1)
    if (last && match.start < last[1]) last[1] = Math.max(last[1], match.end)
    else highlights.push([match.start, match.end])
  }
  return { start, end, highlights }
}

/** Where the leaves match, in order of the text: of words near each other each by itself, of a phrase the whole. */
function findMatches(text: string, leaves: readonly CountedLeaf[]): Match[] {
  const tokens: { term: string; start: number; end: number }[] = []
  forEachToken(text, 0, text.length, (term, start, end) => tokens.push({ term, start, end }))
  const placesOf = placesByTerm(tokens, text)
  const matches: Match[] = []
  for (const [number, { leaf }] of leaves.entries()) {
    for (const span of spansOf(leaf.pattern, placesOf)) {
      for (const [first, last] of runs(span)) {
        matches.push({ start: tokens[first]!.start, end: tokens[last]!.end, leaf: number })
      }
    }
  }
  return matches.sort((a, b) => a.start - b.start || a.end - b.end)
}

/** Finds the places of a group's terms: of the group or the text, whichever has fewer words, each is looked up in the other. */
function placesByTerm(
  tokens: readonly { term: string; start: number; end: number }[],
  text: string,
): PlacesOf {
  const places = new Map<string, number[]>()
  const put = (term: string, place: number) => {
    const known = places.get(term)
    if (known) known.push(place)
    else places.set(term, [place])
  }
  for (const [place, { term, start, end }] of tokens.entries()) {
    put(term, place)
    for (const part of identifierParts(text.slice(start, end))) put(part, place)
  }
  return group => {
    const [few, many] = group.size < places.size ? [group, places] : [places, group]
    const terms = [...few.keys()].filter(term => many.has(term))
    if (terms.length === 1) return places.get(terms[0]!)!
    return terms.flatMap(term => places.get(term)!).sort((a, b) => a - b)
  }
}

/** The stretches of neighbouring tokens in a span. */
function runs(span: Span): [first: number, last: number][] {
  const stretches: [number, number][] = []
  for (const place of span) {
    const last = stretches.at(-1)
    if (last && place === last[1] + 1) last[1] = place
    else stretches.push([place, place])
  }
  return stretches
}

/** The tightest stretch of at most `length` units with the most idf of distinct leaves, the first where there are several. */
function window(
  text: string,
  matches: readonly Match[],
  leaves: readonly CountedLeaf[],
  length: number,
): { start: number; end: number } {
  let best = { start: 0, end: 0, weight: 0 }
  const counts = new Int32Array(leaves.length)
  let weight = 0
  let first = 0
  const takeFirst = (): void => {
    const { leaf } = matches[first++]!
    if (--counts[leaf]! === 0) weight -= leaves[leaf]!.idf
  }
  for (const { leaf, end } of matches) {
    if (counts[leaf]!++ === 0) weight += leaves[leaf]!.idf
    while (end - matches[first]!.start > length && matches[first]!.end < end) takeFirst()
    while (counts[matches[first]!.leaf]! > 1) takeFirst()
    const { start } = matches[first]!
    const gain = weight - best.weight
    if (gain > 1e-9 || (gain > -1e-9 && end - start < best.end - best.start)) best = { start, end, weight }
  }
  if (best.weight === 0) return { start: 0, end: wordEnd(text, 0, length) }
  return around(text, best.start, best.end, length)
}

/** Widens a stretch to at most `length`: from the start of a sentence if one is near, else with some words before. */
function around(text: string, from: number, to: number, length: number): { start: number; end: number } {
  const earliest = Math.max(0, to - length)
  const start =
    sentenceStart(text, earliest, from) ?? wordStart(text, Math.max(earliest, from - (length >> 2)), from)
  return { start, end: wordEnd(text, to, start + length) }
}

/** The nearest start of a sentence in `[earliest, at]`. */
function sentenceStart(text: string, earliest: number, at: number): number | undefined {
  for (let start = at; start >= earliest; start--) {
    if (start === 0) return 0
    const before = text[start - 1]!
    if (
      '。！？'.includes(before) ||
      (isSpace(before) && !isSpace(text[start] ?? ' ') && endsSentence(text, start - 1))
    ) {
      return start
    }
  }
  return undefined
}

/** Whether the white space at `at` follows the end of a sentence, or is an empty line. */
function endsSentence(text: string, at: number): boolean {
  let end = at
  let breaks = 0
  while (end >= 0 && isSpace(text[end]!)) if (text[end--] === '\n') breaks++
  while (end >= 0 && '"\'”’)]'.includes(text[end]!)) end--
  return end < 0 || breaks > 1 || '.!?:'.includes(text[end]!)
}

/** The first place in `[from, to]` that does not lie inside a word; `to` where all do. */
function wordStart(text: string, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    if (at === 0 || (isSpace(text[at - 1]!) && !isSpace(text[at]!))) return at
  }
  return to
}

/** How far a cut may lie before the longest possible one, to fall between words. */
const LONGEST_WORD = 64

/** The last place in `[from, to]` that ends a word; scripts without spaces and very long words are cut where they must be. */
function wordEnd(text: string, from: number, to: number): number {
  if (to >= text.length) return text.length
  for (let at = to; at > Math.max(from, to - LONGEST_WORD); at--) {
    if (isSpace(text[at]!) && !isSpace(text[at - 1]!)) return at
  }
  return Math.max(from, wholeCharacter(text, to))
}

function wholeCharacter(text: string, at: number): number {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00 ? at - 1 : at
}

function isSpace(character: string): boolean {
  return (
    character === ' ' ||
    character === '\n' ||
    character === '\t' ||
    character === '\r' ||
    character === '\u3000'
  )
}
