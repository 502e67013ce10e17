/**
 * A run: what one engine ranked for each query of a collection, as a file of TREC: lines of query, `Q0`, document, rank
 * from 1, score and the run's name. trec_eval goes by the scores and not by the ranks, so the scores that are written
 * fall with every rank.
 */
import { readFileSync } from 'node:fs'
import { GleanError, messageOf } from '../errors.ts'
import type { Qrels } from './collection.ts'

/** A document with its score. */
export interface Scored {
  readonly id: string
  readonly score: number
}

/** Rankings by query id, best first. */
export type Run = ReadonlyMap<string, readonly Scored[]>

/** Least step from one score to the next: what six decimals can show. */
const STEP = 1e-6

/** A run as a file; white space in ids, which the format has no room for, becomes `_`. {@link namedAs} undoes it. */
export function writeRun(run: Run, name: string): string {
  const lines: string[] = []
  for (const [query, ranking] of run) {
    let before = Number.POSITIVE_INFINITY
    for (const [at, { id, score }] of ranking.entries()) {
      before = Math.min(score, before - STEP)
      lines.push([query, 'Q0', id, at + 1, before.toFixed(6), name].map(plain).join(' '))
    }
  }
  return lines.map(line => `${line}\n`).join('')
}

function plain(cell: string | number): string {
  return String(cell).replace(/\s/g, '_')
}

/** Reads a run back, in the order of its scores; equal ones in that of the file. A document counts once. */
export function readRun(file: string): Run {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (thrown) {
    throw new GleanError('not-found', `cannot read the run ${file}: ${messageOf(thrown)}`)
  }
  const run = new Map<string, Map<string, Scored>>()
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue
    const columns = line.trim().split(/\s+/)
    const [query, , id, , score] = columns
    // Some leave the name of the run out; with more columns it is an id that holds a space, and what is what is a guess.
    if (columns.length < 5 || columns.length > 6 || !Number.isFinite(Number(score))) {
      throw new GleanError(
        'usage',
        `${file}:${at + 1} is no line of a TREC run: query, Q0, document, rank, score, name; it is: ${line.slice(0, 80)}`,
      )
    }
    const ranking = run.get(query!) ?? new Map<string, Scored>()
    const known = ranking.get(id!)
    if (!known || known.score < Number(score)) ranking.set(id!, { id: id!, score: Number(score) })
    run.set(query!, ranking)
  }
  return new Map(
    [...run].map(([query, ranking]) => [query, [...ranking.values()].sort((a, b) => b.score - a.score)]),
  )
}

/** A run that was read, with the ids of the judgements where they hold white space. */
export function namedAs(qrels: Qrels, run: Run): Run {
  const queryOf = unplain(qrels.keys())
  const documentOf = unplain([...qrels.values()].flatMap(judged => [...judged.keys()]))
  return new Map(
    [...run].map(([query, ranking]) => [
      queryOf(query),
      ranking.map(({ id, score }) => ({ id: documentOf(id), score })),
    ]),
  )
}

/** From what is written for an id to the id; one that is written as it is stays. */
function unplain(ids: Iterable<string>): (written: string) => string {
  const known = new Set(ids)
  const byWritten = new Map([...known].map(id => [plain(id), id]))
  return written => (known.has(written) ? written : (byWritten.get(written) ?? written))
}
