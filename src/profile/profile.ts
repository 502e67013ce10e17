/**
 * The lexical profile of a document, of some documents, or of a whole index: how many words, how long its sentences are,
 * which words are its commonest, which are typical of it against the rest, and how hard it is to read. Everything comes
 * from the index; no file is looked at.
 */
import { pathFilter } from '../crawl/path-filter.ts'
import type { Metadata } from '../document/document.ts'
import { indexedDocument } from '../document/read.ts'
import { GleanError } from '../errors.ts'
import type { Index } from '../search/index.ts'
import type { ListedDocument } from '../segment/document-list.ts'
import { readMarks } from '../segment/mark-string.ts'
import { PostingBlock } from '../segment/posting.ts'
import { Counts } from './counts.ts'
import { logLikelihood } from './keyness.ts'
import { occurrences } from './occurrences.ts'
import { type Readability, readabilityOf } from './readability.ts'
import { syllableCounter } from './syllables.ts'

/** A lexical profile: what `glean stats PATH --json` prints. */
export interface LexicalProfile {
  schema: 'gleaner.profile/1'
  /** As the index was named. */
  index: string
  /** The path or glob that was asked for; null for the whole index. */
  of: string | null
  /** Title of the document; only of one. */
  title?: string
  documents: number
  /** Documents by language, '' where it could not be told. */
  languages: Record<string, number>
  tokens: number
  /** Different tokens. */
  types: number
  /** Types divided by tokens, to four decimals; null without tokens. */
  typeTokenRatio: number | null
  /** Of running text: without titles, headings and code. */
  sentences: number
  /** Tokens of a sentence on average, to two decimals; null without sentences. */
  meanSentenceLength: number | null
  readability: Readability
  /** What the document's own metadata says of these figures; null where it says nothing. */
  claims: Claims | null
  commonest: WordCount[]
  /** Against the other documents of the index, most typical first; null where there are none. */
  typical: TypicalWord[] | null
}

/** Figures a document gives of itself, in a Fact Box as a rule. */
export interface Claims {
  tokens?: number
  types?: number
  typeTokenRatio?: number
  sentences?: number
  /** Of readability; by which formula it does not say. */
  level?: number
}

export interface WordCount {
  word: string
  count: number
}

export interface TypicalWord extends WordCount {
  /** Occurrences in the other documents. */
  elsewhere: number
  /** Dunning's log-likelihood ratio. */
  logLikelihood: number
}

export interface ProfileOptions {
  /** Words of each list at the most; 20 where left out. */
  readonly limit?: number | undefined
  /** Told after each document how many were read, and the UTF-16 units of their text; waited for. */
  readonly onDocument?: ((documents: number, units: number) => void | Promise<void>) | undefined
}

/** The ratio below which a word's rate may as well be chance: once in twenty. */
const LEAST_LIKELIHOOD = 3.84

/** Keys of metadata that are claims. */
const CLAIM_KEYS: readonly (readonly [keyof Claims, readonly string[]])[] = [
  ['tokens', ['tokens', 'words']],
  ['types', ['types']],
  ['typeTokenRatio', ['ttr']],
  ['sentences', ['sentences']],
  ['level', ['level']],
]

/**
 * The profile of the document at a path, of the documents that a glob matches, or of all. Reads their text. Throws
 * `not-found` where there is none.
 */
export async function lexicalProfile(
  index: Index,
  of: string | null,
  { limit = 20, onDocument }: ProfileOptions = {},
): Promise<LexicalProfile> {
  const counts = new Counts(syllableCounter())
  const languages: Record<string, number> = {}
  let one: { title: string; metadata: Metadata } | undefined
  let units = 0
  for await (const listed of documentsOf(index, of)) {
    const row = await index.segments[listed.segment]!.rows.row(listed.document)
    const text = await index.segments[listed.segment]!.text.text(row.place, row.place + row.length)
    counts.add(indexedDocument(row, readMarks(row.marks), text), row.language)
    languages[row.language] = (languages[row.language] ?? 0) + 1
    one = counts.documents === 1 ? row : undefined
    units += text.length
    await onDocument?.(counts.documents, units)
  }
  const { tokens, terms, sentences, sentenceTokens, documents } = counts
  return {
    schema: 'gleaner.profile/1',
    index: index.location,
    of,
    ...(one ? { title: one.title } : {}),
    documents,
    languages,
    tokens,
    types: terms.size,
    typeTokenRatio: ratio(terms.size, tokens, 4),
    sentences,
    meanSentenceLength: ratio(sentenceTokens, sentences, 2),
    readability: readabilityOf(counts.english, counts.spaced),
    claims: one ? claimsOf(one.metadata) : null,
    commonest: commonest(terms, limit),
    typical: await typicalWords(index, counts, limit),
  }
}

async function* documentsOf(index: Index, of: string | null): AsyncGenerator<ListedDocument> {
  const named = of === null ? undefined : await index.documents.find(of)
  if (named) {
    yield named
    return
  }
  const filter = of === null ? undefined : pathFilter([of], [])
  let found = of === null
  for await (const listed of index.documents.from()) {
    if (filter && !filter.includes(listed.path)) continue
    found = true
    yield listed
  }
  if (found) return
  throw new GleanError(
    'not-found',
    `${index.location} has no document ${of}; give a path as glean search --json has it, or a glob: 'notes/*.md'`,
  )
}

function ratio(part: number, whole: number, decimals: number): number | null {
  return whole === 0 ? null : Number((part / whole).toFixed(decimals))
}

function claimsOf(metadata: Metadata): Claims | null {
  const claims: Claims = {}
  for (const [claim, keys] of CLAIM_KEYS) {
    const value = keys.map(key => metadata[key]).find(own => typeof own === 'number')
    if (typeof value === 'number') claims[claim] = value
  }
  return Object.keys(claims).length > 0 ? claims : null
}

function commonest(terms: ReadonlyMap<string, number>, limit: number): WordCount[] {
  return [...terms]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, limit)
    .map(([word, count]) => ({ word, count }))
}

/** The words that are commoner here than in the rest of the index by more than chance. */
async function typicalWords(index: Index, counts: Counts, limit: number): Promise<TypicalWord[] | null> {
  const { documents, tokens } = index.manifest.totals
  const otherTokens = tokens - counts.tokens
  if (counts.documents >= documents || otherTokens <= 0 || counts.tokens === 0) return null
  const words = [...counts.terms.keys()].sort()
  const everywhere = await frequencies(index, words)
  const typical: TypicalWord[] = []
  for (const [word, count] of counts.terms) {
    const elsewhere = Math.max(0, everywhere.get(word)! - count - (counts.parts.get(word) ?? 0))
    if (count < 2 || count / counts.tokens <= elsewhere / otherTokens) continue
    const likelihood = logLikelihood(count, counts.tokens, Math.min(elsewhere, otherTokens), otherTokens)
    if (likelihood >= LEAST_LIKELIHOOD)
      typical.push({ word, count, elsewhere, logLikelihood: Number(likelihood.toFixed(3)) })
  }
  return typical
    .sort((a, b) => b.logLikelihood - a.logLikelihood || (a.word < b.word ? -1 : 1))
    .slice(0, limit)
}

/** Occurrences of each word in the whole index. */
async function frequencies(index: Index, words: readonly string[]): Promise<Map<string, number>> {
  const sums = new Map(words.map(word => [word, 0]))
  const block = new PostingBlock()
  for (const segment of index.segments) {
    for (const [word, information] of await segment.dictionary.findAll(words))
      sums.set(word, sums.get(word)! + (await occurrences(segment, information, block)))
  }
  return sums
}
