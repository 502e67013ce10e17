/**
 * Answers that fit a budget: whole paragraphs instead of excerpts, neighbours as one, as many as there is room for. For
 * readers who pay by the word.
 */
import { chunkHash } from '../segment/chunk-hash.ts'
import { type DocumentPassages, filePassages, type PassageRun, stretchText } from './document-passages.ts'
import { FreshnessCheck } from './freshness.ts'
import type { Index } from './index.ts'
import type { SearchOptions } from './options.ts'
import { citation } from './reference.ts'
import type { Hit, Range, SearchResult } from './result.ts'

/** UTF-8 bytes that count as one token. */
const TOKEN_BYTES = 4

/** Hits asked for at a time. */
const PAGE = 20

/** Hits that do not fit, one after the other, before the rest is not looked at any more. */
const PATIENCE = 10

/** Tries to cut the best passage so that it fits, where not even that one does. */
const CUTS = 4

/** A hit that has found room, or several that are neighbours in their document. */
interface Packed {
  hit: Hit
  tokens: number
  /** Its place among the passages of its document; unknown until another hit of the document comes. */
  run: PassageRun | undefined
}

/** Tokens of a hit: of its text and its citation, a token being four bytes of UTF-8. */
export function tokensOf({ excerpt, citation }: Pick<Hit, 'excerpt' | 'citation'>): number {
  return Math.ceil((Buffer.byteLength(excerpt) + Buffer.byteLength(citation)) / TOKEN_BYTES)
}

/**
 * Answers a query with whole passages, best first, of at most `budget` tokens together. Passages that follow each other
 * in a document are one hit. One too long for what is left is passed over, and counted where a later one still fits;
 * where none does, the best is cut. `limit` is a number of hits before they are joined; without it, only the budget counts.
 */
export async function searchWithin(
  index: Index,
  query: string,
  options: SearchOptions,
  budget: number,
): Promise<SearchResult> {
  const whole = { ...options, excerptLength: Number.MAX_SAFE_INTEGER }
  const most = options.limit ?? Number.MAX_SAFE_INTEGER
  const packer = new Packer(index, budget)
  let first: SearchResult | undefined
  for (let seen = 0; seen < most && !packer.full; seen += PAGE) {
    const limit = Math.min(PAGE, most - seen)
    const page = await index.search(query, { ...whole, limit, offset: (options.offset ?? 0) + seen })
    if (first === undefined) first = page
    else first.dropped += page.dropped
    for (const hit of page.hits) if (!packer.full) await packer.add(hit)
    if (page.hits.length < limit) break
  }
  const answer = first ?? (await index.search(query, { ...whole, limit: 0 }))
  if (packer.hits.length === 0 && answer.hits.length > 0) {
    const cut = await cutToFit(index, query, options, budget)
    if (cut) packer.take(cut)
  }
  const hits = packer.hits.map(({ hit, tokens }, place) => ({
    ...hit,
    rank: (options.offset ?? 0) + place + 1,
    tokens,
  }))
  // Where nothing fitted, all that was offered was too long.
  const passedOver = hits.length > 0 ? packer.passedOver : answer.hits.length
  return { ...answer, hits, budget: { tokens: budget, used: packer.used, passedOver } }
}

class Packer {
  readonly hits: Packed[] = []
  used = 0
  /** Hits that did not fit and are better than one that did. */
  passedOver = 0
  readonly #index: Index
  readonly #budget: number
  readonly #documents = new Map<string, Promise<DocumentPassages | undefined>>()
  /** Since the last one that fitted. */
  #missed = 0

  constructor(index: Index, budget: number) {
    this.#index = index
    this.#budget = budget
  }

  /** Whether there is no use in offering more. */
  get full(): boolean {
    return this.#missed >= PATIENCE || this.used >= this.#budget
  }

  /** Takes a hit if it fits, alone or joined to its neighbours. */
  async add(hit: Hit): Promise<void> {
    const { packed, instead } = await this.#joined(hit)
    const freed = instead.reduce((sum, { tokens }) => sum + tokens, 0)
    if (this.used - freed + packed.tokens > this.#budget) {
      this.#missed++
      return
    }
    this.passedOver += this.#missed
    this.#missed = 0
    this.used += packed.tokens - freed
    const [first, ...others] = instead
    if (first) this.hits[this.hits.indexOf(first)] = packed
    else this.hits.push(packed)
    for (const other of others) this.hits.splice(this.hits.indexOf(other), 1)
  }

  /** Takes a hit that is known to fit. */
  take(hit: Hit): void {
    const packed = alone(hit)
    this.hits.push(packed)
    this.used += packed.tokens
  }

  /** The hit with those packed ones that stand beside it, which it takes the place of. */
  async #joined(hit: Hit): Promise<{ packed: Packed; instead: Packed[] }> {
    const same = this.hits.filter(
      ({ hit: { index, path, state } }) => index === hit.index && path === hit.path && state === hit.state,
    )
    const document = same.length > 0 ? await this.#document(hit) : undefined
    if (!document) return { packed: alone(hit), instead: [] }
    for (const each of same) each.run ??= runOf(document, each.hit)
    const run = runOf(document, hit)
    if (!run) return { packed: alone(hit), instead: [] }
    const instead = same.filter(
      ({ run: [first, last] = [-9, -9] }) => first === run[1] + 1 || last === run[0] - 1,
    )
    if (instead.length === 0) return { packed: { ...alone(hit), run }, instead }
    const runs = [run, ...instead.map(each => each.run!)]
    const whole: PassageRun = [
      Math.min(...runs.map(([first]) => first)),
      Math.max(...runs.map(([, last]) => last)),
    ]
    const joined = joinedHit(document, whole, [...instead.map(each => each.hit), hit])
    return { packed: { hit: joined, tokens: tokensOf(joined), run: whole }, instead }
  }

  /** The document of a hit, as that was made: of the index, or of the file where that has changed. */
  #document(hit: Hit): Promise<DocumentPassages | undefined> {
    const key = JSON.stringify([hit.index, hit.path])
    const known = this.#documents.get(key)
    if (known) return known
    const document = documentOf(this.#index.memberOf(hit), hit.path, hit.state === 'changed')
    this.#documents.set(key, document)
    return document
  }
}

async function documentOf(
  index: Index,
  path: string,
  changed: boolean,
): Promise<DocumentPassages | undefined> {
  const { sourceRoot, rules, documents } = index
  if (changed && sourceRoot !== null) {
    const document = await new FreshnessCheck(sourceRoot, rules).documentOf(path)
    return document && filePassages(path, document)
  }
  const listed = await documents.find(path)
  return listed && index.passagesOf(listed)
}

function alone(hit: Hit): Packed {
  return { hit, tokens: tokensOf(hit), run: undefined }
}

/** The passage of a document that a hit is. */
function runOf({ passages, text }: DocumentPassages, hit: Hit): PassageRun | undefined {
  const at = passages.findIndex(
    ({ startLine, start, end }) => startLine === hit.startLine && text.slice(start, end) === hit.excerpt,
  )
  return at === -1 ? undefined : [at, at]
}

/** One hit of several that follow each other; the best of them, which comes first, lends what can be only once. */
function joinedHit(document: DocumentPassages, run: PassageRun, parts: readonly Hit[]): Hit {
  const [first, last] = run.map(at => document.passages[at]!)
  const excerpt = stretchText(document, ...run)
  const best = parts[0]!
  const highlights: Range[] = []
  let from = 0
  for (const part of [...parts].sort((a, b) => a.startLine - b.startLine || a.column - b.column)) {
    const at = excerpt.indexOf(part.excerpt, from)
    if (at === -1) continue
    for (const [start, end] of part.highlights) highlights.push([start + at, end + at])
    from = at + part.excerpt.length
  }
  const { startLine } = first!
  const { endLine } = last!
  return {
    ...best,
    startLine,
    endLine,
    heading: parts.reduce((one, other) => (other.startLine < one.startLine ? other : one)).heading,
    excerpt,
    highlights,
    matched: [...new Set(parts.flatMap(({ matched }) => matched))],
    citation: citation(best.path, startLine, endLine, chunkHash(excerpt)),
  }
}

/** The best hit with an excerpt instead of its whole text; undefined where the budget has no room for one. */
async function cutToFit(
  index: Index,
  query: string,
  options: SearchOptions,
  budget: number,
): Promise<Hit | undefined> {
  let excerptLength = budget * TOKEN_BYTES
  for (let cut = 0; cut < CUTS && excerptLength > 0; cut++) {
    const { hits } = await index.search(query, { ...options, limit: 1, excerptLength })
    const [hit] = hits
    if (!hit || tokensOf(hit) <= budget) return hit
    const room = budget * TOKEN_BYTES - Buffer.byteLength(hit.citation)
    const share = room / Math.max(Buffer.byteLength(hit.excerpt), 1)
    excerptLength = Math.floor(Math.min(excerptLength, hit.excerpt.length) * Math.min(share, 0.9))
  }
  return undefined
}
