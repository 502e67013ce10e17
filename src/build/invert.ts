/**
 * Turns documents into postings. Chunks come in one after the other; each token adds two numbers to a flat log: which
 * term it is, and where it stands. The log is sorted by term when a run of postings is taken. Flat typed arrays, because a
 * map entry for each posting costs ten times the memory and the time.
 */
import type { Document } from '../document/document.ts'
import { hasIdentifiers } from '../document/formats.ts'
import { lengthCode } from '../segment/length-code.ts'
import { feedTokens, type TokenSink } from '../text/analyzer.ts'
import type { Chunk } from '../text/chunk.ts'
import { type Field, HEADING, TEXT, TITLE } from '../text/field.ts'
import { fieldRanges } from '../text/field-ranges.ts'
import { identifierParts } from '../text/identifier.ts'
import { clueOf, LanguageCounter } from '../text/language.ts'
import { SHORT } from '../text/short-term.ts'
import { GrowingInts, GrowingShorts } from './growing.ts'
import { FAR, HEAD, type PostingRun, setSize, setTerm } from './posting-run.ts'
import { ShortTerms } from './short-terms.ts'
import { TermTable } from './term-table.ts'

/** Positions left free after a title that stands outside the body, so that no phrase runs from it into the text. */
const TITLE_GAP = 16

/** In the log a term's number stands above its field. */
const FIELD_BITS = 2
const FIELD_MASK = 3

/** Collects the words of chunks; gives their postings by term. */
export class Inverter implements TokenSink {
  readonly #table = new TermTable()
  /** Those of its terms that were met last. */
  readonly #short = new ShortTerms()
  /** What each term tells of the language it stands in. */
  readonly #clues = new GrowingShorts()
  readonly #language = new LanguageCounter()
  /** The terms' numbers in ascending order of the terms, as far as there were terms when it was made. */
  #ascending = new Int32Array(0)

  /** The log: each token's term and field, and its ordinal in its chunk. */
  readonly #logTerms = new GrowingInts()
  readonly #logPositions = new GrowingShorts()
  /** Where the log of each chunk ends, and its length code. */
  readonly #ends = new GrowingInts()
  readonly #lengths = new GrowingShorts()

  /** Memory that every run uses again: what is dropped is not free at once. */
  #sortedChunks = new Int32Array(0)
  #sortedPlaces = new Int32Array(0)
  readonly #rows = new RowWriter()

  /** The text in hand, its field, and whether its words may be identifiers. */
  #text = ''
  #field: Field = TEXT
  #isProgram = false
  #position = 0
  /** Tokens of the chunk in hand; parts of identifiers stand where their whole does, and are none. */
  #words = 0

  /** All terms so far. */
  get terms(): TermTable {
    return this.#table
  }

  /** Forgets all terms, and begins to number them anew. To be called between two runs. */
  forget(): void {
    this.#table.clear()
    this.#short.clear()
    this.#clues.length = 0
    this.#ascending = new Int32Array(0)
  }

  /** Adds a chunk of a document; returns its tokens. A title that stands nowhere in the body goes with the first. */
  add(document: Document, chunk: Chunk, first: boolean): number {
    this.#position = this.#words = 0
    this.#isProgram = false
    if (first && !document.titleSpan && document.title !== '') {
      this.#tokens(document.title, 0, document.title.length, TITLE)
      this.#position += TITLE_GAP
    }
    this.#isProgram = hasIdentifiers(document.format)
    for (const { start, end, field } of fieldRanges(document, chunk))
      this.#tokens(document.text, start, end, field)
    this.#ends.push(this.#logTerms.length)
    this.#lengths.push(lengthCode(this.#words))
    return this.#words
  }

  /** The language of all chunks added since it was last asked, '' where it cannot be told. */
  takeLanguage(): string {
    return this.#language.take()
  }

  /** The postings of all chunks since it was last asked. */
  takeRun(): PostingRun {
    const sorted = this.#sortLog()
    const { starts, ends } = sorted
    const rows = this.#rows
    for (const term of this.#ascendingTerms())
      if (ends[term]! > starts[term]!) rows.write(term, sorted, starts[term]!, ends[term]!)
    const lengths = Uint8Array.from(this.#lengths.values.subarray(0, this.#lengths.length))
    this.#logTerms.length = this.#logPositions.length = this.#ends.length = this.#lengths.length = 0
    return { rows: rows.take(), lengths }
  }

  #tokens(text: string, start: number, end: number, field: Field): void {
    if (start >= end) return
    this.#text = text
    this.#field = field
    feedTokens(text, start, end, this)
  }

  ascii(start: number, end: number, high: number, low: number): void {
    let term = end - start <= SHORT ? this.#short.numberOf(high, low) : -1
    if (term < 0) {
      term = this.#table.numberOfAscii(this.#text, start, end)
      if (end - start <= SHORT) this.#short.set(high, low, term)
    }
    this.#take(term, start, end)
  }

  other(term: string, start: number, end: number): void {
    this.#take(this.#table.numberOf(term), start, end)
  }

  #take(term: number, start: number, end: number): void {
    this.#log(term)
    this.#language.add(this.#clues.values[term]!)
    if (this.#isProgram) {
      for (const part of identifierParts(this.#text.slice(start, end))) this.#log(this.#table.numberOf(part))
    }
    this.#words++
    this.#position++
  }

  #log(term: number): void {
    if (term === this.#clues.length) this.#clues.push(clueOf(this.#table.at(term)!))
    this.#logTerms.push((term << FIELD_BITS) | this.#field)
    this.#logPositions.push(this.#position)
  }

  /** The log by term: a counting sort, which keeps the order of chunks and of tokens. */
  #sortLog(): SortedLog {
    const terms = this.#logTerms.values
    const size = this.#logTerms.length
    const starts = new Uint32Array(this.#table.length)
    for (let at = 0; at < size; at++) starts[terms[at]! >>> FIELD_BITS]!++
    let sum = 0
    for (let term = 0; term < starts.length; term++) {
      const count = starts[term]!
      starts[term] = sum
      sum += count
    }
    const ends = starts.slice()
    if (this.#sortedChunks.length < size) {
      this.#sortedChunks = new Int32Array(size + (size >> 2))
      this.#sortedPlaces = new Int32Array(size + (size >> 2))
    }
    const [chunks, places] = [this.#sortedChunks, this.#sortedPlaces]
    let chunk = 0
    for (let at = 0; at < size; at++) {
      while (at === this.#ends.values[chunk]) chunk++
      const to = ends[terms[at]! >>> FIELD_BITS]!++
      chunks[to] = chunk
      places[to] = (this.#logPositions.values[at]! << FIELD_BITS) | (terms[at]! & FIELD_MASK)
    }
    return { starts, ends, chunks, places }
  }

  /** The order of all terms: the new ones, which are few, are sorted and put into the order there was. */
  #ascendingTerms(): Int32Array {
    const { compare, length } = this.#table
    const before = this.#ascending
    if (before.length === length) return before
    const fresh = this.#table.ascending(before.length)
    const merged = new Int32Array(length)
    let taken = 0
    for (const [added, term] of fresh.entries()) {
      const upTo = firstAfter(before, term, taken, compare)
      merged.set(before.subarray(taken, upTo), taken + added)
      merged[upTo + added] = term
      taken = upTo
    }
    merged.set(before.subarray(taken), taken + fresh.length)
    this.#ascending = merged
    return merged
  }
}

/** The tokens of a log by term; those of a term from `starts` to `ends`. */
interface SortedLog {
  readonly starts: Uint32Array
  readonly ends: Uint32Array
  readonly chunks: Int32Array
  /** Ordinal and field. */
  readonly places: Int32Array
}

/** The place, from a known one on, of the first of some ascending terms that comes after another. */
function firstAfter(terms: Int32Array, term: number, from: number, compare: TermTable['compare']): number {
  let [low, high] = [from, terms.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compare(terms[middle]!, term) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** Writes postings as rows of a run. */
class RowWriter {
  #rows = new Uint16Array(1 << 16)
  length = 0

  /** Writes the postings of the tokens from `start` to `end`, all of one term. */
  write(term: number, { chunks, places }: SortedLog, start: number, end: number): void {
    // A posting of one token takes eight numbers at most, and each further token one.
    this.#reserve(HEAD + (end - start) * 8)
    const rows = this.#rows
    const head = this.length
    let at = head + HEAD
    let before = 0
    for (let from = start; from < end; ) {
      const chunk = chunks[from]!
      const gap = chunk - before
      before = chunk
      if (gap < FAR) rows[at++] = gap
      else {
        rows[at++] = FAR
        rows[at++] = gap
        rows[at++] = gap >>> 16
      }
      let to = from
      let fields = 0
      for (; to < end && chunks[to] === chunk; to++) fields |= places[to]! & FIELD_MASK
      at = fields === TEXT ? ofText(rows, at, places, from, to) : ofFields(rows, at, places, from, to)
      from = to
    }
    setTerm(rows, head, term)
    setSize(rows, head, at - head - HEAD)
    this.length = at
  }

  /** What was written since it was last taken: valid until more is written. */
  take(): Uint16Array {
    const rows = this.#rows.subarray(0, this.length)
    this.length = 0
    return rows
  }

  #reserve(more: number): void {
    if (this.length + more <= this.#rows.length) return
    const grown = new Uint16Array(Math.max(this.length + more, this.#rows.length * 2))
    grown.set(this.#rows.subarray(0, this.length))
    this.#rows = grown
  }
}

/** Frequency and ordinals of a posting in the text alone. */
function ofText(rows: Uint16Array, start: number, places: Int32Array, from: number, to: number): number {
  let at = start
  rows[at++] = to - from
  for (let token = from; token < to; token++) rows[at++] = places[token]! >>> FIELD_BITS
  return at
}

/** Frequencies and ordinals of a posting in several fields, or another than the text. */
function ofFields(rows: Uint16Array, start: number, places: Int32Array, from: number, to: number): number {
  let at = start
  rows[at++] = 0
  const frequencies = at
  at += 3
  for (const [place, field] of [TEXT, HEADING, TITLE].entries()) {
    const first = at
    for (let token = from; token < to; token++)
      if ((places[token]! & FIELD_MASK) === field) rows[at++] = places[token]! >>> FIELD_BITS
    rows[frequencies + place] = at - first
  }
  return at
}
