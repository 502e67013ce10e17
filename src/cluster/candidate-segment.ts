/**
 * An index of some chunks, in memory: a segment like any other, of these alone. In come chunks as the cluster gave them,
 * in order of path and line; out comes what searching knows how to rank and to cut excerpts from. What it does not hold
 * is what only hits need, their documents' titles and metadata.
 */
import { deflateRawSync } from 'node:zlib'
import { ByteWriter } from '../segment/bytes.ts'
import { DictionaryWriter } from '../segment/dictionary-writer.ts'
import { DocumentOrder } from '../segment/document-order.ts'
import { DocumentRowWriter } from '../segment/document-row.ts'
import { FORMAT_VERSION } from '../segment/format.ts'
import { lengthCode } from '../segment/length-code.ts'
import { memoryFolder } from '../segment/memory-source.ts'
import { MemoryWriter } from '../segment/memory-writer.ts'
import { PagedIndexWriter } from '../segment/paged-index.ts'
import { PostingEncoder } from '../segment/posting-encoder.ts'
import { PostingWriter } from '../segment/posting-writer.ts'
import { Segment } from '../segment/segment.ts'
import { TextWriter, type WrittenChunk } from '../segment/text-writer.ts'
import { type Field, HEADING, TEXT, TITLE } from '../text/field.ts'
import { walkWords } from './chunk-words.ts'
import { documentOf, type HeldChunk, wholeOf } from './row.ts'

/** What is made of some chunks. */
export interface CandidateSegment {
  readonly segment: Segment
  readonly order: DocumentOrder
  /** Its documents in order: the numbers the cluster knows them by, and how many chunks of each there are. */
  readonly documents: readonly { readonly number: bigint; readonly chunks: number }[]
}

const NAME = 'candidates'

/** `chunks` are in order of path, those of a document in theirs; of words only `terms` are noted. */
export async function candidateSegment(
  chunks: readonly HeldChunk[],
  terms: ReadonlySet<string>,
): Promise<CandidateSegment> {
  const out = new MemoryWriter(NAME)
  const postings = new Postings(terms)
  const rows = new DocumentRowWriter()
  const pages = new PagedIndexWriter<number>()
  const text = new TextWriter(({ firstChunk, textStart }, block) =>
    pages.add(firstChunk, textStart, out.unit(storedBlock(block))),
  )
  const documents: { number: bigint; chunks: number }[] = []
  let tokens = 0
  let firstChunk = 0
  for (const own of byDocument(chunks)) {
    for (const chunk of own) tokens += postings.add(chunk)
    const content = contentOf(own)
    const place = text.position
    text.add(documents.length, content.text, content.chunks, 1)
    rows.add({
      title: '',
      language: '',
      format: own[0]!.format,
      metadata: {},
      marks: new Uint8Array(0),
      firstChunk,
      chunks: own.length,
      place,
      length: content.text.length,
      bytes: content.text.length,
      lines: 0,
      tokens: 0,
    })
    documents.push({ number: own[0]!.document, chunks: own.length })
    firstChunk += own.length
  }
  text.finish()
  const dictionary = postings.write(out)
  const roots = { text: pages.finish(out), rows: rows.finish(out), dictionary: dictionary.finish(out) }
  const bytes = out.finish()
  const figures = { documents: documents.length, chunks: chunks.length, tokens, terms: dictionary.size }
  const entry = { name: NAME, bytes: bytes.length, ...figures, sections: {}, ...roots, forms: {} }
  const run = [0, 0, documents.length, 0, chunks.length] as const
  return {
    segment: await Segment.open(memoryFolder({ [NAME]: bytes }, 'cluster'), entry, FORMAT_VERSION, [
      [0, chunks.length],
    ]),
    order: new DocumentOrder(documents.length > 0 ? [run] : [], 1),
    documents,
  }
}

/** Places of a term in a chunk, by field. */
type Places = Record<Field, number[]>

/** The postings of some terms, taken chunk by chunk. */
class Postings {
  readonly #wanted: ReadonlySet<string>
  readonly #lists = new Map<string, { chunk: number; length: number; places: Places }[]>()
  #chunks = 0

  constructor(wanted: ReadonlySet<string>) {
    this.#wanted = wanted
  }

  /** Takes a chunk; gives its tokens. */
  add(chunk: HeldChunk): number {
    const found = new Map<string, Places>()
    const tokens = walkWords(
      documentOf(chunk),
      wholeOf(chunk),
      chunk.title !== undefined,
      (term, field, place) => {
        if (!this.#wanted.has(term)) return
        const places = found.get(term) ?? { [TEXT]: [], [HEADING]: [], [TITLE]: [] }
        found.set(term, places)
        places[field].push(place)
      },
    )
    const length = lengthCode(tokens)
    for (const [term, places] of found) {
      const list = this.#lists.get(term) ?? []
      this.#lists.set(term, list)
      list.push({ chunk: this.#chunks, length, places })
    }
    this.#chunks++
    return tokens
  }

  /** Writes them, and gives the dictionary that tells where. */
  write(out: MemoryWriter): DictionaryWriter {
    const dictionary = new DictionaryWriter()
    const writer = new PostingWriter(out)
    const encoder = new PostingEncoder()
    for (const term of [...this.#lists.keys()].sort()) {
      for (const { chunk, length, places } of this.#lists.get(term)!) {
        const [text, heading, title] = [places[TEXT], places[HEADING], places[TITLE]]
        const all = Int32Array.from([...text, ...heading, ...title])
        encoder.add(chunk, length, text.length, heading.length, title.length, all, 0)
      }
      dictionary.add(term, writer.write(encoder.finish()))
    }
    return dictionary
  }
}

/** A block of text as text-writer.ts has it, but not made smaller: it is read once, if at all. */
function storedBlock(block: Uint8Array): Uint8Array {
  const stored = deflateRawSync(block, { level: 0 })
  const payload = new ByteWriter(stored.length + 8)
  payload.varint(block.length)
  payload.raw(stored)
  return payload.view()
}

function* byDocument(chunks: readonly HeldChunk[]): Generator<readonly HeldChunk[]> {
  for (let from = 0, to = 0; from < chunks.length; from = to) {
    const { document } = chunks[from]!
    while (to < chunks.length && chunks[to]!.document === document) to++
    yield chunks.slice(from, to)
  }
}

/** Chunks as the text of a document, each on a line of its own; in which column it began is not told by that. */
function contentOf(chunks: readonly HeldChunk[]): { text: string; chunks: WrittenChunk[] } {
  let text = ''
  const written = chunks.map((chunk): WrittenChunk => {
    const start = text.length + 1
    text += `\n${chunk.text}`
    return { ...chunk, start, end: text.length }
  })
  return { text, chunks: written }
}
