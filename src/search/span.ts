/**
 * Where a pattern stands in one chunk, from where its words stand: phrases, with or without other words among theirs,
 * and words near each other. Pure; positions are the ordinals of tokens. The same code decides what matches and what
 * is highlighted.
 */
import type { Pattern, TermGroup } from './leaf.ts'

/** An occurrence: the tokens that make it, ascending. */
export type Span = readonly number[]

/** Places of a group's words in the chunk, ascending. */
export type PlacesOf = (group: TermGroup) => readonly number[]

/** The occurrences of a pattern, in order of their first token. */
export function spansOf(pattern: Pattern, placesOf: PlacesOf): Span[] {
  switch (pattern.kind) {
    case 'word':
      return placesOf(pattern.group).map(place => [place])
    case 'phrase':
      return phraseSpans(pattern.groups.map(placesOf), pattern.slop)
    case 'near':
      return nearSpans(
        pattern.parts.map(part => spansOf(part, placesOf)),
        pattern.distance,
      )
  }
}

/** For each place of the first word the nearest places of the others after it, where all fit. */
function phraseSpans(places: readonly (readonly number[])[], slop: number): Span[] {
  const cursors = places.map(() => 0)
  const spans: Span[] = []
  for (const start of places[0] ?? []) {
    const span = [start]
    for (let word = 1; word < places.length; word++) {
      const own = places[word]!
      let cursor = cursors[word]!
      while (cursor < own.length && own[cursor]! <= span[word - 1]!) cursor++
      cursors[word] = cursor
      if (cursor === own.length) return tightest(spans)
      span.push(own[cursor]!)
    }
    if (span.at(-1)! - start + 1 - places.length <= slop) spans.push(span)
  }
  return tightest(spans)
}

/** Of the spans that end at one place, the shortest: it begins last. */
function tightest(spans: Span[]): Span[] {
  return spans.filter((span, number) => spans[number + 1]?.at(-1) !== span.at(-1))
}

/** Joins the parts from the left: what is found of the first ones, with each of the next that is near enough. */
function nearSpans(parts: readonly Span[][], distance: number): Span[] {
  let joined = parts[0] ?? []
  for (const part of parts.slice(1)) {
    const next = new Map<string, Span>()
    let first = 0
    for (const one of joined) {
      const [from, to] = [one[0]! - distance - 1, one.at(-1)! + distance + 1]
      while (first < part.length && part[first]!.at(-1)! < from) first++
      for (let at = first; at < part.length && part[at]![0]! <= to; at++) {
        const other = part[at]!
        if (other.at(-1)! < from || other.some(place => one.includes(place))) continue
        const span = [...one, ...other].sort((a, b) => a - b)
        next.set(span.join(), span)
        if (next.size > MOST_SPANS) break
      }
    }
    joined = [...next.values()].sort((a, b) => a[0]! - b[0]! || a.at(-1)! - b.at(-1)!)
  }
  return joined
}

/** Bounds the work in a chunk that repeats the same few words without end. */
const MOST_SPANS = 10_000
