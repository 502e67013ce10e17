/**
 * Stage 1: evaluates a plan over all segments. Gives the exact number of matching chunks and the pool, the best of
 * them by plain BM25. Document frequencies and average length are those of the whole index.
 */

import type { PostingList } from '../segment/posting-list.ts'
import { END } from '../segment/posting-list.ts'
import type { Segment } from '../segment/segment.ts'
import { type Leaf, type Plan, scoredLeaves } from './leaf.ts'
import {
  AllMatcher,
  AndMatcher,
  countBits,
  LeafMatcher,
  type Matcher,
  NoneMatcher,
  NotMatcher,
  OrMatcher,
  WINDOW,
} from './matcher.ts'
import { phrasePostings } from './phrase.ts'
import { type Candidate, Pool } from './pool.ts'
import { idf, lengthNorms } from './score.ts'

/** What scoring needs to know of the index as a whole. */
export interface Collection {
  readonly segments: readonly Segment[]
  readonly chunks: number
  /** Mean length of a chunk in tokens. */
  readonly averageLength: number
}

/** A leaf with its document frequency over all segments. */
export interface CountedLeaf {
  readonly leaf: Leaf
  readonly documentFrequency: number
  readonly idf: number
}

export interface Matches {
  readonly total: number
  /** Best first. */
  readonly pool: readonly Candidate[]
  /** The leaves that add to a score, in the order of `Candidate.frequencies`. */
  readonly leaves: readonly CountedLeaf[]
}

/** Evaluates the plan; keeps the best `poolSize` chunks. */
export async function match(collection: Collection, plan: Plan, poolSize: number): Promise<Matches> {
  const norms = lengthNorms(collection.averageLength)
  const trees = await Promise.all(collection.segments.map(segment => buildTree(segment, plan, norms)))
  const leaves = await countLeaves(collection, plan, trees)
  const pool = new Pool(poolSize)
  let total = 0
  let order = 0
  for (const [number, { root }] of trees.entries()) {
    const chunks = collection.segments[number]!.entry.chunks
    total += await matchSegment(root, { number, chunks, order }, pool, leaves)
    order += chunks
  }
  return { total, pool: pool.sorted(), leaves: [...leaves.values()] }
}

/** A segment's tree, and the matcher of each leaf in it. */
interface Tree {
  readonly root: Matcher
  readonly leaves: ReadonlyMap<Leaf, LeafMatcher>
}

async function buildTree(segment: Segment, plan: Plan, norms: Float64Array): Promise<Tree> {
  const leaves = new Map<Leaf, LeafMatcher>()
  const build = async (node: Plan): Promise<Matcher> => {
    switch (node.kind) {
      case 'leaf': {
        const matcher = await leafMatcher(segment, node.leaf, norms)
        leaves.set(node.leaf, matcher)
        return matcher
      }
      case 'and':
        return new AndMatcher(await all(node.children, build))
      case 'or':
        return new OrMatcher(await all(node.children, build))
      case 'not':
        return new NotMatcher(await build(node.include), await build(node.exclude))
      case 'all':
        return new AllMatcher(segment.entry.chunks)
      case 'none':
        return new NoneMatcher()
    }
  }
  return { root: await build(plan), leaves }
}

async function all<T, R>(items: readonly T[], then: (item: T) => Promise<R>): Promise<R[]> {
  return Promise.all(items.map(then))
}

async function leafMatcher(segment: Segment, leaf: Leaf, norms: Float64Array): Promise<LeafMatcher> {
  const groups = await all(leaf.groups, group =>
    all(group, async ({ term, weight }) => ({ postings: await segment.postings(term), weight })),
  )
  const present = groups.map(group =>
    group.filter((item): item is { postings: PostingList; weight: number } => item.postings !== undefined),
  )
  if (present.length === 1) return new LeafMatcher(leaf, present[0]!, norms)
  const fields = leaf.fieldWeights.map(weight => weight > 0)
  const lists = present.map(group => group.map(({ postings }) => postings))
  return new LeafMatcher(leaf, [{ postings: await phrasePostings(lists, fields), weight: 1 }], norms)
}

/** Counts each leaf over all segments and tells its matchers what it is worth. */
async function countLeaves(
  { chunks, segments }: Collection,
  plan: Plan,
  trees: readonly Tree[],
): Promise<Map<Leaf, CountedLeaf>> {
  const counted = new Map<Leaf, CountedLeaf>()
  for (const leaf of scoredLeaves(plan)) {
    let documentFrequency = 0
    for (const [number, tree] of trees.entries()) {
      documentFrequency += await tree.leaves.get(leaf)!.countAll(segments[number]!.entry.chunks)
    }
    const value = idf(documentFrequency, chunks)
    counted.set(leaf, { leaf, documentFrequency, idf: value })
    for (const tree of trees) tree.leaves.get(leaf)!.weight = value * leaf.boost
  }
  return counted
}

/** Evaluates one segment window by window; returns how many chunks match. */
async function matchSegment(
  root: Matcher,
  segment: { readonly number: number; readonly chunks: number; readonly order: number },
  pool: Pool,
  leaves: ReadonlyMap<Leaf, CountedLeaf>,
): Promise<number> {
  const places = new Map([...leaves.keys()].map((leaf, place) => [leaf, place]))
  let total = 0
  for (let start = await root.earliest(0); start < END; ) {
    const end = Math.min(start + WINDOW, segment.chunks)
    await root.evaluate(start, end)
    total += countBits(root.bits)
    for (let place = 0; place < end - start; place++) {
      if (root.bits[place >> 5] === 0) place |= 31
      else if (root.has(place) && pool.takes(root.scores[place]!, segment.order + start + place)) {
        const frequencies = new Float64Array(places.size)
        let length = 0
        root.contributions(place, (leaf, frequency, ofLength) => {
          frequencies[places.get(leaf)!] = frequency
          length = ofLength
        })
        const chunk = start + place
        const score = root.scores[place]!
        pool.add({ order: segment.order + chunk, segment: segment.number, chunk, score, length, frequencies })
      }
    }
    start = end < segment.chunks ? await root.earliest(end) : END
  }
  return total
}
