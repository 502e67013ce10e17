/**
 * An index of some chunks, in memory: a segment like any other, of these alone. In come chunks as the cluster gave them,
 * in order of path and line; out comes what searching knows how to rank and to cut excerpts from. What it does not hold
 * is what only hits need, their documents' titles and metadata.
 */
import { deflateRawSync } from 'node:zlib'
import { Inverter } from '../build/invert.ts'
import { PostingReader } from '../build/posting-run.ts'
import { ByteWriter } from '../segment/bytes.ts'
import { DictionaryWriter } from '../segment/dictionary-writer.ts'
import { DocumentOrder } from '../segment/document-order.ts'
import { DocumentRowWriter } from '../segment/document-row.ts'
import { FORMAT_VERSION } from '../segment/format.ts'
import { memoryFolder } from '../segment/memory-source.ts'
import { MemoryWriter } from '../segment/memory-writer.ts'
import { PagedIndexWriter } from '../segment/paged-index.ts'
import { PostingEncoder } from '../segment/posting-encoder.ts'
import { PostingWriter } from '../segment/posting-writer.ts'
import { Segment } from '../segment/segment.ts'
import { TextWriter, type WrittenChunk } from '../segment/text-writer.ts'
import { documentOf, type HeldChunk, wholeOf } from './row.ts'

/** What is made of some chunks. */
export interface CandidateSegment {
  readonly segment: Segment
  readonly order: DocumentOrder
  /** Its documents in order: the numbers the cluster knows them by, and how many chunks of each there are. */
  readonly documents: readonly { readonly number: bigint; readonly chunks: number }[]
}

const NAME = 'candidates'

/** `chunks` are in order of path, those of a document in theirs. */
export async function candidateSegment(chunks: readonly HeldChunk[]): Promise<CandidateSegment> {
  const out = new MemoryWriter(NAME)
  const inverter = new Inverter()
  const rows = new DocumentRowWriter()
  const pages = new PagedIndexWriter<number>()
  const text = new TextWriter(({ firstChunk, textStart }, block) =>
    pages.add(firstChunk, textStart, out.unit(storedBlock(block))),
  )
  const documents: { number: bigint; chunks: number }[] = []
  let tokens = 0
  let firstChunk = 0
  for (const own of byDocument(chunks)) {
    for (const chunk of own) tokens += addWords(inverter, chunk)
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
  const dictionary = writePostings(inverter, out)
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

/** Writes the postings of all terms, and gives the dictionary that tells where. */
function writePostings(inverter: Inverter, out: MemoryWriter): DictionaryWriter {
  const dictionary = new DictionaryWriter()
  const postings = new PostingWriter(out)
  const encoder = new PostingEncoder()
  const reader = new PostingReader()
  const { terms, starts, rows, lengths } = inverter.takeRun()
  for (const [place, term] of terms.entries()) {
    reader.begin(rows, starts[place]!, starts[place + 1]!, 0)
    while (reader.advance()) {
      const { chunk, text, heading, title, positions } = reader
      encoder.add(chunk, lengths[chunk]!, text, heading, title, rows, positions)
    }
    dictionary.add(inverter.terms[term]!, postings.write(encoder.finish()))
  }
  return dictionary
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

/** The words of a chunk, as they were counted when its document was indexed; gives how many. */
function addWords(inverter: Inverter, chunk: HeldChunk): number {
  return inverter.add(documentOf(chunk), wholeOf(chunk), chunk.title !== undefined)
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
