/**
 * The documents a cluster has, from their own rows: one by its path, some by their numbers, or all, in order of path.
 * Whoever wants all of them reads them once; whoever wants a few asks for these.
 */
import { Buffer } from 'node:buffer'
import { GleanError } from '../errors.ts'
import type { DocumentList, ListedDocument } from '../segment/document-list.ts'
import type { DocumentRow } from '../segment/document-row.ts'
import { tablesOf } from './address.ts'
import { documentNumber } from './placement.ts'
import type { ClusterReader } from './reader.ts'
import {
  type HeldChunk,
  type HeldDocument,
  MARK,
  READ_COLUMNS,
  readChunk,
  readDocument,
  readTail,
} from './row.ts'
import { integer, literal } from './sql.ts'

/** Rows read at a time. */
const PAGE = 5000

/** Numbers named in one statement. */
const MOST_NAMED = 1000

const IS_DOCUMENT = `MATCH(${literal(`@mark ${MARK.document}`)})`

/** What a document says. */
export interface DocumentContent {
  readonly chunks: readonly HeldChunk[]
  /** What lies after the last of them. */
  readonly tail: string
  /** All of it. */
  readonly text: string
}

export class ClusterDocuments {
  /** Servers that did not answer. */
  readonly silent = new Set<string>()
  readonly #reader: ClusterReader
  readonly #known = new Map<bigint, HeldDocument>()
  #all: Promise<readonly HeldDocument[]> | undefined

  constructor(reader: ClusterReader) {
    this.#reader = reader
  }

  /** All, in order of path. */
  all(): Promise<readonly HeldDocument[]> {
    this.#all ??= this.#readAll()
    return this.#all
  }

  async find(path: string): Promise<HeldDocument | undefined> {
    const number = documentNumber(path)
    await this.know([number])
    const found = this.#known.get(number)
    return found?.path === path ? found : undefined
  }

  /** Reads some documents, so that {@link get} has them. */
  async know(numbers: readonly bigint[]): Promise<void> {
    const unknown = [...new Set(numbers)].filter(number => !this.#known.has(number))
    for (let from = 0; from < unknown.length; from += MOST_NAMED) {
      const some = unknown.slice(from, from + MOST_NAMED).map(integer)
      await this.#read(`doc IN (${some.join(',')}) LIMIT ${MOST_NAMED}`)
    }
  }

  /** A document that has been read. Throws `damaged` for one whose chunks are there, and it is not. */
  get(number: bigint): HeldDocument {
    const found = this.#known.get(number)
    if (found) return found
    throw new GleanError(
      'damaged',
      `${this.#reader.address.location} has chunks of the document ${number}, and not its row; run glean index`,
    )
  }

  /** The text of a document, and its chunks in order. */
  async content({ number, chunks }: HeldDocument): Promise<DocumentContent> {
    const { chunks: table } = tablesOf(this.#reader.address)
    // While a virtual shard is moved, two shards have the document.
    const byOrdinal = new Map<number, HeldChunk>()
    let tail = ''
    for (let from = 0; from <= chunks; from += PAGE) {
      const { rows, silent } = await this.#reader.ask(
        `SELECT ${READ_COLUMNS} FROM ${table} WHERE doc=${integer(number)} AND ordinal BETWEEN ${integer(from)} AND ${integer(from + PAGE - 1)} ORDER BY ordinal ASC LIMIT ${2 * PAGE} OPTION max_matches=${2 * PAGE}`,
      )
      for (const each of silent) this.silent.add(each)
      for (const row of rows) {
        if (row.ordinal === '0') tail = readTail(row)
        else byOrdinal.set(Number(row.ordinal), readChunk(row))
      }
    }
    const held = [...byOrdinal].sort(([a], [b]) => a - b).map(([, chunk]) => chunk)
    const text = held.reduce((whole, { before, text }) => whole + before + text, '') + tail
    return { chunks: held, tail, text }
  }

  /** Them as a list. The whole of it is read where it is walked, or asked for by place. */
  list(): DocumentList {
    const at = async (ordinal: number): Promise<ListedDocument> => {
      const document = (await this.all())[ordinal]
      if (!document) throw new GleanError('damaged', `the list of documents has no entry ${ordinal}`)
      return listed(document, ordinal)
    }
    return {
      prefetch: () => {},
      prefetchAt: () => {},
      table: undefined,
      find: async path => {
        const found = await this.find(path)
        return found && listed(found, 0)
      },
      at,
      from: async function* (this: ClusterDocuments, path = ''): AsyncGenerator<ListedDocument> {
        for (const [ordinal, document] of (await this.all()).entries())
          if (document.path >= path) yield listed(document, ordinal)
      }.bind(this),
      close: () => {},
    }
  }

  async #readAll(): Promise<readonly HeldDocument[]> {
    const documents: HeldDocument[] = []
    for (let last = 0n; ; ) {
      const rows = await this.#read(
        `doc > ${integer(last)} ORDER BY doc ASC LIMIT ${PAGE} OPTION ranker=none, max_matches=${PAGE}`,
      )
      for (const row of rows) if (row.number !== documents.at(-1)?.number) documents.push(row)
      if (rows.length < PAGE) break
      last = rows.at(-1)!.number
    }
    return documents.sort((a, b) => (a.path < b.path ? -1 : 1))
  }

  async #read(where: string): Promise<HeldDocument[]> {
    const { chunks } = tablesOf(this.#reader.address)
    const { rows, silent } = await this.#reader.ask(
      `SELECT ${READ_COLUMNS} FROM ${chunks} WHERE ${IS_DOCUMENT} AND ${where}`,
    )
    for (const each of silent) this.silent.add(each)
    const documents = rows.map(readDocument)
    for (const document of documents) this.#known.set(document.number, document)
    return documents
  }
}

/** As lists of documents have it. */
export function listed({ path, size, hash }: HeldDocument, document: number): ListedDocument {
  return { path, size, hash, segment: 0, document }
}

/** As a segment has it, so far as a hit needs it. */
export function documentRow(document: HeldDocument): DocumentRow {
  const { title, language, format, metadata, marks, chunks, bytes, lines, tokens } = document
  return {
    title,
    language,
    format,
    metadata,
    marks: new Uint8Array(Buffer.from(marks, 'base64')),
    firstChunk: 0,
    chunks,
    place: 0,
    length: 0,
    bytes,
    lines,
    tokens,
  }
}
