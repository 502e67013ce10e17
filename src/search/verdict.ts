/**
 * What an answer without hits means: that the words are not there, that what may have them is not indexed, or that the
 * index is behind its files. The sources are looked over only where nothing was found.
 */
import { lstatSync } from 'node:fs'
import { resolve } from 'node:path'
import type { LeftOut } from '../crawl/file.ts'
import { pathFilter } from '../crawl/path-filter.ts'
import { isWithin } from '../crawl/source.ts'
import { tokenize } from '../text/analyzer.ts'
import { hasFound } from './found.ts'
import type { Index } from './index.ts'
import type { SearchOptions } from './options.ts'
import type { NotIndexed, SearchResult, UnindexedFile } from './result.ts'
import { isBehind } from './stale.ts'
import type { Survey } from './survey.ts'

/** Files not indexed that are named; all are counted. */
const MOST_NAMED = 5

/** Letters a word of a query has at least, for the name of a file to be told by it. */
const SHORTEST_WORD = 3

/** The answer with its verdict; where it has no hits, also with how the sources stand. */
export async function withVerdict(
  index: Index,
  result: SearchResult,
  options: SearchOptions,
): Promise<SearchResult> {
  // Behind the last hit there is none, which says nothing of the words.
  const isPastTheEnd = (options.offset ?? 0) > 0 && result.total > 0 && result.dropped === 0
  if (hasFound(result) || isPastTheEnd) return { ...result, verdict: 'found' }
  // What was not looked at may have it.
  if (result.partial && result.partial.missing > 0) return result
  const survey = await index.survey()
  if (!survey) {
    const unread = recorded(result.indexes)
    return { ...result, ...(unread.files > 0 ? { notIndexed: unread } : {}), verdict: 'not-there' }
  }
  const seen = await notIndexedOf(index, survey, result.query, options.paths ?? [])
  const notIndexed = together(seen, recorded(result.indexes.filter(({ detached }) => detached)))
  const stale = result.stale ?? (isBehind(survey.stale) ? survey.stale : null)
  const behind = stale !== null || result.dropped > 0
  return {
    ...result,
    freshness: 'tree',
    stale,
    notIndexed,
    verdict: notIndexed.likely.length > 0 ? 'not-indexed' : behind ? 'stale' : 'not-there',
  }
}

/** What indexes themselves say of files that are not indexed, where these are not here to be looked at. */
function recorded(indexes: SearchResult['indexes']): NotIndexed {
  const each = indexes.map(({ leftOut = {} }): NotIndexed => {
    const files = Object.values(leftOut).reduce((sum, count) => sum + count, 0)
    return { files, reasons: leftOut, likely: [] }
  })
  return each.reduce(together, { files: 0, reasons: {}, likely: [] })
}

function together(one: NotIndexed, other: NotIndexed): NotIndexed {
  const reasons: Record<string, number> = { ...one.reasons }
  for (const [reason, count] of Object.entries(other.reasons))
    reasons[reason] = (reasons[reason] ?? 0) + count
  return { files: one.files + other.files, reasons, likely: [...one.likely, ...other.likely] }
}

/** The files that are not indexed, and which of them the query may have meant: by its paths, else by its words. */
async function notIndexedOf(
  index: Index,
  { leftOut, fresh }: Survey,
  query: string,
  paths: readonly string[],
): Promise<NotIndexed> {
  const reasons: NotIndexed['reasons'] = {}
  for (const { reason } of leftOut) reasons[reason] = (reasons[reason] ?? 0) + 1
  const known = new Set([...leftOut, ...fresh].map(({ path }) => path))
  const roots = index.members.flatMap(({ sourceRoot }) => sourceRoot ?? [])
  const ignored: UnindexedFile[] = []
  for (const path of paths) {
    if (known.has(path) || !roots.some(root => isFile(root, path)) || (await index.documents.find(path)))
      continue
    ignored.push({ path, reason: 'ignored', detail: 'a rule of the last build passes it over' })
  }
  const likely = [...ignored, ...(paths.length > 0 ? matching(leftOut, paths) : named(leftOut, query))]
  return { files: leftOut.length, reasons, likely: likely.slice(0, MOST_NAMED) }
}

/** Whether there is a file at a path below the root. */
function isFile(root: string, path: string): boolean {
  const absolute = resolve(root, path)
  if (!isWithin(absolute, root)) return false
  try {
    return lstatSync(absolute, { throwIfNoEntry: false })?.isFile() ?? false
  } catch {
    // It may not be looked at, or is no path at all.
    return false
  }
}

function matching(files: readonly LeftOut[], paths: readonly string[]): LeftOut[] {
  const filter = pathFilter(paths, [])
  return files.filter(({ path }) => filter.includes(path))
}

/** Files with a word of the query in their name. */
function named(files: readonly LeftOut[], query: string): LeftOut[] {
  const words = wordsOf(query)
  return files.filter(({ path }) =>
    wordsOf(path.slice(path.lastIndexOf('/') + 1)).some(word => words.includes(word)),
  )
}

function wordsOf(text: string): string[] {
  return tokenize(text.replace(/[_.-]/g, ' '))
    .map(({ term }) => term)
    .filter(term => term.length >= SHORTEST_WORD)
}
