/**
 * The terms within an edit distance of a word. Insertions, deletions, substitutions and transpositions of neighbouring
 * characters count one each, and no character is edited twice (optimal string alignment). Characters are code points, so
 * that café is one edit from cafe. Any of them may differ, the first too.
 */
import type { Dictionary } from '../segment/dictionary.ts'
import { scanTerms, type TermMatcher } from './term-scan.ts'

/** A term and its distance from the word, in edits. */
export interface FuzzyTerm {
  readonly term: string
  readonly distance: number
}

/**
 * The terms at most `distance` edits from `word`, itself included where it is a term, in the order of a dictionary.
 * `word` is a term of the analyzer.
 */
export async function expandFuzzy(
  dictionaries: readonly Dictionary[],
  word: string,
  distance: number,
): Promise<FuzzyTerm[]> {
  const matcher = new DistanceMatcher(word, distance)
  const distances = new Map<string, number>()
  await scanTerms(dictionaries, '', matcher, (key, length) => {
    distances.set(key.key(), matcher.distanceAt(length))
  })
  return [...distances.keys()].sort().map(term => ({ term, distance: distances.get(term)! }))
}

/**
 * The table of edit distances between the beginnings of the word and those of a term, a row for each character of the
 * term. Only the cells at most `limit` off the diagonal are worked out: no other can be within the limit.
 */
export class DistanceMatcher implements TermMatcher {
  readonly #word: Int32Array
  readonly #limit: number
  /** Cells of a row: one more than the word has characters. */
  readonly #width: number
  readonly #rows: Uint8Array
  /** The characters of the term. */
  readonly #points: Int32Array

  /** `limit` is in edits, at most 254. */
  constructor(word: string, limit: number) {
    this.#word = Int32Array.from(word, character => character.codePointAt(0)!)
    this.#limit = limit
    const width = this.#word.length + 1
    this.#width = width
    // No longer term is within the limit. What lies off the band stays "too far", which is all that is ever read there.
    this.#points = new Int32Array(this.#word.length + limit)
    this.#rows = new Uint8Array((this.#points.length + 1) * width).fill(limit + 1)
    for (let cell = 0; cell < width && cell <= limit; cell++) this.#rows[cell] = cell
    for (let row = 0; row <= limit; row++) this.#rows[row * width] = row
  }

  enter(depth: number, point: number): boolean {
    if (depth >= this.#points.length) return false
    this.#points[depth] = point
    const rows = this.#rows
    const limit = this.#limit
    const above = depth * this.#width
    const row = above + this.#width
    const first = Math.max(1, depth + 1 - limit)
    const last = Math.min(this.#word.length, depth + 1 + limit)
    let least = depth < limit ? depth + 1 : limit + 1
    for (let cell = first; cell <= last; cell++) {
      const wanted = this.#word[cell - 1]!
      let edits = rows[above + cell - 1]! + (point === wanted ? 0 : 1)
      edits = Math.min(edits, rows[above + cell]! + 1, rows[row + cell - 1]! + 1)
      if (depth > 0 && cell > 1 && this.#swaps(depth, cell)) {
        edits = Math.min(edits, rows[above - this.#width + cell - 2]! + 1)
      }
      rows[row + cell] = Math.min(edits, limit + 1)
      if (edits < least) least = edits
    }
    // A later row draws on this one or, by a transposition, on the one above: which costs no less than by this one.
    return least <= limit
  }

  accepts(length: number): boolean {
    return this.distanceAt(length) <= this.#limit
  }

  /** The distance of the `length` characters entered last; one more than the limit where it is beyond. */
  distanceAt(length: number): number {
    return this.#rows[length * this.#width + this.#width - 1]!
  }

  /** Whether the last two characters of the term are these two of the word, the other way round. */
  #swaps(depth: number, cell: number): boolean {
    return this.#points[depth] === this.#word[cell - 2] && this.#points[depth - 1] === this.#word[cell - 1]
  }
}
