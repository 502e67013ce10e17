/** What a query is looked up in: the vocabulary of the cluster, and the list of its documents for filters. */
import type { AskedLookup } from '../search/ask.ts'
import { anyOf } from '../search/document-plan.ts'
import { fileFacts, withFacts } from '../search/file-facts.ts'
import type { Plan } from '../search/leaf.ts'
import type { Selected, Selection } from '../search/selection.ts'
import type { Dictionary } from '../segment/dictionary.ts'
import type { ListedDocument } from '../segment/document-list.ts'
import type { Stemmer } from '../text/stem.ts'
import { common, type DocumentFilters } from './document-filter.ts'
import { type ClusterDocuments, documentRow, listed } from './documents.ts'
import type { ClusterReader } from './reader.ts'
import { Vocabulary } from './vocabulary.ts'

export interface LookupParts {
  readonly reader: ClusterReader
  readonly documents: ClusterDocuments
  readonly filters: DocumentFilters
  readonly stemmers: ReadonlyMap<string, Stemmer>
  readonly modified: (document: ListedDocument) => string | undefined
  /** Keeps the dictionary of all terms for the next query. */
  readonly dictionary: (read: () => Promise<Dictionary>) => Promise<Dictionary>
}

export function clusterLookup(parts: LookupParts): AskedLookup & { readonly vocabulary: Vocabulary } {
  const { reader, documents, filters, stemmers } = parts
  const vocabulary = new Vocabulary(reader, stemmers, parts.dictionary)
  const paths = async (accepts: (path: string) => boolean): Promise<Plan> => {
    const all = await documents.all()
    return filters.of(new Set(all.filter(({ path }) => accepts(path)).map(({ number }) => number)))
  }
  return {
    vocabulary,
    word: (word, exact) => vocabulary.word(word, exact),
    stands: pattern => vocabulary.stands(pattern),
    expand: (node, formsOf) => vocabulary.expand(node, formsOf),
    count: plan => vocabulary.count(plan),
    paths,
    select: selection => select(selection, parts, paths),
    documentPlan: plan => documentPlan(plan, vocabulary, filters),
  }
}

/** As selection.ts does: globs over paths and an expression over metadata. */
async function select(
  { paths: globs = [], where }: Selection,
  { documents, filters, modified }: LookupParts,
  pathsPlan: (accepts: (path: string) => boolean) => Promise<Plan>,
): Promise<Selected> {
  const plans: Plan[] = []
  let absentKeys: readonly string[] = []
  if (globs.length > 0) {
    const { pathFilter } = await import('../crawl/path-filter.ts')
    const filter = pathFilter(globs, [])
    plans.push(await pathsPlan(path => filter.includes(path)))
  }
  if (where !== undefined) {
    const { parseWhere } = await import('../search/where.ts')
    const { accepts, keys, hasKey } = parseWhere(where)
    const absent = new Set(keys)
    const accepted = new Set<bigint>()
    for (const document of await documents.all()) {
      const place = listed(document, 0)
      const facts = fileFacts(place, documentRow(document), modified(place))
      const metadata = withFacts(document.metadata, facts)
      for (const key of absent) if (hasKey(metadata, key)) absent.delete(key)
      if (accepts(metadata)) accepted.add(document.number)
    }
    plans.push(filters.of(accepted))
    absentKeys = [...new Set([...absent].map(({ whole, path }) => whole ?? path.join('.')))]
  }
  return { plan: plans.length <= 1 ? plans[0] : { kind: 'and', children: plans }, absentKeys }
}

/** As document-plan.ts does: operators apply to documents, in which any of the words scores. */
async function documentPlan(plan: Plan, vocabulary: Vocabulary, filters: DocumentFilters): Promise<Plan> {
  const { documents, rest } = filters.taken(plan)
  const words = anyOf(rest)
  // Any of some words is the same for a document as for its passages.
  if (!words || isAlternatives(rest)) return plan
  const found = await documentsOf(rest, vocabulary)
  const passing = documents ? new Set([...found].filter(each => documents.has(each))) : found
  return { kind: 'and', children: [filters.of(passing), words] }
}

function isAlternatives(plan: Plan): boolean {
  return plan.kind === 'leaf' || (plan.kind === 'or' && plan.children.every(isAlternatives))
}

/** The documents that satisfy a plan as a whole. */
async function documentsOf(plan: Plan, vocabulary: Vocabulary): Promise<ReadonlySet<bigint>> {
  switch (plan.kind) {
    case 'and':
    case 'or': {
      const sets = await Promise.all(plan.children.map(child => documentsOf(child, vocabulary)))
      return sets.reduce(plan.kind === 'or' ? united : common)
    }
    case 'not': {
      const excluded = await documentsOf(plan.exclude, vocabulary)
      return new Set([...(await documentsOf(plan.include, vocabulary))].filter(each => !excluded.has(each)))
    }
    default:
      return new Set((await vocabulary.documents(plan)).keys())
  }
}

function united(one: ReadonlySet<bigint>, other: ReadonlySet<bigint>): ReadonlySet<bigint> {
  const all = new Set(one)
  for (const document of other) all.add(document)
  return all
}
