/** `glean search`: asks the index, prints the answer in the form that was asked for. */
import { openIndex } from '../../cluster/open.ts'
import { GleanError } from '../../errors.ts'
import { namesOf, notLookedAt, staleNote } from '../../render/notes.ts'
import { renderPaths } from '../../render/paths.ts'
import { hasFound } from '../../search/found.ts'
import type { Index } from '../../search/index.ts'
import type { SearchOptions } from '../../search/options.ts'
import type { PartialAnswer, SearchResult } from '../../search/result.ts'
import { renderAnswer } from '../answer.ts'
import type { CommandContext } from '../context.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { GROUPS, RANKS, SORTS } from '../flags.ts'
import { type Form, formAskedFor } from '../form.ts'
import { findIndexes } from '../index-location.ts'
import { pathPrinter } from '../location.ts'
import { show } from '../show.ts'
import { mustGoTogether } from '../together.ts'
import { has, list, type Typed, text, wholeNumber } from '../typed.ts'

/** What was asked, resolved. */
export interface Request {
  readonly query: string
  /** Whether the query is typed and answered on the screen. */
  readonly interactive: boolean
  /** A file of queries to answer instead, `-` for standard input. */
  readonly file: string | undefined
  readonly form: Form
  /** Hits, or documents where only paths are wanted; undefined where nothing was said. */
  readonly limit: number | undefined
  readonly offset: number
  /** Tokens the hits may have together, as whole passages; undefined where excerpts are wanted. */
  readonly budget: number | undefined
  /** Lines of the source to show around a match. */
  readonly lines: number
  /** Whether a NUL follows each path. */
  readonly nul: boolean
  /** A template of links, or the name of one. */
  readonly hyperlinks: string
  /** What goes to the index as it is. */
  readonly options: SearchOptions
  /** Whether to print nothing: the exit code is the answer. */
  readonly silent: boolean
  /** Whether an answer that lacks a part of a cluster is one. */
  readonly allowPartial: boolean
}

const DEFAULT_LIMIT = 10

/** The outline of a search. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const request = requestOf(context)
  if (request.hyperlinks !== 'none') (await import('../links.ts')).mustBeLinkFormat(request.hyperlinks)
  const locations = await findIndexes(context.line, context.env, context.cwd)
  if (has(context.line, 'update')) for (const each of locations) await bringUpToDate(each, context)
  const index = await openIndex(locations, { cwd: context.cwd })
  try {
    if (request.interactive) return await beginSession(index, locations, request, context)
    if (request.file !== undefined) {
      const { answerMany } = await import('../many-queries.ts')
      return await answerMany(index, request, context)
    }
    if (has(context.line, 'open')) return await openFirst(index, request, context)
    if (request.form === 'paths') return await printPaths(index, request, context)
    const result = await answerTo(index, request)
    if (!request.silent) await show(await renderAnswer(result, request, index, context), context)
    if (result.partial && !request.allowPartial) return refusePartial(result.partial, request, context)
    return hasFound(result) || (request.form === 'count' && result.total > 0) ? EXIT.ok : EXIT.noHits
  } finally {
    await index.close()
  }
}

/** What a cluster has not answered may be what was asked for: it is shown, and the exit code says that it is not all. */
async function refusePartial(
  partial: PartialAnswer,
  { form }: Request,
  { output }: CommandContext,
): Promise<ExitCode> {
  const { partialNote } = await import('../../render/notes.ts')
  // The forms for a person have said so already.
  const said = ['pretty', 'plain'].includes(form) ? '' : `${partialNote(partial)}; `
  output.note(`${said}--allow-partial takes it for an answer`)
  return EXIT.error
}

/** Lets the query be typed, and answers it on the screen. Throws `usage` where there is none. */
async function beginSession(
  index: Index,
  locations: readonly string[],
  { query, options }: Request,
  context: CommandContext,
): Promise<ExitCode> {
  const { terminal } = await import('../interactive/screen.ts')
  const { find } = await import('../interactive/find.ts')
  return find(index, { locations, query, options }, terminal(), context)
}

/** Whether a person is there to type, who has asked for no form a program would want. */
function isAtTerminal(line: Typed, output: CommandContext['output']): boolean {
  const canDraw = process.env.TERM !== 'dumb'
  return process.stdin.isTTY === true && output.isTerminal && canDraw && formAskedFor(line) === undefined
}

/** Opens the best hit in the editor. */
async function openFirst(index: Index, request: Request, context: CommandContext): Promise<ExitCode> {
  const { query, offset, options } = request
  const result = await index.search(query, { ...options, offset, limit: 1 })
  const [hit] = result.hits
  if (hit === undefined) {
    await context.output.print(await renderAnswer(await answerTo(index, request), request, index, context))
    return EXIT.noHits
  }
  const { openHit } = await import('../open-hit.ts')
  await openHit(hit, index, context)
  return EXIT.ok
}

/** Updates the index as `glean index` without paths does. What the search prints is not mixed with its report. */
async function bringUpToDate(index: string, { interrupt, cwd, output }: CommandContext): Promise<void> {
  const { buildIndex } = await import('../../cluster/build.ts')
  const progress = output.showsProgress
    ? await (await import('../progress.ts')).showProgress(output.color)
    : undefined
  try {
    const { signal } = interrupt
    await buildIndex({ index, cwd, signal, ...(progress && { onProgress: progress.update }) })
  } finally {
    progress?.stop()
  }
}

/** The answer to a query: within a budget where there is one, and with what it means. */
export async function answerTo(index: Index, request: Request): Promise<SearchResult> {
  const { query, form, offset, budget, silent } = request
  const options = { ...request.options, offset, limit: request.limit }
  if (form === 'count') return index.search(query, { ...options, limit: 0 })
  const result =
    budget === undefined
      ? await index.search(query, { ...options, limit: options.limit ?? DEFAULT_LIMIT })
      : await (await import('../../search/pack.ts')).searchWithin(index, query, options, budget)
  if (hasFound(result) || silent) return { ...result, verdict: 'found' }
  return (await import('../../search/verdict.ts')).withVerdict(index, result, options)
}

function requestOf({ line, output }: CommandContext): Request {
  const words = [...line.words, ...(list(line, 'query') ?? [])]
  const file = text(line, 'file')
  const filtered = has(line, 'path') || has(line, 'where')
  // An empty word is none: of a variable that is not set, all of the index is hardly meant.
  const nothingAsked = words.join('').trim() === '' && !filtered && file === undefined
  const interactive = has(line, 'interactive') || (nothingAsked && isAtTerminal(line, output))
  if (nothingAsked && !interactive)
    throw new GleanError(
      'usage',
      "nothing to search for: glean search WORDS; glean search --path '**' lists all documents",
    )
  const asked = formAskedFor(line)
  const form = asked ?? defaultForm(line, output.isTerminal)
  mustGoTogether(line, form)
  return {
    query: words.join(' '),
    interactive,
    file,
    form,
    limit: wholeNumber(line, 'limit', 1),
    offset: wholeNumber(line, 'offset', 0) ?? 0,
    budget: wholeNumber(line, 'budget', 1),
    lines: wholeNumber(line, 'context', 0) ?? 0,
    nul: has(line, 'null'),
    hyperlinks: text(line, 'hyperlink-format') ?? 'none',
    options: {
      all: has(line, 'all'),
      exact: has(line, 'exact'),
      fuzzy: has(line, 'fuzzy'),
      explain: has(line, 'explain'),
      language: text(line, 'language'),
      paths: list(line, 'path'),
      where: text(line, 'where'),
      sort: SORTS.find(each => each === text(line, 'sort')),
      rank: RANKS.find(each => each === text(line, 'rank')),
      group: GROUPS.find(each => each === text(line, 'group')),
    },
    silent: output.quiet && asked === undefined,
    allowPartial: has(line, 'allow-partial'),
  }
}

/** The form of an answer where none was named. */
function defaultForm(line: Typed, isTerminal: boolean): Form {
  if (has(line, 'file')) return 'jsonl'
  if (has(line, 'budget')) return 'evidence'
  // An explanation and lines around a match are for a person to read, wherever they go.
  return isTerminal || has(line, 'explain') || has(line, 'context') ? 'pretty' : 'plain'
}

/** Prints every document with a hit, once, in the order of its best hit. */
async function printPaths(index: Index, request: Request, context: CommandContext): Promise<ExitCode> {
  const { query, options, offset, limit, silent, nul, allowPartial } = request
  const { output, cwd } = context
  const through = limit === undefined ? undefined : offset + limit
  const all = await index.matchedDocuments(query, options, through)
  const documents = all.slice(offset, through)
  const detached = await index.detached()
  if (detached.length > 0) output.note(notLookedAt(detached.length < index.members.length ? detached : []))
  // A list of all is a statement about the others too.
  const stale = through === undefined || all.length < through ? await index.staleness() : null
  if (stale) output.note(staleNote(stale, namesOf({ indexes: index.figures() })))
  const partial = allowPartial ? undefined : await index.lacking()
  if (!silent) await output.print(renderPaths(documents, pathPrinter(index, cwd), nul ? '\0' : '\n'))
  if (partial) return refusePartial(partial, request, context)
  return documents.length > 0 ? EXIT.ok : EXIT.noHits
}
