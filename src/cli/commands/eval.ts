/**
 * `glean eval`: how well the ranking does on a test collection, whose judgements say which documents answer which query.
 * Ranks a folder's corpus or an index that is named, or reads what was ranked from runs.
 */
import { closeSync, existsSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { GleanError, messageOf } from '../../errors.ts'
import { ask, judgedPassages, namesOf } from '../../eval/asking.ts'
import { judgedQueries, type Qrels, type Query, readQrels, readQueries } from '../../eval/collection.ts'
import { compare } from '../../eval/comparison.ts'
import { indexCorpus } from '../../eval/corpus-index.ts'
import { doubtsOfCorpus, doubtsOfIndex, doubtsOfRun } from '../../eval/doubts.ts'
import { type Evaluation, evaluate } from '../../eval/evaluation.ts'
import { namedAs, type Run, readRun, writeRun } from '../../eval/run.ts'
import { renderComparison, renderEvaluation } from '../../render/evaluation.ts'
import { counted, grouped } from '../../render/figure.ts'
import { renderJson } from '../../render/json.ts'
import { openIndex } from '../../search/open.ts'
import type { SearchOptions } from '../../search/options.ts'
import type { CommandContext } from '../context.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { RANKS } from '../flags.ts'
import { has, list, mustHaveWords, type Typed, text } from '../typed.ts'

/** What is evaluated: queries, judgements, and where the documents are. */
interface Collection {
  readonly name: string
  /** The judged ones. */
  readonly queries: readonly Query[]
  readonly qrels: Qrels
  readonly corpus: string
  /** An index that has the documents already. */
  readonly index: string | undefined
}

/** Shows what is being done; nothing where nobody looks. */
type Show = (text: string) => void

export async function run(context: CommandContext): Promise<ExitCode> {
  const { line, output } = context
  const collection = readCollection(context)
  const textOf = (id: string) => collection.queries.find(query => query.id === id)?.text ?? ''
  const style = { width: output.width, color: output.color, textOf }
  const pair = list(line, 'compare')
  if (pair !== undefined) {
    const names = pairOf(pair)
    const [a, b] = names.map(name => evaluated(collection, readBack(name, collection, context)))
    const compared = compare(a!, b!)
    await output.print(
      has(line, 'json') ? renderJson(compared) : renderComparison(compared, { ...style, names }),
    )
    return EXIT.ok
  }
  const from = text(line, 'from')
  const keep = runKeeper(context)
  const run = from === undefined ? await rank(collection, context) : readBack(from, collection, context)
  keep(run)
  const evaluation = evaluated(collection, run)
  const byQuery = has(line, 'by-query')
  await output.print(
    has(line, 'json')
      ? renderJson(jsonOf(evaluation, byQuery))
      : renderEvaluation(evaluation, { ...style, byQuery }),
  )
  return EXIT.ok
}

function readCollection({ line, cwd }: CommandContext): Collection {
  const index = text(line, 'index')
  const isRanked = index !== undefined || has(line, 'from') || has(line, 'compare')
  const needs = !isRanked || !has(line, 'queries') || !has(line, 'qrels')
  mustHaveWords(line, needs ? 1 : 0, 1)
  const [word] = line.words
  const folder = word === undefined ? undefined : resolve(cwd, word)
  const file = (flag: string, name: string): string => {
    const given = text(line, flag)
    return given === undefined ? join(folder!, name) : resolve(cwd, given)
  }
  const qrelsFile = file('qrels', 'qrels.tsv')
  const qrels = readQrels(qrelsFile)
  const queriesFile = file('queries', 'queries.jsonl')
  const all = readQueries(queriesFile)
  if (all.length === 0) throw new GleanError('usage', `${queriesFile} holds no query`)
  const queries = judgedQueries(all, qrels)
  if (queries.length === 0) {
    throw new GleanError(
      'usage',
      `${qrelsFile} judges no document relevant to any of the queries: their ids must be the same in both files`,
    )
  }
  const name = basename(folder ?? resolve(qrelsFile, '..'))
  return { name, queries, qrels, corpus: join(folder ?? cwd, 'corpus.jsonl'), index }
}

/** A run from a file. What it has nothing for is told. */
function readBack(name: string, { queries, qrels }: Collection, { cwd, output }: CommandContext): Run {
  const run = namedAs(qrels, readRun(resolve(cwd, name)))
  for (const doubt of doubtsOfRun(queries, qrels, run)) output.note(`${name}: ${doubt}`)
  return run
}

function evaluated({ name, queries, qrels }: Collection, run: Run): Evaluation {
  return evaluate(name, queries, qrels, run)
}

/** Asks every query; of a folder, once its corpus is indexed. */
async function rank(collection: Collection, context: CommandContext): Promise<Run> {
  const { output, interrupt } = context
  const progress = output.showsProgress
    ? await (await import('../progress.ts')).showText(output.color)
    : undefined
  try {
    return await rankShowing(collection, context, shown => progress?.update(shown))
  } catch (thrown) {
    progress?.stop()
    if (interrupt.exitCode !== undefined) output.note('stopped; nothing was measured')
    throw thrown
  } finally {
    progress?.stop()
  }
}

async function rankShowing(
  { name, queries, qrels, corpus, index }: Collection,
  { interrupt: { signal }, line, cwd, output }: CommandContext,
  show: Show,
): Promise<Run> {
  const onDocuments = (documents: number): void => show(`Indexing ${name}: ${grouped(documents)} documents`)
  const { index: opened, ...source } =
    index === undefined
      ? await indexCorpus(corpus, { onDocuments, signal })
      : await openIndex(index, { cwd }).then(there => ({
          index: there,
          idOf: namesOf(qrels),
          ids: undefined,
          close: () => there.close(),
        }))
  try {
    const run = await ask(queries, {
      index: opened,
      idOf: source.idOf,
      options: searchOptions(line),
      passages: index === undefined ? undefined : judgedPassages(qrels),
      onQuery: asked =>
        show(`Asking ${name}: ${grouped(asked)} of ${counted(queries.length, 'query', 'queries')}`),
      signal,
    })
    const doubts = source.ids
      ? doubtsOfCorpus(queries, qrels, source.ids)
      : doubtsOfIndex(queries, qrels, run)
    for (const doubt of doubts) output.note(doubt)
    return run
  } finally {
    await source.close()
  }
}

function searchOptions(line: Typed): SearchOptions {
  return {
    exact: has(line, 'exact'),
    language: text(line, 'language'),
    rank: RANKS.find(each => each === text(line, 'rank')),
  }
}

function pairOf(names: readonly string[]): [string, string] {
  if (names.length === 2) return [names[0]!, names[1]!]
  throw new GleanError(
    'usage',
    `--compare takes two runs, files of TREC; got ${names.length}: ${names.join(' ')}`,
  )
}

/** Writes a run where that was asked for. Throws at once where it could not: ranking may take long. */
function runKeeper({ line, cwd }: CommandContext): (run: Run) => void {
  const name = text(line, 'run')
  if (name === undefined) return () => {}
  const file = resolve(cwd, name)
  const trying = (write: () => void): void => {
    try {
      write()
    } catch (thrown) {
      throw new GleanError('io', `cannot write the run to ${name}: ${messageOf(thrown)}`)
    }
  }
  trying(() => {
    const isNew = !existsSync(file)
    closeSync(openSync(file, 'a'))
    if (isNew) rmSync(file)
  })
  return run => trying(() => writeFileSync(file, writeRun(run, 'gleaner')))
}

/** The answer for programs: the means, rounded to what the judgements can tell apart. */
function jsonOf({ collection, means, byQuery }: Evaluation, perQuery: boolean): object {
  const rounded = <T extends object>(measures: T): T =>
    Object.fromEntries(
      Object.entries(measures).map(([name, value]) => [
        name,
        typeof value === 'number' ? Number(value.toFixed(4)) : value,
      ]),
    ) as T
  return {
    collection,
    queries: byQuery.length,
    ...rounded(means),
    ...(perQuery ? { byQuery: byQuery.map(rounded) } : {}),
  }
}
