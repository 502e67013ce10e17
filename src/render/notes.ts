/** What has to be said of an answer beside its hits: what was not found, what is not fresh. One sentence each. */
import type { PartialAnswer, SearchResult, Stale } from '../search/result.ts'
import { counted } from './figure.ts'
import { commandFor } from './next-command.ts'
import { reasonName } from './reason.ts'

export function notesOf(result: SearchResult): string[] {
  const { absent, relaxed, suggestion, stale, partial } = result
  const notes: string[] = partial ? [partialNote(partial)] : []
  if (absent.length > 0) notes.push(`not in the index: ${listed(absent)}`)
  else if (result.total === 0 && isWordless(result.query))
    notes.push('the query has no letter or digit to look for')
  if (relaxed.length > 0) notes.push(`nothing has all of ${listed(relaxed)}: found by its parts`)
  notes.push(...absentKeyNotes(result.absentKeys ?? []))
  if (suggestion !== null) notes.push(`did you mean: ${suggestion}`)
  if (result.documentsWithAll !== undefined) {
    const documents = counted(result.documentsWithAll, 'document has', 'documents have')
    notes.push(`no passage has all of this, but ${documents}: --group document`)
  }
  notes.push(...notIndexedNotes(result), ...freshnessNotes(result))
  if (stale) notes.push(staleNote(stale, namesOf(result)))
  return notes
}

/** Whether something was typed, but no word. What else can be found, as an emoji, is told as absent. */
function isWordless(query: string): boolean {
  return query.trim() !== '' && !/[\p{L}\p{Nd}]/u.test(query)
}

/** Keys a filter asks for in vain: what it says of them decides nothing, and that may be a slip of the pen. */
function absentKeyNotes(keys: readonly string[]): string[] {
  const isTime = (key: string) => key === 'modified' || key === 'file.modified'
  const unknown = keys.filter(key => !isTime(key))
  const notes: string[] = []
  if (unknown.length > 0)
    notes.push(`no document has ${listed(unknown)}; the keys there are: glean stats --fields`)
  if (keys.some(isTime)) notes.push('the source files are not here: when they were modified is not known')
  return notes
}

/** What an answer of a cluster lacks. */
export function partialNote({ missing, lagging, shards }: PartialAnswer): string {
  const which = shards.length > 0 ? ` (${shards.map(shard => `shard ${shard}`).join(', ')})` : ''
  const share = (part: number) => `${Math.max(1, Math.round(100 * part))} % of the documents`
  if (missing > 0) return `this answer is partial: ${share(missing)} were not looked at${which}`
  return `${share(lagging)} may be older than the rest${which}: a shard was away; glean index brings it up to date`
}

/** How far what is searched lags behind its sources; `indexes` as they were named. */
export function staleNote({ new: added, changed, gone }: Stale, indexes: readonly string[]): string {
  const files = [counted(added, 'new file'), `${changed} changed`, `${gone} gone`].join(', ')
  return `the index is behind: ${files}; bring it up to date: ${commandFor('glean index', indexes)}`
}

/** What may have the answer and is not in the index. */
function notIndexedNotes(result: SearchResult): string[] {
  if (!result.notIndexed) return []
  const { files, reasons, likely } = result.notIndexed
  const notes: string[] = []
  if (likely.length > 0) {
    notes.push(
      `not indexed: ${likely.map(({ path, reason }) => `${path} (${reasonName(reason)})`).join(', ')}`,
    )
  }
  if (files > 0) {
    const why = Object.entries(reasons).map(([reason, count]) => `${count} ${reasonName(reason)}`)
    const are = counted(files, 'file of the sources is', 'files of the sources are')
    const command = commandFor('glean index --dry-run', namesOf(result))
    notes.push(`${are} not indexed (${why.join(', ')}); they are named by: ${command}`)
  }
  return notes
}

/** How many files indexes say could not be indexed, in all. */
export function leftOutIn(indexes: SearchResult['indexes']): number {
  const counts = indexes.flatMap(({ leftOut = {} }) => Object.values(leftOut))
  return counts.reduce((sum, count) => sum + count, 0)
}

/** Words of a query named in a note, and characters of each. */
const MOST_WORDS = 12
const MOST_CHARACTERS = 60

/** Some words, shortened to what a person reads: a query may be a pasted file. */
function listed(words: readonly string[]): string {
  const shown = words.slice(0, MOST_WORDS).map(word => {
    const characters = [...word.slice(0, 2 * MOST_CHARACTERS)]
    return characters.length > MOST_CHARACTERS ? `${characters.slice(0, MOST_CHARACTERS).join('')}…` : word
  })
  const more = words.length - shown.length
  return more > 0 ? `${shown.join(', ')} and ${counted(more, 'other word')}` : shown.join(', ')
}

/** That an answer is the index's own: of all indexes, or of those that are named. */
export function notLookedAt(detached: readonly string[] = []): string {
  return `${filesAway(detached)}: what they hold now was not looked at`
}

function filesAway(detached: readonly string[]): string {
  return `the source files ${detached.length > 0 ? `of ${listed(detached)} ` : ''}are not here`
}

/** The names of the indexes that were asked. */
export function namesOf({ indexes }: Pick<SearchResult, 'indexes'>): string[] {
  return indexes.map(({ index }) => index)
}

/** The names of the indexes that are without their files, where there are others: all need no names. */
export function namesOfDetached(indexes: SearchResult['indexes']): string[] {
  const detached = indexes.filter(each => each.detached)
  return detached.length < indexes.length ? detached.map(({ index }) => index) : []
}

/** How the hits stand to the files on this machine. */
function freshnessNotes(result: SearchResult): string[] {
  const { hits, dropped, freshness, indexes } = result
  const apart = namesOfDetached(indexes)
  const notes: string[] = []
  const changed = hits.filter(({ state }) => state === 'changed').length
  if (changed > 0) {
    const files = `${counted(changed, 'hit is', 'hits are')} from files changed since they were indexed`
    notes.push(`${files}, shown as the files are now`)
  }
  if (hits.some(({ state }) => state === 'detached')) {
    notes.push(`${filesAway(apart)}: the text is that of the index`)
  } else if (apart.length > 0 || (hits.length === 0 && freshness === 'none')) {
    notes.push(notLookedAt(apart))
  }
  if (dropped > 0) {
    const command = commandFor('glean index', namesOf(result))
    notes.push(
      `${counted(dropped, 'hit')} left out: gone from the files; bring the index up to date: ${command}`,
    )
  }
  return notes
}
