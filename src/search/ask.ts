/** From a query as it was typed to what is looked for: its words weighed and looked up, and joined with the filters. */
import { GleanError } from '../errors.ts'
import type { DocumentList, ListedDocument } from '../segment/document-list.ts'
import type { DocumentOrder } from '../segment/document-order.ts'
import type { Manifest } from '../segment/manifest.ts'
import type { Segment } from '../segment/segment.ts'
import type { Stemmer } from '../text/stem.ts'
import type { Plan } from './leaf.ts'
import { type Lookup, segmentLookup } from './lookup.ts'
import { type Collection, match } from './match.ts'
import type { SearchOptions } from './options.ts'
import { plainQuery } from './plain-query.ts'
import type { QueryNode } from './query.ts'
import { type ResolveContext, type Resolved, resolveQuery } from './resolve.ts'
import type { Selected, Selection } from './selection.ts'
import { type Weighed, weighWords } from './weigh-words.ts'

/** What is asked. */
export interface AskedIndex {
  readonly manifest: Manifest
  readonly segments: readonly Segment[]
  readonly documents: DocumentList
  readonly order: DocumentOrder
  readonly collection: Collection
  /** The stemmers of the index's form tables, by language. */
  readonly stemmers: ReadonlyMap<string, Stemmer>
  /** When a document's file was modified, where that is known. */
  readonly modified: (document: ListedDocument) => string | undefined
  /** What looks words and documents up, if not the segments. */
  readonly lookup?: AskedLookup | undefined
}

/** Where an index is asked whose segments are not at hand. */
export interface AskedLookup extends Lookup {
  /** How many chunks a plan matches. */
  count(plan: Plan): Promise<number>
  /** What is selected; see selection.ts. */
  select(selection: Selection): Promise<Selected>
  /** The plan of documents as a whole; see document-plan.ts. */
  documentPlan(plan: Plan): Promise<Plan>
}

/** A query that has been looked up. */
export interface Asked extends Resolved, Weighed {
  readonly collection: Collection
  /** The plan of the words, joined with what is selected. */
  readonly plan: Plan
  /** Whether no words were given, only what selects documents: then documents are listed, not passages. */
  readonly filtersAlone: boolean
  /** Keys of the filter on metadata that no document has. */
  readonly absentKeys: readonly string[]
  /** The stemmer of the query's language. */
  readonly stem: Stemmer
}

/** Looks a query up. Throws `usage` for options that cannot be taken. */
export async function ask(query: string, options: SearchOptions, index: AskedIndex): Promise<Asked> {
  const { collection, lookup } = index
  const stemmers = stemmersOf(index, options.language)
  const { segments } = collection
  const context = {
    lookup: lookup ?? segmentLookup({ segments, documents: index.documents, stemmers }),
    stemmers,
    exact: options.exact ?? false,
    fuzzy: options.fuzzy ?? false,
  }
  const typed =
    plainQuery(query, options.all) ?? (await import('./parse.ts')).parseQuery(query, { all: options.all })
  const weighed = await weigh(typed, options, index, context)
  const { tree, language } = weighed
  const resolved = await resolveQuery(tree, context)
  const { plan: selection, absentKeys } = await (lookup?.select(options) ?? selected(index, options))
  const words: Plan = selection ? { kind: 'and', children: [resolved.plan, selection] } : resolved.plan
  const whole = async () =>
    lookup?.documentPlan(words) ?? (await import('./document-plan.ts')).documentPlan(collection, words)
  const plan = options.group === 'document' ? await whole() : words
  const filtersAlone = tree.kind === 'path' || (tree.kind === 'all' && selection !== undefined)
  const stem = index.stemmers.get(language) ?? (term => term)
  return { ...resolved, ...weighed, collection, plan, filtersAlone, absentKeys, stem }
}

async function selected(index: AskedIndex, options: SearchOptions): Promise<Selected> {
  if (!options.paths?.length && options.where === undefined) return { plan: undefined, absentKeys: [] }
  return (await import('./selection.ts')).selectionPlan(index, options)
}

/** The stemmers whose forms count: all, or that of one language. Throws `usage` for one that the index has not. */
function stemmersOf({ stemmers }: AskedIndex, language: string | undefined): ReadonlyMap<string, Stemmer> {
  const stem = language === undefined ? undefined : stemmers.get(language)
  if (language === undefined) return stemmers
  if (stem) return new Map([[language, stem]])
  throw new GleanError(
    'usage',
    `the index has no word forms of the language ${language}, only of ${[...stemmers.keys()].join(', ')}; name one of these`,
  )
}

/** The query with its words weighed; as it is where the ranking is to be plain. */
async function weigh(
  tree: QueryNode,
  { rank, without, language }: SearchOptions,
  { collection, manifest, lookup }: AskedIndex,
  context: ResolveContext & Pick<AskedIndex, 'stemmers'>,
): Promise<Weighed> {
  if (rank === 'plain') return { tree, language: '', ignored: [], isKeywords: false }
  const shareOf = async (word: string): Promise<number> => {
    const { plan } = await resolveQuery({ kind: 'word', text: word }, context)
    const count = lookup ? await lookup.count(plan) : (await match(collection, plan, 0)).total
    return count / Math.max(collection.chunks, 1)
  }
  const languages = language === undefined ? manifest.totals.languages : { [language]: 1 }
  const weighed = await weighWords(tree, { languages, stemmers: context.stemmers, shareOf })
  const isKeywords = weighed.isKeywords && !without?.includes('every word')
  return without?.includes('query words')
    ? { ...weighed, tree, ignored: [], isKeywords }
    : { ...weighed, isKeywords }
}
