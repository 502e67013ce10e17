/**
 * Stage 1: evaluates a plan over all segments. Gives the exact number of matching chunks and the pool, the best of
 * them by plain BM25. Document frequencies and average length are those of the whole index.
 */

import type { ChunkPlaces, DocumentOrder } from '../segment/document-order.ts'
import { POSTINGS_PER_BLOCK, PostingBlock } from '../segment/posting.ts'
import { END, PostingList } from '../segment/posting-list.ts'
import type { Segment } from '../segment/segment.ts'
import { countBits, WINDOW } from './bits.ts'
import { groupsOf, type Leaf, type Plan, scoredLeaves, type TermGroup } from './leaf.ts'
import { LeafMatcher, type WeightedPostings } from './leaf-matcher.ts'
import { AndMatcher, type Matcher, NoneMatcher, NotMatcher, OrMatcher, RangeMatcher } from './matcher.ts'
import { mergedPostings } from './merged-postings.ts'
import { patternPostings } from './phrase.ts'
import { type Candidate, Pool } from './pool.ts'
import { idf, lengthNorms } from './score.ts'

/** Groups of more terms than this have their short lists merged. */
const MANY_TERMS = 32

/** What scoring needs to know of the index as a whole. */
export interface Collection {
  readonly segments: readonly Segment[]
  readonly order: DocumentOrder
  readonly chunks: number
  /** Mean length of a chunk in tokens. */
  readonly averageLength: number
  /** How many chunks have a leaf, where the segments are a part of the index only. */
  readonly frequencyOf?: ((leaf: Leaf) => number) | undefined
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

/** Which chunks the pool keeps: the best, or the first in the order of the index. */
export type PoolOrder = 'score' | 'path'

/**
 * Evaluates the plan; keeps `poolSize` chunks, or all where that is undefined. In the order of the index the pool's
 * scores are 0.
 */
export async function match(
  collection: Collection,
  plan: Plan,
  poolSize: number | undefined,
  poolOrder: PoolOrder = 'score',
): Promise<Matches> {
  const norms = lengthNorms(collection.averageLength)
  const trees = await Promise.all(
    collection.segments.map((segment, number) => buildTree(segment, number, plan, norms)),
  )
  // A leaf alone need not be counted first: its idf scales all scores alike, and is known once all have been seen.
  const alone = plan.kind === 'leaf' && !collection.frequencyOf ? plan.leaf : undefined
  const counted = alone ? [] : await countLeaves(collection, plan, trees)
  if (alone) for (const { leaves } of trees) leaves.get(alone)!.setWorth(0, alone.boost)
  const most = trees.reduce((sum, { root }) => sum + root.estimate, 0)
  const capacity = Math.min(poolSize ?? collection.chunks, most, collection.chunks)
  const pool = new Pool(capacity, alone ? 1 : counted.length, Math.min(most, collection.chunks))
  let total = 0
  for (const [number, { root }] of trees.entries()) {
    const { chunks } = collection.segments[number]!.entry
    const places = collection.order.places(number)
    total += await matchSegment(root, { number, chunks, places, byPath: poolOrder === 'path' }, pool)
  }
  if (!alone) return { total, pool: pool.sorted(1), leaves: counted }
  const value = idf(total, collection.chunks)
  return { total, pool: pool.sorted(value), leaves: [{ leaf: alone, documentFrequency: total, idf: value }] }
}

/** A segment's tree, and the matcher of each leaf in it. */
interface Tree {
  readonly root: Matcher
  readonly leaves: ReadonlyMap<Leaf, LeafMatcher>
}

async function buildTree(segment: Segment, number: number, plan: Plan, norms: Float64Array): Promise<Tree> {
  const leaves = new Map<Leaf, LeafMatcher>()
  const live = () => new RangeMatcher(segment.live)
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
      case 'ranges':
        return new RangeMatcher(node.ranges[number] ?? [])
      case 'all':
        return live()
      case 'none':
        return new NoneMatcher()
    }
  }
  const root = await build(plan)
  return { root: segment.isWhole ? root : new AndMatcher([root, live()]), leaves }
}

async function all<T, R>(items: readonly T[], then: (item: T) => Promise<R>): Promise<R[]> {
  return Promise.all(items.map(then))
}

async function leafMatcher(segment: Segment, leaf: Leaf, norms: Float64Array): Promise<LeafMatcher> {
  const lists = new Map<TermGroup, readonly PostingList[]>()
  for (const group of groupsOf(leaf.pattern)) {
    if (leaf.pattern.kind === 'word') return new LeafMatcher(leaf, await unionOf(segment, group), norms)
    const found = await segment.dictionary.findAll(group.keys())
    const own = [...found.values()].map(information => segment.listOf(information))
    for (const list of own) list.prefetch(true)
    lists.set(group, own)
  }
  const fields = leaf.fieldWeights.map(weight => weight > 0)
  const postings = await patternPostings(leaf.pattern, group => lists.get(group)!, fields)
  return new LeafMatcher(leaf, [{ postings, weight: 1 }], norms)
}

/** The lists of a group's terms. Of very many terms the short lists are merged: each open list has its buffers. */
async function unionOf(segment: Segment, group: TermGroup): Promise<WeightedPostings[]> {
  const lists: WeightedPostings[] = []
  const short = new Map<number, PostingList[]>()
  const many = group.size > MANY_TERMS
  const shared = new PostingBlock()
  for (const [term, information] of await segment.dictionary.findAll(group.keys())) {
    const weight = group.get(term)!
    if (!many || PostingList.frequencyIn(information) > POSTINGS_PER_BLOCK) {
      const postings = segment.listOf(information)
      postings.prefetch()
      lists.push({ postings, weight })
    } else {
      const some = short.get(weight) ?? []
      some.push(segment.listOf(information, { postings: shared }))
      short.set(weight, some)
    }
  }
  for (const [weight, some] of short) lists.push({ postings: await mergedPostings(segment, some), weight })
  return lists
}

/** Counts each scored leaf over all segments, and tells its matchers its number and what it is worth. */
async function countLeaves(
  { chunks, segments, frequencyOf }: Collection,
  plan: Plan,
  trees: readonly Tree[],
): Promise<CountedLeaf[]> {
  const counted: CountedLeaf[] = []
  for (const leaf of scoredLeaves(plan)) {
    let documentFrequency = frequencyOf?.(leaf) ?? 0
    for (const [number, tree] of frequencyOf ? [] : trees.entries()) {
      const known = leaf.pattern.kind === 'word' ? leaf.pattern.frequencies?.[number] : undefined
      documentFrequency += await tree.leaves.get(leaf)!.countLive(segments[number]!, known)
    }
    const value = idf(documentFrequency, chunks)
    for (const tree of trees) tree.leaves.get(leaf)!.setWorth(counted.length, value * leaf.boost)
    counted.push({ leaf, documentFrequency, idf: value })
  }
  return counted
}

/** A segment as stage 1 walks it. */
interface SegmentExtent {
  readonly number: number
  readonly chunks: number
  readonly places: ChunkPlaces
  /** Whether the pool takes the first chunks, whatever they score. */
  readonly byPath: boolean
}

/** Evaluates one segment window by window; returns how many chunks match. */
async function matchSegment(root: Matcher, segment: SegmentExtent, pool: Pool): Promise<number> {
  let total = 0
  for (let start = await root.earliest(0); start < END; ) {
    const end = Math.min(start + WINDOW, segment.chunks)
    await root.evaluate(start, end)
    total += countBits(root.bits)
    fillPool(root, segment, start, pool)
    start = end < segment.chunks ? await root.earliest(end) : END
  }
  return total
}

/** Offers the matches of a window to the pool. Apart from the walk, which waits for reads: a loop that waits is slow. */
function fillPool(root: Matcher, { number, places, byPath }: SegmentExtent, start: number, pool: Pool): void {
  const { bits, scores } = root
  let { floor } = pool
  for (let word = 0; word < bits.length; word++) {
    let rest = bits[word]!
    while (rest !== 0) {
      const place = (word << 5) | (31 - Math.clz32(rest & -rest))
      rest &= rest - 1
      const score = byPath ? 0 : scores[place]!
      if (score < floor) continue
      const chunk = start + place
      const slot = pool.offer(score, places.placeOf(chunk), number, chunk)
      if (slot < 0) continue
      root.contribute(place, pool, slot)
      floor = pool.floor
    }
  }
}
