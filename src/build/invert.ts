/**
 * Turns documents into postings. Chunks come in one after the other; their words are noted in a flat log, one entry
 * for each term of each chunk, and the log is sorted by term once, at the end. Flat typed arrays, because a map entry
 * for each posting costs ten times the memory and the time.
 */
import type { Document } from '../document/document.ts'
import { hasIdentifiers } from '../document/formats.ts'
import { decodeUtf8, encodeUtf8 } from '../segment/bytes.ts'
import { lengthCode } from '../segment/length-code.ts'
import type { PostingWriter } from '../segment/posting-writer.ts'
import { forEachToken } from '../text/analyzer.ts'
import type { Chunk } from '../text/chunk.ts'
import { type Field, HEADING, TEXT, TITLE } from '../text/field.ts'
import { fieldRanges } from '../text/field-ranges.ts'
import { identifierParts } from '../text/identifier.ts'
import { clueOf, LanguageCounter } from '../text/language.ts'
import { GrowingInts, GrowingShorts } from './growing.ts'
import type { PostingSource } from './segment-writer.ts'

/** Positions left free after a title that stands outside the body, so that no phrase runs from it into the text. */
const TITLE_GAP = 16

/** Collects the words of chunks; afterwards gives the terms in order and the postings of each. */
export class Inverter implements PostingSource {
  readonly #ids = new Map<string, number>()
  readonly #terms: string[] = []
  readonly #documentFrequencies = new GrowingInts()
  /** What each term tells of the language it stands in. */
  readonly #clues = new GrowingShorts()
  readonly #language = new LanguageCounter()

  /** The log: an entry for each term of each chunk. */
  readonly #logTerm = new GrowingInts()
  readonly #logChunk = new GrowingInts()
  readonly #logPositions = new GrowingInts()
  readonly #logText = new GrowingShorts()
  readonly #logHeading = new GrowingShorts()
  readonly #logTitle = new GrowingShorts()
  readonly #positions = new GrowingShorts()
  /** Length code of each chunk. */
  readonly #lengths = new GrowingShorts()

  /** The tokens of the chunk in hand. */
  readonly #tokenTerm = new GrowingInts()
  readonly #tokenPosition = new GrowingInts()
  readonly #tokenField = new GrowingShorts()
  /** For each term: its entry in the chunk in hand, valid where `#seenIn` names that chunk; places for positions. */
  readonly #seenIn = new GrowingInts()
  readonly #entryOf = new GrowingInts()
  #position = 0
  #field: Field = TEXT
  /** Tokens of the chunk in hand; parts of identifiers stand where their whole does, and are none. */
  #words = 0
  /** The text in hand, where its words may be identifiers. */
  #identifiers = ''

  /** The terms' numbers in order of the terms, once they are asked for. */
  #ascending: readonly number[] | undefined

  /** Chunks so far. */
  get chunks(): number {
    return this.#lengths.length
  }

  /** Adds a chunk of a document; returns its tokens. A title that stands nowhere in the body goes with the first. */
  add(document: Document, chunk: Chunk, first: boolean): number {
    this.#tokenTerm.length = this.#tokenPosition.length = this.#tokenField.length = 0
    this.#position = this.#words = 0
    const isProgram = hasIdentifiers(document.format)
    if (first && !document.titleSpan && document.title !== '') {
      this.#tokens(document.title, 0, document.title.length, TITLE)
      this.#position += TITLE_GAP
    }
    this.#identifiers = isProgram ? document.text : ''
    for (const { start, end, field } of fieldRanges(document, chunk))
      this.#tokens(document.text, start, end, field)
    this.#identifiers = ''
    return this.#log()
  }

  /** The language of all chunks added since it was last asked, '' where it cannot be told. */
  takeLanguage(): string {
    return this.#language.take()
  }

  /** All terms, ascending. */
  terms(): readonly string[] {
    return this.#sortedIds().map(id => this.#terms[id]!)
  }

  /** See {@link PostingSource}. */
  async write(out: PostingWriter, written: (number: number, chunks: Int32Array) => void): Promise<void> {
    const order = this.#sortedLog()
    const starts = this.#starts()
    const positions = this.#positions.values
    const from = new Int32Array(this.#longestEntry())
    const chunks = new Int32Array(this.chunks)
    for (const [number, id] of this.#sortedIds().entries()) {
      const first = starts[id]!
      const end = starts[id + 1]!
      for (let at = first; at < end; at++) {
        const entry = order[at]!
        const text = this.#logText.values[entry]!
        const heading = this.#logHeading.values[entry]!
        const title = this.#logTitle.values[entry]!
        const place = this.#logPositions.values[entry]!
        const count = text + heading + title
        for (let number = 0; number < count; number++) from[number] = positions[place + number]!
        const chunk = this.#logChunk.values[entry]!
        out.add(chunk, this.#lengths.values[chunk]!, text, heading, title, from, 0)
        chunks[at - first] = chunk
      }
      written(number, chunks.subarray(0, end - first))
    }
  }

  #tokens(text: string, start: number, end: number, field: Field): void {
    if (start >= end) return
    this.#field = field
    forEachToken(text, start, end, this.#visit)
  }

  readonly #visit = (term: string, start: number, end: number): void => {
    const id = this.#idOf(term)
    this.#language.add(this.#clues.values[id]!)
    this.#note(id)
    if (this.#identifiers !== '') {
      for (const part of identifierParts(this.#identifiers.slice(start, end))) this.#note(this.#idOf(part))
    }
    this.#words++
    this.#position++
  }

  #idOf(term: string): number {
    const known = this.#ids.get(term)
    if (known !== undefined) return known
    const id = this.#terms.length
    const own = ownCopy(term)
    this.#ids.set(own, id)
    this.#terms.push(own)
    this.#documentFrequencies.push(0)
    this.#clues.push(clueOf(own))
    this.#seenIn.push(-1)
    this.#entryOf.push(0)
    return id
  }

  /** Notes a term at the place in hand. */
  #note(id: number): void {
    this.#tokenTerm.push(id)
    this.#tokenPosition.push(this.#position)
    this.#tokenField.push(this.#field)
  }

  /** Groups the tokens in hand by term and logs them; within a term by field, then by position. */
  #log(): number {
    const chunk = this.#lengths.length
    const tokens = this.#tokenTerm.length
    this.#lengths.push(lengthCode(this.#words))
    const firstEntry = this.#logTerm.length
    for (let token = 0; token < tokens; token++) this.#count(chunk, token)
    let place = this.#positions.length
    for (let entry = firstEntry; entry < this.#logTerm.length; entry++) {
      this.#logPositions.values[entry] = place
      place += this.#logText.values[entry]! + this.#logHeading.values[entry]! + this.#logTitle.values[entry]!
    }
    this.#positions.resize(place)
    this.#placePositions(tokens)
    return this.#words
  }

  #count(chunk: number, token: number): void {
    const id = this.#tokenTerm.values[token]!
    if (this.#seenIn.values[id] !== chunk) {
      this.#seenIn.values[id] = chunk
      this.#entryOf.values[id] = this.#logTerm.length
      this.#documentFrequencies.values[id]!++
      this.#logTerm.push(id)
      this.#logChunk.push(chunk)
      this.#logPositions.push(0)
      this.#logText.push(0)
      this.#logHeading.push(0)
      this.#logTitle.push(0)
    }
    const entry = this.#entryOf.values[id]!
    const field = this.#tokenField.values[token]
    if (field === TEXT) this.#logText.values[entry]!++
    else if (field === HEADING) this.#logHeading.values[entry]!++
    else this.#logTitle.values[entry]!++
  }

  #placePositions(tokens: number): void {
    const places = this.#logPositions.values
    for (const field of [TEXT, HEADING, TITLE]) {
      for (let token = 0; token < tokens; token++) {
        if (this.#tokenField.values[token] !== field) continue
        const entry = this.#entryOf.values[this.#tokenTerm.values[token]!]!
        this.#positions.values[places[entry]!++] = this.#tokenPosition.values[token]!
      }
    }
    // The places were used as cursors; put them back to where each entry begins.
    for (
      let entry = this.#logTerm.length - 1;
      entry >= 0 && this.#logChunk.values[entry] === this.chunks - 1;
      entry--
    ) {
      places[entry]! -=
        this.#logText.values[entry]! + this.#logHeading.values[entry]! + this.#logTitle.values[entry]!
    }
  }

  #sortedIds(): readonly number[] {
    const terms = this.#terms
    this.#ascending ??= [...terms.keys()].sort((a, b) => (terms[a]! < terms[b]! ? -1 : 1))
    return this.#ascending
  }

  /** Where the entries of each term begin in the sorted log. */
  #starts(): Uint32Array {
    const starts = new Uint32Array(this.#terms.length + 1)
    for (let id = 0; id < this.#terms.length; id++) {
      starts[id + 1] = starts[id]! + this.#documentFrequencies.values[id]!
    }
    return starts
  }

  /** Log entries by term, and within a term by chunk: a counting sort, which keeps the order of the log. */
  #sortedLog(): Uint32Array {
    const next = this.#starts()
    const order = new Uint32Array(this.#logTerm.length)
    for (let entry = 0; entry < this.#logTerm.length; entry++)
      order[next[this.#logTerm.values[entry]!]!++] = entry
    return order
  }

  #longestEntry(): number {
    let longest = 0
    for (let entry = 0; entry < this.#logTerm.length; entry++) {
      const count =
        this.#logText.values[entry]! + this.#logHeading.values[entry]! + this.#logTitle.values[entry]!
      if (count > longest) longest = count
    }
    return longest
  }
}

/** Characters from which V8 makes a part of a string a view of the whole. */
const SLICED = 13

/** A term that does not keep the text it was cut from in memory. */
function ownCopy(term: string): string {
  return term.length < SLICED ? term : decodeUtf8(encodeUtf8(term))
}
