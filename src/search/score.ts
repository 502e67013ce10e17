/**
 * How a leaf scores: BM25 (Robertson, Walker, Jones, Hancock-Beaulieu, Gatford, TREC-3, 1994) with the idf that
 * Lucene and MiniSearch use, which is never negative. Frequencies may be fractions: they are weighted sums over the
 * fields a word stands in and over its forms. The same formula, in the same order of operations, as MiniSearch's, so
 * that stage 1 and the slice agree.
 */
import { LENGTHS } from '../segment/length-code.ts'

export const K = 1.2
export const B = 0.75

/** What an occurrence counts in each field: text, heading, title. */
export const FIELD_WEIGHTS = [1, 2, 3] as const

/**
 * What an occurrence counts by how it relates to the word asked for: the nearer, the more. For other forms of a word
 * anything from 0.75 to 1 gives the same nDCG@10 within 0.003 on three collections (`npm run bench -- relevance`); less
 * than 1 is what puts the word as it was typed first.
 */
export const FORM_WEIGHTS = {
  /** The word as asked for, but for case. */
  same: 1,
  /** Differs in accents alone. */
  folded: 0.95,
  /** Another form of the word. */
  form: 0.9,
  /** A word that a wildcard or a regular expression matches. */
  pattern: 0.8,
  /** A word at an edit distance of one, and of two. */
  distance: [0.6, 0.4],
} as const

/** Inverse document frequency of a leaf that `matching` of `total` chunks have. */
export function idf(matching: number, total: number): number {
  return Math.log(1 + (total - matching + 0.5) / (matching + 0.5))
}

/**
 * Of the average length, what the shortest chunks count as: three words must not beat a paragraph by being few. Half is
 * no worse than a quarter on any collection at hand, and better on those with titles alone.
 */
const LENGTH_FLOOR = 0.5

/** The length that counts for a chunk with a length code, in tokens; `average` is that of the index. */
export function countedLength(code: number, average: number): number {
  return Math.max(LENGTHS[code]!, LENGTH_FLOOR * average)
}

/** What BM25 adds to the frequency in its denominator, for each length code. */
export function lengthNorms(average: number): Float64Array {
  return Float64Array.from(LENGTHS, (_, code) => K * (1 - B + (B * countedLength(code, average)) / average))
}

/** Share of a leaf's idf that a frequency earns. */
export function saturation(frequency: number, norm: number): number {
  return (frequency * (K + 1)) / (frequency + norm)
}

/** A score to nine significant digits: what is equal but for rounding is equal, and ties are broken by place. */
export function rounded(score: number): number {
  return roundedByArithmetic(score) ?? Number(score.toPrecision(9))
}

/** How far a tenth digit must be from where rounding turns, for the product not to have crossed it. */
const CLEAR = 1e-4

/**
 * The same for the scores there are, at a tenth of the cost: a whole number below 2^53 over a power of ten is the number
 * nearest to those digits. Undefined where the product may be rounded itself across the middle of two, or is none of these.
 */
function roundedByArithmetic(score: number): number | undefined {
  if (!(score >= 0.01 && score < 1000)) return undefined
  const scale = score >= 10 ? (score >= 100 ? 1e6 : 1e7) : score >= 1 ? 1e8 : score >= 0.1 ? 1e9 : 1e10
  const digits = score * scale
  const whole = Math.floor(digits)
  const rest = digits - whole
  if (Math.abs(rest - 0.5) < CLEAR) return undefined
  return (rest < 0.5 ? whole : whole + 1) / scale
}
