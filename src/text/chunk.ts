/**
 * Cuts a document into chunks: the paragraphs that are ranked. In comes a document with its headings and fences, out
 * come ascending, disjoint ranges of its body that leave nothing out but white space. The rules:
 * - A piece ends at a blank line outside fences and before a heading. Headings belong to the piece that follows them,
 *   and so does a title that is a line of its own.
 * - A piece of three tokens or fewer (a ruler, a list mark, a word) joins the next, until the whole has more. Before
 *   the next heading it joins the chunk before it in its section, at the document's end the chunk before it.
 * - What is longer than {@link PIECE_LIMIT} is cut at sentence ends; fenced code is kept whole up to
 *   {@link FENCE_LIMIT}. All but the last part are marked `continues`.
 * - Where a document is records, each is a chunk, however short; a heading belongs to the record that follows it.
 * - A chunk without tokens is never made: such pieces go with a neighbour, however long they are.
 * Takes linear time; lines and trails are found in one pass over the finished chunks.
 */
import type { Document, Heading, Span } from '../document/document.ts'
import { LineCursor } from '../document/line.ts'
import { cutFence, cutText, FENCE_LIMIT, PIECE_LIMIT, resumeAt, trimEnd } from './cut.ts'

/** A paragraph of a document; `start` and `end` in UTF-16 units of the document's text. */
export interface Chunk extends Span {
  /** Lines of the document, from 1, both counted in. */
  readonly startLine: number
  readonly endLine: number
  /** The headings in force at the last line, outermost first; chunks of a section share one array. */
  readonly trail: readonly string[]
  /** Whether the paragraph was cut for length and goes on in the next chunk. */
  readonly continues: boolean
  /** Lines of headings inside the chunk, ascending. */
  readonly headings: readonly Span[]
}

/** Counts the tokens of `text` from `start` to `end`, no further than `limit`. */
export type TokenCounter = (text: string, start: number, end: number, limit: number) => number

/** A piece of so many tokens joins another. */
const SMALL = 3
/** A piece left over may lengthen the chunk before it by so much over its limit, twice at most, in UTF-16 units. */
const SLACK = 200
/** Small pieces of this length together are not put before a piece that would have to be cut for them. */
const LEAD_LIMIT = 500

/** The chunks of a document, in order; none where the body has no token. */
export function cutChunks(document: Document, countTokens: TokenCounter): Chunk[] {
  const cutter = new ChunkCutter(document, countTokens)
  const visit = document.records ? forEachRecord : forEachPiece
  visit(document, (start, end, isLead) => {
    if (isLead) cutter.addHeading(start, end)
    else if (document.records) cutter.addRecord(start, end)
    else cutter.addPiece(start, end)
  })
  return locate(document, cutter.finish())
}

/** Headings, and the title where it is a line of its own: what belongs to the piece that follows it. */
function leadsOf({ headings, titleSpan }: Document): readonly Span[] {
  if (!titleSpan || headings.some(({ start, end }) => start <= titleSpan.start && titleSpan.start < end))
    return headings
  return [...headings, titleSpan].sort((a, b) => a.start - b.start)
}

/** Visits the stretches between blank lines, and each heading or title by itself. */
function forEachPiece(
  document: Document,
  visit: (start: number, end: number, isLead: boolean) => void,
): void {
  const { text, bodyStart, fences } = document
  const leads = leadsOf(document)
  const line = new LineCursor(text, bodyStart)
  let lead = 0
  let fence = 0
  let start = -1
  let end = -1
  const close = () => {
    if (start >= 0) visit(start, trimEnd(text, start, end), false)
    start = -1
  }
  while (line.advance()) {
    if (line.blank) {
      close()
      continue
    }
    const title = leads[lead]
    if (title && title.start < line.next) {
      close()
      const from = line.start
      while (line.next < title.end && line.advance());
      visit(from, trimEnd(text, from, line.end), true)
      lead++
      continue
    }
    if (start < 0) start = line.start
    const code = fences[fence]
    if (code && code.start < line.next) {
      while (line.next < code.end && line.advance());
      fence++
    }
    end = line.end
  }
  close()
}

/** Visits headings and records in order. */
function forEachRecord(
  { text, headings, records = [] }: Document,
  visit: (start: number, end: number, isLead: boolean) => void,
): void {
  let lead = 0
  for (const { start, end } of records) {
    for (; lead < headings.length && headings[lead]!.start <= start; lead++)
      visit(headings[lead]!.start, headings[lead]!.end, true)
    visit(start, trimEnd(text, start, end), false)
  }
  for (; lead < headings.length; lead++) visit(headings[lead]!.start, headings[lead]!.end, true)
}

interface Draft {
  start: number
  end: number
  continues: boolean
}

/** Takes pieces in order and makes chunks of them. What is too small to stand alone stays open until it is joined. */
class ChunkCutter {
  readonly #text: string
  readonly #fences: readonly Span[]
  readonly #countTokens: TokenCounter
  readonly #drafts: Draft[] = []
  #fence = 0
  /** The open stretch; `#start` -1 for none. Tokens are counted to one more than {@link SMALL}. */
  #start = -1
  #end = -1
  #tokens = 0
  /** Tokens outside headings. */
  #words = 0
  #hasHeading = false

  constructor(document: Document, countTokens: TokenCounter) {
    this.#text = document.text
    this.#fences = document.fences
    this.#countTokens = countTokens
  }

  addHeading(start: number, end: number): void {
    if (this.#start >= 0) this.#endSection(end)
    this.#extend(start, end, this.#count(start, end))
    this.#hasHeading = true
  }

  addPiece(start: number, end: number): void {
    const lead = this.#start < 0 ? 0 : start - this.#start
    if (lead > LEAD_LIMIT && this.#tokens > 0 && end - this.#start > PIECE_LIMIT) this.#emit()
    // A long lead without tokens has been looked at already; cutting goes on behind it.
    const from = this.#start < 0 || lead > LEAD_LIMIT ? start : this.#start
    const tokens = this.#count(start, end)
    this.#extend(start, end, tokens)
    this.#words = Math.min(SMALL + 1, this.#words + tokens)
    if (end - from > PIECE_LIMIT) this.#cut(from)
    else if (this.#words > SMALL) this.#emit()
  }

  /** A chunk of its own, if it has any token; several where it is too long. */
  addRecord(start: number, end: number): void {
    const from = this.#start < 0 ? start : this.#start
    this.#extend(start, end, this.#count(start, end))
    if (end - from > PIECE_LIMIT) this.#cut(from)
    if (this.#start >= 0 && this.#tokens > 0) this.#emit()
  }

  finish(): readonly Draft[] {
    if (this.#start < 0) return this.#drafts
    const isSmall = this.#tokens <= SMALL
    if (!(isSmall && this.#joinLast(this.#tokens === 0)) && this.#tokens > 0) this.#emit()
    return this.#drafts
  }

  /** Places what is open before a heading that ends at `end`, if it has a place there; else it goes with the heading. */
  #endSection(end: number): void {
    if (!this.#hasHeading) {
      if (this.#joinLast(false)) return
    } else if (this.#words > 0 && this.#tokens > SMALL) {
      this.#emit()
      return
    }
    if (this.#tokens > 0 && end - this.#start > PIECE_LIMIT) this.#emit()
  }

  #extend(start: number, end: number, tokens: number): void {
    if (this.#start < 0) this.#start = start
    this.#end = end
    this.#tokens = Math.min(SMALL + 1, this.#tokens + tokens)
  }

  /** Makes a chunk of what is open. */
  #emit(): void {
    this.#drafts.push({ start: this.#start, end: this.#end, continues: false })
    this.#clear()
  }

  #clear(): void {
    this.#start = -1
    this.#tokens = this.#words = 0
    this.#hasHeading = false
  }

  /** Adds what is open to the chunk before it; false where there is none or it would grow too long. */
  #joinLast(atAnyLength: boolean): boolean {
    const last = this.#drafts.at(-1)
    if (!last) return false
    const limit = Math.max(PIECE_LIMIT, last.end - last.start) + SLACK
    if (!atAnyLength && this.#end - last.start > limit) return false
    last.end = this.#end
    last.continues = false
    this.#clear()
    return true
  }

  /** Makes chunks of what is open, looking for cuts from `from` on; the last part stays open if it is small. */
  #cut(from: number): void {
    const text = this.#text
    const end = this.#end
    let at = from
    let tokens = 0
    for (let cut = this.#nextCut(at, end); cut < end; cut = this.#nextCut(at, end)) {
      tokens += this.#count(at, cut)
      const next = resumeAt(text, cut, end)
      if (tokens > SMALL || (tokens > 0 && cut - this.#start >= LEAD_LIMIT)) {
        this.#drafts.push({ start: this.#start, end: trimEnd(text, at, cut), continues: true })
        this.#start = next
        this.#hasHeading = false
        tokens = 0
      }
      at = next
    }
    this.#tokens = this.#words = tokens + this.#count(at, end)
    if (this.#tokens > SMALL) this.#emit()
  }

  /** Where the stretch from `start` to `end` is cut first; `end` where it is short enough. */
  #nextCut(start: number, end: number): number {
    if (end - start <= PIECE_LIMIT) return end
    const text = this.#text
    while ((this.#fences[this.#fence]?.end ?? end) <= start) this.#fence++
    const fence = this.#fences[this.#fence]
    if (!fence || fence.start >= end) return cutText(text, start, end)
    const lead = fence.start - start
    if (lead > PIECE_LIMIT) return cutText(text, start, fence.start)
    const codeLength = fence.end - Math.max(start, fence.start)
    if (codeLength > FENCE_LIMIT) return cutFence(text, start)
    if (lead > LEAD_LIMIT && fence.end - start > FENCE_LIMIT) return trimEnd(text, start, fence.start)
    return Math.min(end, this.#lastFenceEnd(start))
  }

  /** Where the last of the fences ends that make one piece with what is before them; the next one's end at least. */
  #lastFenceEnd(start: number): number {
    let last = this.#fence
    while ((this.#fences[last + 1]?.end ?? Number.POSITIVE_INFINITY) <= start + PIECE_LIMIT) last++
    return trimEnd(this.#text, start, this.#fences[last]!.end)
  }

  #count(start: number, end: number): number {
    return this.#countTokens(this.#text, start, end, SMALL + 1)
  }
}

const NO_HEADINGS: readonly Span[] = []

/** Gives chunks their lines, their headings and their trails. */
function locate({ text, headings }: Document, drafts: readonly Draft[]): Chunk[] {
  const line = new LineCursor(text)
  let number = 0
  const lineOf = (at: number) => {
    while (line.next <= at && line.advance()) number++
    return number
  }
  const trail = new Trail()
  let met = 0
  return drafts.map(({ start, end, continues }) => {
    let inside = NO_HEADINGS
    for (; met < headings.length && headings[met]!.start < end; met++) {
      const heading = headings[met]!
      trail.enter(heading)
      const span = { start: Math.max(start, heading.start), end: Math.min(end, heading.end) }
      inside = inside.length === 0 ? [span] : [...inside, span]
    }
    const startLine = lineOf(start)
    return {
      start,
      end,
      startLine,
      endLine: lineOf(end - 1),
      trail: trail.words,
      continues,
      headings: inside,
    }
  })
}

/** The headings in force. */
class Trail {
  words: readonly string[] = []
  readonly #levels: number[] = []

  enter({ level, text }: Heading): void {
    while (this.#levels.length > 0 && this.#levels.at(-1)! >= level) this.#levels.pop()
    this.words = [...this.words.slice(0, this.#levels.length), text]
    this.#levels.push(level)
  }
}
