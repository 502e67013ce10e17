/** What a query's words are looked up in: the segments of an index, or whoever knows the words of one that is elsewhere. */
import type { DocumentList } from '../segment/document-list.ts'
import { countIn } from '../segment/posting-list.ts'
import type { Segment } from '../segment/segment.ts'
import { FIELDS } from '../text/field.ts'
import type { Stemmer } from '../text/stem.ts'
import type { Expansion } from './expansion.ts'
import { rangesOfPaths } from './filter.ts'
import type { Pattern, Plan, TermGroup } from './leaf.ts'
import type { FuzzyNode, RegexNode, WildcardNode } from './query.ts'
import { type FoundWord, findWord } from './words.ts'

export interface Lookup {
  /** The terms that stand for a word; see words.ts. */
  word(word: string, exact: boolean): Promise<FoundWord>
  /** Whether any chunk has the pattern. */
  stands(pattern: Pattern): Promise<boolean>
  /** Expands one item of a query; see expansion.ts. */
  expand(
    node: WildcardNode | FuzzyNode | RegexNode,
    formsOf: (word: string) => Promise<TermGroup>,
  ): Promise<Expansion>
  /** The chunks of the documents whose path is accepted. */
  paths(accepts: (path: string) => boolean): Promise<Plan>
}

/** What an index at hand is looked up in. */
export interface LookupParts {
  readonly segments: readonly Segment[]
  readonly documents: DocumentList
  /** Stemmers of the form tables to be used, by language. */
  readonly stemmers: ReadonlyMap<string, Stemmer>
}

/** Looks things up in segments. */
export function segmentLookup(parts: LookupParts): Lookup {
  const { segments } = parts
  return {
    word: (word, exact) => findWord(word, parts, exact),
    expand: async (node, formsOf) => (await import('./expansion.ts')).expand(node, segments, formsOf),
    paths: async accepts => ({ kind: 'ranges', ranges: await rangesOfPaths(parts, accepts) }),
    stands: async pattern => {
      for (const segment of segments) if (await standsIn(segment, pattern)) return true
      return false
    },
  }
}

async function standsIn(segment: Segment, pattern: Pattern): Promise<boolean> {
  const lists = new Map(
    await Promise.all(
      (pattern.kind === 'phrase' ? pattern.groups : []).map(async group => {
        const found = await segment.dictionary.findAll(group.keys())
        const own = [...found.values()].map(information => segment.listOf(information))
        for (const list of own) list.prefetch(true)
        return [group, own] as const
      }),
    ),
  )
  const { patternPostings } = await import('./phrase.ts')
  const postings = await patternPostings(
    pattern,
    group => lists.get(group)!,
    FIELDS.map(() => true),
    segment.isWhole ? 1 : undefined,
  )
  return postings.documentFrequency > (await countIn(postings, segment.deleted))
}
