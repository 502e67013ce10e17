/**
 * A test collection: documents, queries, and which documents people judged relevant to which query. Reads the folders
 * that hold `corpus.jsonl`, `queries.jsonl` and `qrels.tsv`, and the same as single files, as TREC and BEIR give them
 * out.
 */
import { accessSync, constants, createReadStream, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { GleanError, messageOf } from '../errors.ts'

/** A document as a collection gives it. */
export interface CorpusDocument {
  readonly id: string
  /** '' where it has none. */
  readonly title: string
  readonly text: string
}

export interface Query {
  readonly id: string
  readonly text: string
}

/** Relevance by document, for one query: 0 is not relevant, more is better. */
export type Judgements = ReadonlyMap<string, number>

/** By query id. */
export type Qrels = ReadonlyMap<string, Judgements>

/** The documents of a `corpus.jsonl`: `{"id", "title", "text"}` a line (or `_id`), the title or the text may be left out. */
export async function* readCorpus(file: string): AsyncGenerator<CorpusDocument> {
  mustBeReadable(file)
  const mustBeNew = idChecker(file)
  let number = 0
  for await (const read of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
    const line = ++number === 1 ? withoutMark(read) : read
    if (line.trim() === '') continue
    const row = objectOf(line, file, number)
    const id = idOf(row, file, number)
    mustBeNew(id, number)
    const { title, text } = row
    if (typeof title !== 'string' && typeof text !== 'string') {
      throw wrongLine(file, number, 'a JSON object with a "text"', line)
    }
    yield { id, title: textOf(title), text: textOf(text) }
  }
}

/** The queries of a `queries.jsonl`, `{"id", "text"}` a line (or `_id`); or lines of an id, a tab and the query. */
export function readQueries(file: string): Query[] {
  const mustBeNew = idChecker(file)
  return linesOf(file).map(({ line, number }) => {
    const query = queryIn(line, file, number)
    mustBeNew(query.id, number)
    return query
  })
}

function queryIn(line: string, file: string, number: number): Query {
  if (!line.trimStart().startsWith('{')) {
    const tab = line.indexOf('\t')
    if (tab > 0) return { id: line.slice(0, tab), text: line.slice(tab + 1) }
    throw wrongLine(file, number, '{"id": .., "text": ..}, or an id, a tab and the query', line)
  }
  const row = objectOf(line, file, number)
  if (typeof row.text !== 'string') throw wrongLine(file, number, 'a JSON object with a "text"', line)
  return { id: idOf(row, file, number), text: row.text }
}

/**
 * Judgements: lines of query, document and relevance, or TREC's of query, iteration, document and relevance, separated
 * by tabs or by any white space. A first line without a number is a heading. Where a pair is judged twice, the higher
 * holds.
 */
export function readQrels(file: string): Qrels {
  const qrels = new Map<string, Map<string, number>>()
  for (const [at, { line, number }] of linesOf(file).entries()) {
    const columns = columnsOf(line)
    const [query, document, relevance] = columns.length === 4 ? [columns[0], columns[2], columns[3]] : columns
    const value = relevance === undefined || relevance.trim() === '' ? Number.NaN : Number(relevance)
    if (columns.length < 3 || columns.length > 4 || !Number.isFinite(value)) {
      if (at === 0 && columns.length >= 3) continue
      throw wrongLine(file, number, 'query, document and relevance, or the four columns of TREC', line)
    }
    const judged = qrels.get(query!) ?? new Map<string, number>()
    judged.set(document!, Math.max(judged.get(document!) ?? value, value))
    qrels.set(query!, judged)
  }
  return qrels
}

/** The columns of a line. Tabs alone separate them where they can: an id may hold a space. */
function columnsOf(line: string): string[] {
  const byTab = line.split('\t').map(column => column.trim())
  return byTab.length >= 3 ? byTab : line.trim().split(/\s+/)
}

/** The queries that have a relevant document: of the others no measure can say anything. */
export function judgedQueries(queries: readonly Query[], qrels: Qrels): Query[] {
  return queries.filter(({ id }) => [...(qrels.get(id)?.values() ?? [])].some(relevance => relevance > 0))
}

/** Throws `not-found` where a file is not there or cannot be read. */
function mustBeReadable(file: string): void {
  try {
    accessSync(file, constants.R_OK)
  } catch (thrown) {
    throw unreadable(file, thrown)
  }
}

function linesOf(file: string): { line: string; number: number }[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (thrown) {
    throw unreadable(file, thrown)
  }
  return withoutMark(text)
    .split(/\r?\n/)
    .map((line, at) => ({ line, number: at + 1 }))
    .filter(({ line }) => line.trim() !== '')
}

/** A text without the byte order mark that some editors begin it with. */
function withoutMark(text: string): string {
  return text.replace(/^\ufeff/, '')
}

/** Throws where an id comes a second time: nobody could say which of the two is meant. */
function idChecker(file: string): (id: string, number: number) => void {
  const lines = new Map<string, number>()
  return (id, number) => {
    const before = lines.get(id)
    if (before !== undefined) {
      throw new GleanError(
        'usage',
        `${file}:${number} has the id of line ${before}: ${id}; each id may be there once`,
      )
    }
    lines.set(id, number)
  }
}

function unreadable(file: string, thrown: unknown): GleanError {
  return new GleanError(
    'not-found',
    `cannot read ${file}: ${messageOf(thrown)}; a collection is a folder with corpus.jsonl, queries.jsonl and qrels.tsv`,
  )
}

function wrongLine(file: string, number: number, expected: string, line: string): GleanError {
  const shown = line.length > 80 ? `${line.slice(0, 80)}…` : line
  return new GleanError('usage', `${file}:${number} should be ${expected}; it is: ${shown}`)
}

function objectOf(line: string, file: string, number: number): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>
    }
  } catch {
    // Said below, with the place.
  }
  throw wrongLine(file, number, 'a JSON object', line)
}

function idOf(row: Record<string, unknown>, file: string, number: number): string {
  const id = row.id ?? row._id
  if (typeof id === 'string') return id
  // Of a longer number JSON.parse keeps the first digits alone.
  if (typeof id === 'number' && Math.abs(id) <= Number.MAX_SAFE_INTEGER) return String(id)
  const expected = typeof id === 'number' ? 'an "id" of more than 15 digits in quotes' : 'an "id"'
  throw wrongLine(file, number, `a JSON object with ${expected}`, JSON.stringify(row))
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
