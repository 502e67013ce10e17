/**
 * Writes to one copy of a shard, by its own port: whoever writes through the server that is asked is not told when a
 * shard is away. A document's rows are replaced in one transaction, so that whoever reads sees the old or the new, whole;
 * its terms are there before it is. What is sent twice does no harm, so that what may have been lost is sent again.
 */
import { Buffer } from 'node:buffer'
import { GleanError } from '../errors.ts'
import { STEMMERS, type Stemmer, stemmerFor } from '../text/stem.ts'
import { type ClusterAddress, type Endpoint, shownEndpoint, tablesOf } from './address.ts'
import { Connection, type Row } from './connection.ts'
import { rowNumber } from './placement.ts'
import { COLUMNS, type HeldDocument, MARK, READ_COLUMNS, readDocument, type WrittenDocument } from './row.ts'
import { integer, literal } from './sql.ts'
import { type CopyState, readState, selectStates, writeState } from './state.ts'
import { insertTerms, type LanguageTerm, termNumber } from './terms.ts'

/** Bytes of rows that are sent at once. */
const STATEMENT_BYTES = 2_000_000

/** Rows of terms sent, numbers named, and rows read at once. */
const TERMS = 2000
const NUMBERS = 1000
const PAGE = 5000

export class CopyWriter {
  readonly shard: number
  readonly copy: number
  readonly endpoint: Endpoint
  /** The documents it holds, by path. */
  readonly held = new Map<string, HeldDocument>()
  /** What it said of itself; undefined where it holds nothing yet. */
  state: CopyState | undefined
  /** Why it is not written to any more. */
  failure: GleanError | undefined
  readonly #connection: Connection
  readonly #tables: ReturnType<typeof tablesOf>
  /** Terms that have a row, or are about to, by language. */
  readonly #terms = new Map<string, Set<string>>()
  #isEmpty = false
  #rows: string[] = []
  #bytes = 0
  #newTerms: LanguageTerm[] = []
  #sending: Promise<void> = Promise.resolve()

  constructor(address: ClusterAddress, shard: number, copy: number) {
    this.shard = shard
    this.copy = copy
    this.endpoint = address.shards[shard]![copy]!
    this.#tables = tablesOf(address)
    this.#connection = new Connection(this.endpoint, address.timeout)
  }

  get shown(): string {
    return shownEndpoint(this.endpoint)
  }

  /** Reads what it holds. It fails quietly: then it is away. */
  async open(): Promise<void> {
    await this.#attempt(async () => {
      const [rows = []] = await this.#connection.query([selectStates(this.#tables.chunks)])
      this.state = rows.map(readState)[0]
      for await (const document of this.#documents()) this.held.set(document.path, document)
      this.#isEmpty = this.held.size === 0
    })
  }

  /** Puts a document in the place of the one of its path, if there is one. */
  async write(document: WrittenDocument): Promise<void> {
    if (this.failure) return
    const { held, rows } = document
    const old = this.held.get(held.path)
    await this.#addTerms(document)
    if (old) {
      await this.flush()
      await this.#attempt(() => this.#replace(rows, numbersOf(held, held.chunks + 1, old.chunks)))
    } else {
      for (const row of rows) this.#bytes += Buffer.byteLength(row)
      this.#rows.push(...rows)
      if (this.#bytes >= STATEMENT_BYTES) await this.#send()
    }
    if (!this.failure) this.held.set(held.path, held)
  }

  /** Takes a document away. */
  async remove(path: string): Promise<void> {
    const old = this.held.get(path)
    if (!old || this.failure) return
    await this.flush()
    await this.#attempt(() => this.#replace([], numbersOf(old, 0, old.chunks)))
    if (!this.failure) this.held.delete(path)
  }

  /** Waits until all that was written is there. */
  async flush(): Promise<void> {
    await this.#send()
    await this.#sending
  }

  /** Says of itself how far it has come. */
  async conclude(state: CopyState): Promise<void> {
    await this.flush()
    await this.#attempt(() => this.#connection.change(writeState(this.#tables.chunks, state)))
    if (!this.failure) this.state = state
  }

  /** Makes what it keeps on disk one piece. */
  async compact(): Promise<void> {
    await this.#attempt(async () => {
      for (const table of [this.#tables.chunks, this.#tables.terms])
        await this.#connection.change(`OPTIMIZE INDEX ${table}`)
    })
  }

  close(): void {
    this.#connection.close()
  }

  async *#documents(): AsyncGenerator<HeldDocument> {
    for (let last = 0n; ; ) {
      const [rows = []] = await this.#connection.query([
        `SELECT ${READ_COLUMNS} FROM ${this.#tables.chunks} WHERE MATCH(${literal(`@mark ${MARK.document}`)}) AND doc > ${integer(last)} ORDER BY doc ASC LIMIT ${PAGE} OPTION ranker=none, max_matches=${PAGE}`,
      ])
      const documents = rows.map((row: Row) => readDocument(row))
      yield* documents
      if (rows.length < PAGE) return
      last = documents.at(-1)!.number
    }
  }

  /** Notes the terms of a document that the copy does not have yet. */
  async #addTerms({ held, terms }: WrittenDocument): Promise<void> {
    const languages = ['en']
    if (held.language !== 'en' && Object.hasOwn(STEMMERS, held.language)) languages.push(held.language)
    let unknown: LanguageTerm[] = []
    for (const language of languages) {
      const known = this.#terms.get(language) ?? new Set()
      this.#terms.set(language, known)
      for (const term of terms) {
        if (known.has(term)) continue
        // Not the piece of a document that the term was cut from: that would keep all of it.
        const own = Buffer.from(term).toString()
        known.add(own)
        unknown.push({ language, term: own })
      }
    }
    if (!this.#isEmpty)
      await this.#attempt(async () => {
        unknown = await this.#missing(unknown)
      })
    for (const each of unknown) this.#newTerms.push(each)
  }

  /** Those terms that have no row yet. */
  async #missing(terms: readonly LanguageTerm[]): Promise<LanguageTerm[]> {
    const missing = new Map(terms.map(term => [termNumber(term), term]))
    const numbers = [...missing.keys()].map(integer)
    for (let from = 0; from < numbers.length; from += NUMBERS) {
      const [rows = []] = await this.#connection.query([
        `SELECT id FROM ${this.#tables.terms} WHERE id IN (${numbers.slice(from, from + NUMBERS).join(',')}) LIMIT ${NUMBERS}`,
      ])
      for (const { id } of rows) missing.delete(BigInt(id!))
    }
    return [...missing.values()]
  }

  /** Sends what has gathered, while the next documents are read; what was sent before must be there first. */
  async #send(): Promise<void> {
    await this.#sending
    const rows = this.#rows
    const terms = this.#newTerms
    this.#rows = []
    this.#newTerms = []
    this.#bytes = 0
    if (rows.length + terms.length === 0) return
    this.#sending = this.#attempt(async () => {
      await this.#insertTerms(terms)
      await this.#replace(rows, [])
    })
  }

  async #insertTerms(terms: readonly LanguageTerm[]): Promise<void> {
    const byLanguage = groupByLanguage(terms)
    for (const [language, own] of byLanguage) {
      const stem: Stemmer = await stemmerFor(language)
      for (let from = 0; from < own.length; from += TERMS)
        await this.#connection.change(insertTerms(this.#tables.terms, own.slice(from, from + TERMS), stem))
    }
  }

  /** Replaces rows and deletes others, in one transaction. */
  async #replace(rows: readonly string[], gone: readonly bigint[]): Promise<void> {
    const { chunks } = this.#tables
    const statements: string[] = []
    for (let from = 0; from < gone.length; from += NUMBERS)
      statements.push(`DELETE FROM ${chunks} WHERE id IN (${gone.slice(from, from + NUMBERS).join(',')})`)
    for (const some of inParts(rows))
      statements.push(`REPLACE INTO ${chunks} (${COLUMNS}) VALUES ${some.join(',')}`)
    // One statement is a transaction by itself.
    if (statements.length > 1) {
      statements.unshift('BEGIN')
      statements.push('COMMIT')
    }
    for (const statement of statements) await this.#connection.change(statement)
  }

  /** Does something, and once more where the copy did not answer; after that it is away. */
  async #attempt(step: () => Promise<void>): Promise<void> {
    if (this.failure) return
    for (let attempt = 0; ; attempt++) {
      try {
        return await step()
      } catch (thrown) {
        if (!(thrown instanceof GleanError)) throw thrown
        if (thrown.code !== 'unreachable') throw thrown
        if (attempt > 0) {
          this.failure = thrown
          return
        }
      }
    }
  }
}

function groupByLanguage(terms: readonly LanguageTerm[]): Map<string, LanguageTerm[]> {
  const groups = new Map<string, LanguageTerm[]>()
  for (const each of terms) {
    const group = groups.get(each.language)
    if (group) group.push(each)
    else groups.set(each.language, [each])
  }
  return groups
}

/** The numbers of a document's rows from one ordinal to another. */
function numbersOf({ path }: HeldDocument, first: number, last: number): bigint[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, place) => rowNumber(path, first + place))
}

/** Rows in parts of a statement each. */
function* inParts(rows: readonly string[]): Generator<readonly string[]> {
  let from = 0
  let bytes = 0
  for (const [place, row] of rows.entries()) {
    const length = Buffer.byteLength(row)
    if (bytes > 0 && bytes + length > 2 * STATEMENT_BYTES) {
      yield rows.slice(from, place)
      from = place
      bytes = 0
    }
    bytes += length
  }
  if (from < rows.length) yield rows.slice(from)
}
