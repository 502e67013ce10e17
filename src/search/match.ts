/**
 * Stage 1: evaluates a plan over all segments. Gives the exact number of matching chunks and the pool, the best of
 * them by plain BM25. Document frequencies and average length are those of the whole index.
 */

import type { ChunkPlaces, DocumentOrder } from '../segment/document-order.ts'
import { POSTINGS_PER_BLOCK, PostingBlock } from '../segment/posting.ts'
import { END, PostingList } from '../segment/posting-list.ts'
import type { Segment } from '../segment/segment.ts'
import { countBits, WINDOW, WORDS } from './bits.ts'
import { groupsOf, type Leaf, type Plan, scoredLeaves, type TermGroup } from './leaf.ts'
import { LeafMatcher, type WeightedPostings } from './leaf-matcher.ts'
import { AndMatcher, type Matcher, NoneMatcher, NotMatcher, OrMatcher, RangeMatcher } from './matcher.ts'
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
  /** Best first; where every word is wanted, those that have it before all others. */
  readonly pool: readonly Candidate[]
  /** The leaves that add to a score, in the order of `Candidate.frequencies`. */
  readonly leaves: readonly CountedLeaf[]
}

/** Which chunks the pool keeps: the best, or the first in the order of the index. */
export type PoolOrder = 'score' | 'path'

/**
 * Evaluates the plan; keeps `poolSize` chunks, or all where that is undefined. In the order of the index the pool's
 * scores are 0; else, with `everyWord`, no chunk is kept in place of one that has every word of the plan.
 */
export async function match(
  collection: Collection,
  plan: Plan,
  poolSize: number | undefined,
  poolOrder: PoolOrder = 'score',
  everyWord = false,
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
  const newPool = () => new Pool(capacity, alone ? 1 : counted.length, Math.min(most, collection.chunks))
  const pool = newPool()
  const words = everyWord && poolOrder === 'score' ? byWord(counted) : []
  const fullPool = words.length > 1 ? newPool() : undefined
  let total = 0
  for (const [number, { root, leaves }] of trees.entries()) {
    const { chunks } = collection.segments[number]!.entry
    const places = collection.order.places(number)
    const matchers = words.map(some => some.map(leaf => leaves.get(leaf)!))
    const [bits, others] = [new Uint32Array(WORDS), new Uint32Array(WORDS)]
    const full = fullPool && { pool: fullPool, words: matchers, bits, others }
    const extent = { number, chunks, places, byPath: poolOrder === 'path' }
    total += await matchSegment(root, extent, pool, full)
  }
  if (fullPool) {
    const best = [...fullPool.sorted(1), ...pool.sorted(1)].slice(0, capacity)
    return { total, pool: best, leaves: counted }
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
  const { patternPostings } = await import('./phrase.ts')
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
  if (short.size > 0) {
    const { mergedPostings } = await import('./merged-postings.ts')
    for (const [weight, some] of short) lists.push({ postings: await mergedPostings(segment, some), weight })
  }
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

/** The leaves of each word of the query: the parts of a run share its label. */
function byWord(counted: readonly CountedLeaf[]): Leaf[][] {
  const labels = new Set(counted.map(({ leaf }) => leaf.label))
  return [...labels].map(label => counted.flatMap(({ leaf }) => (leaf.label === label ? leaf : [])))
}

/** Where the chunks go that have every word. */
interface FullChunks {
  readonly pool: Pool
  /** For each word the matchers of its leaves. */
  readonly words: readonly (readonly Matcher[])[]
  /** Which chunks of the window have all of them, and which of those that match have not. */
  readonly bits: Uint32Array
  readonly others: Uint32Array
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
async function matchSegment(
  root: Matcher,
  segment: SegmentExtent,
  pool: Pool,
  full: FullChunks | undefined,
): Promise<number> {
  let total = 0
  for (let start = await root.earliest(0); start < END; ) {
    const end = Math.min(start + WINDOW, segment.chunks)
    await root.evaluate(start, end)
    total += countBits(root.bits)
    fillPools(root, segment, start, pool, full)
    start = end < segment.chunks ? await root.earliest(end) : END
  }
  return total
}

/** Offers the matches of a window to the pool they belong in. */
function fillPools(
  root: Matcher,
  segment: SegmentExtent,
  start: number,
  pool: Pool,
  full: FullChunks | undefined,
): void {
  if (full) {
    partFull(root.bits, full)
    offerAll(root, segment, start, full.bits, full.pool)
  }
  offerAll(root, segment, start, full?.others ?? root.bits, pool)
}

/** Parts what matches in a window by whether it has a leaf of every word of the query. */
function partFull(matches: Uint32Array, { words, bits, others }: FullChunks): void {
  bits.set(matches)
  for (const leaves of words) {
    for (let word = 0; word < WORDS; word++) {
      if (bits[word] === 0) continue
      let any = 0
      for (let leaf = 0; leaf < leaves.length; leaf++) any |= leaves[leaf]!.bits[word]!
      bits[word]! &= any
    }
  }
  for (let word = 0; word < WORDS; word++) others[word] = matches[word]! & ~bits[word]!
}

/** Offers some chunks of a window. Apart from the walk, which waits for reads: a loop that waits is slow. */
function offerAll(
  root: Matcher,
  { number, places, byPath }: SegmentExtent,
  start: number,
  bits: Uint32Array,
  pool: Pool,
): void {
  const { scores } = root
  let { floor } = pool
  for (let word = 0; word < WORDS; word++) {
    for (let rest = bits[word]!; rest !== 0; rest &= rest - 1) {
      const place = (word << 5) | (31 - Math.clz32(rest & -rest))
      const score = byPath ? 0 : scores[place]!
      if (score < floor) continue
      const chunk = start + place
      const slot = pool.offer(score, places.placeOf(chunk), number, chunk)
      if (slot >= 0) root.contribute(place, pool, slot)
      floor = pool.floor
    }
  }
}
