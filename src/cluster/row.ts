/**
 * What the engine keeps of a document: a row for itself and one for each of its chunks, all of one virtual shard, written
 * in one transaction. The rows of the chunks have their text and what lies before it, so that together they are the
 * document again.
 */
import { Buffer } from 'node:buffer'
import type { Document, Metadata, Span } from '../document/document.ts'
import { LENGTHS, lengthCode } from '../segment/length-code.ts'
import { writeMarks } from '../segment/mark-string.ts'
import { countTokens } from '../text/analyzer.ts'
import { type Chunk, cutChunks } from '../text/chunk.ts'
import { clueOf, LanguageCounter } from '../text/language.ts'
import { countLines } from '../text/lines.ts'
import { type ChunkWords, chunkWords, type WordVisitor } from './chunk-words.ts'
import type { Row } from './connection.ts'
import { documentNumber, rowNumber, virtualShardOf } from './placement.ts'
import { integer, literal } from './sql.ts'

/** Keywords that tell rows of one kind from another, and those of a virtual shard. No term is written so. */
export const MARK = {
  chunk: 'Kchunk',
  document: 'Kdocument',
  state: 'Kstate',
  virtualShard: (number: number) => `Kshard${number}`,
} as const

/** Bytes of a value; the engine would keep the rest of a longer one, without a word. */
const LONGEST_VALUE = 4 * 1024 * 1024 - 1

/** What a document's row says of it. */
export interface DocumentAbout {
  /** Bytes of the file, and the first 32 hexadecimal digits of its SHA-256. */
  readonly size: number
  readonly hash: string
  readonly title: string
  readonly language: string
  readonly format: string
  readonly metadata: Metadata
  /** As mark-string.ts writes them, in base64. */
  readonly marks: string
  readonly chunks: number
  readonly tokens: number
  /** UTF-8 bytes and lines of its text. */
  readonly bytes: number
  readonly lines: number
}

/** A document that the cluster has. */
export interface HeldDocument extends DocumentAbout {
  readonly path: string
  readonly number: bigint
}

/** What a chunk's row says of it. */
export interface ChunkAbout {
  readonly startLine: number
  readonly endLine: number
  /** Of its first character, from 1. */
  readonly column: number
  readonly continues: boolean
  readonly trail: readonly string[]
  readonly format: string
  /** Heading lines in it, and the document's title where it stands there; in UTF-16 units of the chunk. */
  readonly headings: readonly Span[]
  readonly titleSpan?: Span | undefined
  /** The title, where it stands nowhere in the body: with the first chunk. */
  readonly title?: string | undefined
  /** What lies between the chunk before and this one. */
  readonly before: string
}

/** A chunk as it was read. */
export interface HeldChunk extends ChunkAbout {
  readonly path: string
  readonly document: bigint
  /** From 1. */
  readonly ordinal: number
  readonly text: string
}

/** A document on its way into the engine. */
export interface WrittenDocument {
  readonly held: HeldDocument
  readonly virtualShard: number
  /** Values for {@link COLUMNS}, of the document and then of its chunks. */
  readonly rows: readonly string[]
  /** Its different terms. */
  readonly terms: ReadonlySet<string>
}

/** In the order of a row's values. */
export const COLUMNS = 'id, mark, text, heading, title, parts, doc, ordinal, len, path, body, about'

/** A document as it was read from the cluster, to be written elsewhere in it: its words are found anew, as they were. */
export function writtenAgain(
  held: HeldDocument,
  chunks: readonly HeldChunk[],
  tail: string,
): WrittenDocument {
  const { path, number, ...about } = held
  const virtualShard = virtualShardOf(number)
  const terms = new Set<string>()
  const rows = chunks.map(chunk => {
    const { text, path: _, document: __, ordinal, ...own } = chunk
    const words = chunkWords(documentOf(chunk), wholeOf(chunk), chunk.title !== undefined, term =>
      terms.add(term),
    )
    return rowOf({ path, number, ordinal, ...chunkValues(virtualShard, words), about: own, body: text })
  })
  return { held, virtualShard, rows: [documentRowOf(held, about, virtualShard, tail), ...rows], terms }
}

/** A chunk as a document of its own, so far as its words need it. */
export function documentOf({ text, format, title = '', titleSpan }: HeldChunk): Document {
  return {
    text,
    format,
    title,
    ...(titleSpan ? { titleSpan } : {}),
    metadata: {},
    bodyStart: 0,
    headings: [],
    fences: [],
    marks: [],
  }
}

/** The chunk of that document. */
export function wholeOf(chunk: HeldChunk): Chunk {
  return { ...chunk, start: 0, end: chunk.text.length }
}

function chunkValues(virtualShard: number, words: ChunkWords) {
  return {
    mark: `${MARK.chunk} ${MARK.virtualShard(virtualShard)}`,
    ...words,
    // As coarse as the postings of an index have it.
    len: LENGTHS[lengthCode(words.tokens)]!,
  }
}

function documentRowOf(
  { path, number }: HeldDocument,
  about: DocumentAbout,
  virtualShard: number,
  tail: string,
): string {
  const mark = `${MARK.document} ${MARK.virtualShard(virtualShard)}`
  const empty = { text: '', heading: '', title: '', parts: '', len: 0 }
  return rowOf({ path, number, ordinal: 0, mark, ...empty, about, body: tail })
}

/** Takes a document apart; undefined where a value of it is longer than the engine can keep. */
export function writtenDocument(
  path: string,
  { size, hash }: { readonly size: number; readonly hash: string },
  document: Document,
): WrittenDocument | undefined {
  const number = documentNumber(path)
  const virtualShard = virtualShardOf(number)
  const chunks = cutChunks(document, countTokens)
  const terms = new Set<string>()
  const languages = new LanguageCounter()
  const visit: WordVisitor = (term, _field, _place, isToken) => {
    terms.add(term)
    if (isToken) languages.add(clueOf(term))
  }
  const rows: string[] = []
  let tokens = 0
  let at = 0
  for (const [place, chunk] of chunks.entries()) {
    const words = chunkWords(document, chunk, place === 0, visit)
    tokens += words.tokens
    const about = chunkAbout(document, chunk, at, place === 0)
    at = chunk.end
    const body = document.text.slice(chunk.start, chunk.end)
    rows.push(rowOf({ path, number, ordinal: place + 1, ...chunkValues(virtualShard, words), about, body }))
  }
  const held: HeldDocument = {
    path,
    number,
    size,
    hash,
    title: document.title,
    language: languages.take(),
    format: document.format,
    metadata: document.metadata,
    marks: Buffer.from(writeMarks(document.marks)).toString('base64'),
    chunks: chunks.length,
    tokens,
    bytes: Buffer.byteLength(document.text),
    lines: countLines(document.text),
  }
  const { path: _, number: __, ...about } = held
  rows.unshift(documentRowOf(held, about, virtualShard, document.text.slice(at)))
  return rows.some(row => row === TOO_LONG) ? undefined : { held, virtualShard, rows, terms }
}

function chunkAbout(document: Document, chunk: Chunk, from: number, isFirst: boolean): ChunkAbout {
  const { text, title, titleSpan, format } = document
  const { start, end, startLine, endLine, continues, trail } = chunk
  const moved = (span: Span): Span => ({ start: span.start - start, end: span.end - start })
  return {
    startLine,
    endLine,
    column: start - lineStart(text, start) + 1,
    continues,
    trail,
    format,
    headings: chunk.headings.map(moved),
    // Where it is elsewhere it is kept all the same: that it stands in the body is what counts for the first chunk.
    ...(titleSpan && (isFirst || (titleSpan.start < end && titleSpan.end > start))
      ? { titleSpan: moved(titleSpan) }
      : {}),
    ...(isFirst && !titleSpan && title !== '' ? { title } : {}),
    before: text.slice(from, start),
  }
}

/** As text-writer.ts counts lines: a line feed ends one, and a carriage return that none follows. */
function lineStart(text: string, at: number): number {
  for (let start = at; start > 0; start--) {
    const unit = text.charCodeAt(start - 1)
    if (unit === 10 || (unit === 13 && text.charCodeAt(start) !== 10)) return start
  }
  return 0
}

interface RowValues {
  readonly path: string
  readonly number: bigint
  readonly ordinal: number
  readonly mark: string
  readonly text: string
  readonly heading: string
  readonly title: string
  readonly parts: string
  readonly len: number
  readonly about: object
  readonly body: string
}

/** Stands for a row with a value that is too long. */
const TOO_LONG = ''

function rowOf(row: RowValues): string {
  // NUL and halves of pairs are kept by the escapes of JSON.
  const isPlain = !/\0|\p{Surrogate}/u.test(row.body)
  const about = JSON.stringify(isPlain ? row.about : { ...row.about, text: row.body })
  const body = isPlain ? row.body : ''
  if (Math.max(Buffer.byteLength(about), Buffer.byteLength(body)) > LONGEST_VALUE) return TOO_LONG
  const values = [
    integer(rowNumber(row.path, row.ordinal)),
    ...[row.mark, row.text, row.heading, row.title, row.parts].map(literal),
    ...[row.number, row.ordinal, row.len].map(integer),
    ...[JSON.stringify(row.path).slice(1, -1), body, about].map(literal),
  ]
  return `(${values.join(',')})`
}

/** What {@link readDocument} and {@link readChunk} read. */
export const READ_COLUMNS = 'doc, ordinal, path, body, about'

/** A document's row. */
export function readDocument({ doc, path, about }: Row): HeldDocument {
  return { ...(JSON.parse(about!) as DocumentAbout), path: readPath(path!), number: BigInt(doc!) }
}

/** A chunk's row. */
export function readChunk(row: Row): HeldChunk {
  const { text = row.body!, ...about } = JSON.parse(row.about!) as ChunkAbout & { text?: string }
  return {
    ...about,
    text,
    path: readPath(row.path!),
    document: BigInt(row.doc!),
    ordinal: Number(row.ordinal),
  }
}

/** The text of a document's row: what lies after its last chunk. */
export function readTail(row: Row): string {
  return (JSON.parse(row.about!) as { text?: string }).text ?? row.body!
}

/** Paths are kept with the escapes of JSON: a name may hold what a literal cannot. */
function readPath(path: string): string {
  return JSON.parse(`"${path}"`) as string
}
