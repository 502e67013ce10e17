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

/** The documents of a `corpus.jsonl`: `{"id", "title", "text"}` a line (or `_id`). */
export async function* readCorpus(file: string): AsyncGenerator<CorpusDocument> {
  mustBeReadable(file)
  let number = 0
  for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
    number++
    if (line.trim() === '') continue
    const row = objectOf(line, file, number)
    yield { id: idOf(row, file, number), title: textOf(row.title), text: textOf(row.text) }
  }
}

/** The queries of a `queries.jsonl`, `{"id", "text"}` a line (or `_id`); or lines of an id, a tab and the query. */
export function readQueries(file: string): Query[] {
  return linesOf(file).map(({ line, number }) => {
    if (!line.trimStart().startsWith('{')) {
      const tab = line.indexOf('\t')
      if (tab > 0) return { id: line.slice(0, tab), text: line.slice(tab + 1) }
      throw wrongLine(file, number, '{"id": .., "text": ..}, or an id, a tab and the query', line)
    }
    const row = objectOf(line, file, number)
    return { id: idOf(row, file, number), text: textOf(row.text) }
  })
}

/**
 * Judgements: lines of query, document and relevance, or TREC's of query, iteration, document and relevance, separated
 * by tabs or spaces. A first line without a number is a heading. Where a pair is judged twice, the higher holds.
 */
export function readQrels(file: string): Qrels {
  const qrels = new Map<string, Map<string, number>>()
  for (const { line, number } of linesOf(file)) {
    const columns = line.includes('\t') ? line.split('\t') : line.trim().split(/\s+/)
    const [query, document, relevance] = columns.length === 4 ? [columns[0], columns[2], columns[3]] : columns
    const value = relevance === undefined || relevance.trim() === '' ? Number.NaN : Number(relevance)
    if (columns.length < 3 || columns.length > 4 || !Number.isFinite(value)) {
      if (number === 1 && columns.length >= 3) continue
      throw wrongLine(file, number, 'query, document and relevance, or the four columns of TREC', line)
    }
    const judged = qrels.get(query!) ?? new Map<string, number>()
    judged.set(document!, Math.max(judged.get(document!) ?? value, value))
    qrels.set(query!, judged)
  }
  return qrels
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
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .map((line, at) => ({ line, number: at + 1 }))
    .filter(({ line }) => line.trim() !== '')
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
  if (typeof id === 'string' || typeof id === 'number') return String(id)
  throw wrongLine(file, number, 'a JSON object with an "id"', JSON.stringify(row))
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
