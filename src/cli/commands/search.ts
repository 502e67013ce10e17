/** `glean search`: asks the index, prints the answer in the form that was asked for. */
import { GleanError } from '../../errors.ts'
import { staleNote } from '../../render/notes.ts'
import { renderPaths } from '../../render/paths.ts'
import type { Index } from '../../search/index.ts'
import { openIndex } from '../../search/open.ts'
import type { SearchOptions } from '../../search/options.ts'
import { renderAnswer } from '../answer.ts'
import type { CommandContext } from '../context.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { GROUPS, SORTS } from '../flags.ts'
import { type Form, formAskedFor } from '../form.ts'
import { findIndex } from '../index-location.ts'
import { pathPrinter } from '../location.ts'
import { has, list, text, wholeNumber } from '../typed.ts'

/** What was asked, resolved. */
interface Request {
  readonly query: string
  readonly form: Form
  /** Hits, or documents where only paths are wanted; undefined where nothing was said. */
  readonly limit: number | undefined
  readonly offset: number
  /** Lines of the source to show around a match. */
  readonly lines: number
  /** Whether a NUL follows each path. */
  readonly nul: boolean
  /** What goes to the index as it is. */
  readonly options: SearchOptions
  /** Whether to print nothing: the exit code is the answer. */
  readonly silent: boolean
}

const DEFAULT_LIMIT = 10

/** The outline of a search. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const request = requestOf(context)
  const location = await findIndex(text(context.line, 'index'), context.env, context.cwd)
  if (has(context.line, 'update')) await bringUpToDate(location, context)
  const index = await openIndex(location, { cwd: context.cwd })
  try {
    if (request.form === 'paths') return await printPaths(index, request, context)
    const limit = request.form === 'count' ? 0 : (request.limit ?? DEFAULT_LIMIT)
    const result = await index.search(request.query, { ...request.options, limit, offset: request.offset })
    if (!request.silent) await context.output.print(await renderAnswer(result, request, index, context))
    return result.hits.length > 0 || (limit === 0 && result.total > 0) ? EXIT.ok : EXIT.noHits
  } finally {
    await index.close()
  }
}

/** Updates the index as `glean index` without paths does. What the search prints is not mixed with its report. */
async function bringUpToDate(index: string, { interrupt, cwd, output }: CommandContext): Promise<void> {
  const { buildIndex } = await import('../../build/build.ts')
  const progress = output.showsProgress ? await (await import('../progress.ts')).showProgress() : undefined
  try {
    const { signal } = interrupt
    await buildIndex({ index, cwd, signal, ...(progress && { onProgress: progress.update }) })
  } finally {
    progress?.stop()
  }
}

function requestOf({ line, output }: CommandContext): Request {
  const words = [...line.words, ...(list(line, 'query') ?? [])]
  const filtered = has(line, 'path') || has(line, 'where')
  if (words.length === 0 && !filtered)
    throw new GleanError('usage', 'nothing to search for: glean search WORDS, or see glean search --help')
  const asked = formAskedFor(line)
  return {
    query: words.join(' '),
    // An explanation is for a person to read, wherever it goes.
    form: asked ?? (output.isTerminal || has(line, 'explain') ? 'pretty' : 'plain'),
    limit: wholeNumber(line, 'limit', 1),
    offset: wholeNumber(line, 'offset', 0) ?? 0,
    lines: 0,
    nul: has(line, 'null'),
    options: {
      all: has(line, 'all'),
      exact: has(line, 'exact'),
      fuzzy: has(line, 'fuzzy'),
      explain: has(line, 'explain'),
      language: text(line, 'language'),
      paths: list(line, 'path'),
      where: text(line, 'where'),
      sort: SORTS.find(each => each === text(line, 'sort')),
      group: GROUPS.find(each => each === text(line, 'group')),
    },
    silent: output.quiet && asked === undefined,
  }
}

/** Prints every document with a hit, once, in the order of its best hit. */
async function printPaths(
  index: Index,
  { query, options, offset, limit, silent, nul }: Request,
  { output, cwd }: CommandContext,
): Promise<ExitCode> {
  const all = await index.matchedDocuments(query, options)
  const documents = all.slice(offset, limit === undefined ? undefined : offset + limit)
  if (documents.length === 0) await tellStaleness(index, output)
  if (!silent)
    await output.print(renderPaths(documents, pathPrinter(index.sourceRoot, cwd), nul ? '\0' : '\n'))
  return documents.length > 0 ? EXIT.ok : EXIT.noHits
}

/** Before it is said that there is nothing: whether there may be something that the index has not seen. */
async function tellStaleness(index: Index, output: CommandContext['output']): Promise<void> {
  const stale = await index.staleness()
  if (stale) output.note(staleNote(stale))
}
