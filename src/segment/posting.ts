/**
 * How a posting is written: one term in one chunk, with how often it stands in each field, the chunk's length, and
 * where. Up to 256 postings make a block, which is read and checked by itself.
 *
 * A block:
 *
 *     packed    (packed.ts) for each posting, the chunk less the chunk before it less one (the first: less the last of
 *               the block before)
 *     codes     one byte a posting: the low six bits are the chunk's length code (length-code.ts), the high two say
 *               0: once in the text · 1: twice in the text · 2: more often, in the text alone · 3: other fields too
 *     varints   what did not fit into the packed numbers; then for each code 2 the frequency less 3, for each code 3
 *               the frequencies in text, headings and title
 *
 * Positions stand in a block of their own beside it, for the queries that need them: for each posting and each field
 * the ordinals of the tokens in the chunk, ascending, each less the one before it, packed; then what did not fit.
 */
import { GleanError } from '../errors.ts'
import { FIELDS, TEXT } from '../text/field.ts'
import type { ByteWriter } from './bytes.ts'
import { packedBytes, readPacked, skipPacked } from './packed.ts'

export const POSTINGS_PER_BLOCK = 256

const LENGTH_BITS = 63
const TWICE = 1 << 6
const OFTEN = 2 << 6
const FIELDED = 3 << 6

/** Writes the code byte of a posting, and to `extras` what does not fit into it. */
export function writeFrequencies(
  codes: ByteWriter,
  extras: ByteWriter,
  length: number,
  text: number,
  heading: number,
  title: number,
): void {
  if (heading > 0 || title > 0) {
    codes.byte(length | FIELDED)
    extras.varint(text)
    extras.varint(heading)
    extras.varint(title)
  } else if (text > 2) {
    codes.byte(length | OFTEN)
    extras.varint(text - 3)
  } else {
    codes.byte(text === 2 ? length | TWICE : length)
  }
}

/** The postings of the block in hand whose frequencies do not fit into their codes. */
const specials = new Int32Array(POSTINGS_PER_BLOCK)

/** The postings of one block, decoded into arrays that are used again for the next. */
export class PostingBlock {
  /** Postings in the block. */
  size = 0
  /** Chunk of each posting, ascending. */
  readonly chunks = new Int32Array(POSTINGS_PER_BLOCK)
  /** Length code of each posting's chunk, once they have been decoded. */
  readonly lengths = new Uint8Array(POSTINGS_PER_BLOCK)
  /** Frequency of each posting by field, likewise. */
  readonly frequencies = FIELDS.map(() => new Int32Array(POSTINGS_PER_BLOCK))
  /** Whether any posting stands in another field than the text, likewise; where none does, those frequencies are 0. */
  isFielded = true

  /** Where the codes of the block in hand begin, and what did not fit into its packed numbers ends. */
  #bytes: Uint8Array = new Uint8Array(0)
  #codesAt = 0
  #extrasAt = 0
  /** Where the block ends; -1 while its frequencies have not been decoded. */
  #end = 0

  /**
   * Decodes the chunks of `count` postings from `bytes` at `start`; `before` is the last chunk of the block before (-1
   * at first). Lengths and frequencies wait until {@link decodeFrequencies}: counting does not need them. Throws
   * `damaged` where the bytes end sooner.
   */
  decode(bytes: Uint8Array, start: number, count: number, before: number): void {
    const { chunks } = this
    this.#bytes = bytes
    this.#codesAt = start + packedBytes(bytes, start, count)
    this.#extrasAt = readPacked(bytes, start, this.#codesAt + count, chunks, count)
    this.#end = -1
    if (this.#extrasAt > bytes.length) throw endsTooSoon()
    let chunk = before
    for (let number = 0; number < count; number++) {
      chunk += chunks[number]! + 1
      chunks[number] = chunk
    }
    this.size = count
  }

  /** Decodes lengths and frequencies, if that has not been done. Returns where the block ends. */
  decodeFrequencies(): number {
    if (this.#end < 0)
      this.#end = this.#decodeFrequencies(this.#bytes, this.#codesAt, this.size, this.#extrasAt)
    return this.#end
  }

  #decodeFrequencies(bytes: Uint8Array, codesAt: number, count: number, extras: number): number {
    const [, headings, titles] = this.frequencies as [Int32Array, Int32Array, Int32Array]
    if (this.isFielded) {
      headings.fill(0)
      titles.fill(0)
    }
    const special = this.#readCodes(bytes, codesAt, count)
    const end = this.#readSpecials(bytes, codesAt, special, extras)
    if (end > bytes.length) throw endsTooSoon()
    return end
  }

  /**
   * Reads lengths, and the frequencies that fit into codes; notes the others in `specials`, and returns how many there are:
   * each is noted before it is known, and counted by arithmetic, for a processor guesses wrong too often.
   */
  #readCodes(bytes: Uint8Array, codesAt: number, count: number): number {
    const { lengths } = this
    const texts = this.frequencies[TEXT]!
    let special = 0
    for (let number = 0; number < count; number++) {
      const code = bytes[codesAt + number]!
      lengths[number] = code & LENGTH_BITS
      texts[number] = (code >> 6) + 1
      specials[special] = number
      special += code >> 7
    }
    return special
  }

  /** Reads the frequencies of `specials`; returns where they end. */
  #readSpecials(bytes: Uint8Array, codesAt: number, special: number, extras: number): number {
    const [texts, headings, titles] = this.frequencies as [Int32Array, Int32Array, Int32Array]
    let isFielded = false
    let extra = extras
    const varint = (): number => {
      let value = 0
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[extra++]!
        value |= (byte & 127) << shift
        if (!(byte > 127)) return value
      }
    }
    for (let at = 0; at < special; at++) {
      const number = specials[at]!
      if (bytes[codesAt + number]! < FIELDED) texts[number] = varint() + 3
      else {
        isFielded = true
        texts[number] = varint()
        headings[number] = varint()
        titles[number] = varint()
      }
    }
    this.isFielded = isFielded
    return extra
  }
}

/** Token ordinals of the postings of one block, decoded all at once or for one posting after the other. */
export class PositionBlock {
  /** All ordinals, posting by posting, field by field. */
  positions = new Int32Array(1024)
  /** Where those of each posting begin in `positions`; one entry more than there are postings. */
  readonly starts = new Int32Array(POSTINGS_PER_BLOCK + 1)

  #bytes: Uint8Array = new Uint8Array(0)
  #start = 0
  #overflow = 0
  #frequencies: readonly Int32Array[] = []
  #isFielded = true
  /** The posting decoded last, -1 before the first; the number after its last, and where the varints before that end. */
  #decoded = -1
  #next = 0
  #rest = 0

  /** Decodes the ordinals that belong to `postings` from `bytes` at `start`. Throws `damaged` where they end sooner. */
  decode(bytes: Uint8Array, start: number, postings: PostingBlock): void {
    this.open(bytes, start, postings)
    this.#check(readPacked(bytes, start, this.#overflow, this.positions, this.starts[postings.size]!))
    for (let at = 0; at < postings.size; at++) this.#sum(at)
  }

  /** Takes ordinals as {@link decode} does, and leaves the decoding to {@link decodeOne}. */
  open(bytes: Uint8Array, start: number, { frequencies, size, isFielded }: PostingBlock): void {
    const { starts } = this
    const [texts, headings, titles] = frequencies as [Int32Array, Int32Array, Int32Array]
    let total = 0
    for (let at = 0; at < size; at++) {
      starts[at] = total
      total += isFielded ? texts[at]! + headings[at]! + titles[at]! : texts[at]!
    }
    starts[size] = total
    this.#bytes = bytes
    this.#start = start
    this.#overflow = start + packedBytes(bytes, start, total)
    this.#frequencies = frequencies
    this.#isFielded = isFielded
    this.#goBack()
    if (total > this.positions.length) this.#grow(total, bytes.length - start)
  }

  /** Decodes the ordinals of a posting, and passes over those between it and the last: quickest in ascending order. */
  decodeOne(at: number): void {
    if (at === this.#decoded) return
    if (at < this.#decoded) this.#goBack()
    const first = this.starts[at]!
    const end = this.starts[at + 1]!
    const rest =
      first > this.#next ? skipPacked(this.#bytes, this.#start, this.#rest, first, this.#next) : this.#rest
    this.#rest = readPacked(this.#bytes, this.#start, rest, this.positions, end, first)
    this.#check(this.#rest)
    this.#sum(at)
    this.#next = end
    this.#decoded = at
  }

  #goBack(): void {
    this.#decoded = -1
    this.#next = 0
    this.#rest = this.#overflow
  }

  /** Makes ordinals of a posting's differences, which begin anew with each field. */
  #sum(at: number): void {
    if (!this.#isFielded) {
      this.#sumBetween(this.starts[at]!, this.starts[at + 1]!)
      return
    }
    let place = this.starts[at]!
    for (let field = 0; field < this.#frequencies.length; field++)
      place = this.#sumBetween(place, place + this.#frequencies[field]![at]!)
  }

  #sumBetween(first: number, end: number): number {
    const { positions } = this
    let position = 0
    for (let place = first; place < end; place++) {
      position += positions[place]!
      positions[place] = position
    }
    return end
  }

  #check(end: number): void {
    if (end > this.#bytes.length) throw new GleanError('damaged', 'a block of positions ends too soon')
  }

  /** Eight ordinals take a byte at least, so `available` bounds what a sound block can hold. */
  #grow(needed: number, available: number): void {
    if (needed > available * 8) {
      throw new GleanError('damaged', 'a block of postings claims more positions than there are')
    }
    this.positions = new Int32Array(Math.max(needed, this.positions.length * 2))
  }
}

function endsTooSoon(): GleanError {
  return new GleanError(
    'damaged',
    'a block of postings ends too soon; rebuild the index: glean index --rebuild, with its --index',
  )
}
