/**
 * The words of a cluster. The engine finds keywords and knows nothing of forms, patterns or misspellings; so each shard
 * has a table of its terms besides, under the stems of their languages. What stands there may have gone from the
 * documents since: how many chunks have a word is always asked of these.
 */

import { type Expansion, expandWith } from '../search/expansion.ts'
import type { Leaf, Pattern, Plan, TermGroup } from '../search/leaf.ts'
import type { Lookup } from '../search/lookup.ts'
import type { FuzzyNode, RegexNode, WildcardNode } from '../search/query.ts'
import { FIELD_WEIGHTS } from '../search/score.ts'
import { type FoundWord, weightOf } from '../search/words.ts'
import type { ByteSource } from '../segment/byte-source.ts'
import { ByteWriter } from '../segment/bytes.ts'
import { Dictionary } from '../segment/dictionary.ts'
import { DictionaryWriter } from '../segment/dictionary-writer.ts'
import { formKey } from '../segment/form-table.ts'
import { memoryFolder } from '../segment/memory-source.ts'
import { MemoryWriter } from '../segment/memory-writer.ts'
import { UnitFile } from '../segment/unit.ts'
import { fold } from '../text/fold.ts'
import type { Stemmer } from '../text/stem.ts'
import { tablesOf } from './address.ts'
import { Batch } from './batch.ts'
import { matchExpression } from './match-expression.ts'
import type { Answer, ClusterReader } from './reader.ts'
import { integer, keyword, literal } from './sql.ts'

/** Forms of one word; no word of any language has as many. */
const MOST_FORMS = 1000

/** Terms read at a time, where all of them are. */
const PAGE = 20_000

/** Terms of one group that are counted one by one. */
const MOST_COUNTED = 1000

/** Documents that one question may name. */
const MOST_DOCUMENTS = 100_000

const NAME = 'terms'

/** What is known of a leaf: chunks that have it, and of each of its terms. */
interface Counted {
  readonly total: number
  readonly byTerm: ReadonlyMap<string, number>
}

export class Vocabulary implements Omit<Lookup, 'paths'> {
  /** Servers that were silent when they were asked. */
  readonly silent = new Set<string>()
  readonly #reader: ClusterReader
  readonly #stemmers: ReadonlyMap<string, Stemmer>
  readonly #keep: (read: () => Promise<Dictionary>) => Promise<Dictionary>
  readonly #batch: Batch
  readonly #counted = new Map<string, Promise<Counted>>()

  /** `stemmers` are those whose forms count; `keep` keeps the dictionary of all terms from one query to the next. */
  constructor(
    reader: ClusterReader,
    stemmers: ReadonlyMap<string, Stemmer>,
    keep: (read: () => Promise<Dictionary>) => Promise<Dictionary>,
  ) {
    this.#reader = reader
    this.#stemmers = stemmers
    this.#keep = keep
    this.#batch = new Batch(async selects => {
      const answers = await reader.askAll(selects)
      for (const { silent } of answers) for (const server of silent) this.silent.add(server)
      return answers
    })
  }

  /** As words.ts has it: the word, and the terms that have a stem in common with it. */
  async word(word: string, exact: boolean): Promise<FoundWord> {
    const terms = new Set([word])
    const keys: string[] = []
    for (const [language, stem] of exact ? [] : this.#stemmers) {
      const key = formKey(word, stem)
      // The key may be a word itself, and then it is a form of its own.
      if (formKey(key, stem) === key) terms.add(key)
      keys.push(keyword(key, language.toUpperCase()))
    }
    for (const term of keys.length > 0 ? await this.#formsOf(keys) : []) terms.add(term)
    const folded = fold(word)
    const all = new Map([...terms].sort().map(term => [term, weightOf(term, word, folded)]))
    const group = await this.#alive(all)
    return { group, frequencies: [] }
  }

  async stands(pattern: Pattern): Promise<boolean> {
    return (await this.#count({ kind: 'leaf', leaf: leafOf(pattern) })).total > 0
  }

  /** How many chunks a plan matches. */
  async count(plan: Plan): Promise<number> {
    return (await this.#count(plan)).total
  }

  /** How many chunks have each of some leaves, and each of their terms. */
  async frequencies(leaves: readonly Leaf[]): Promise<Map<Leaf, Counted>> {
    const counted = leaves.map(async leaf => [leaf, await this.#count({ kind: 'leaf', leaf })] as const)
    return new Map(await Promise.all(counted))
  }

  async expand(
    node: WildcardNode | FuzzyNode | RegexNode,
    formsOf: (word: string) => Promise<TermGroup>,
  ): Promise<Expansion> {
    const { label, group } = await expandWith(node, [await this.dictionary()], formsOf)
    return { label, group: group && (await this.#alive(group)) }
  }

  /** All terms, as a dictionary that patterns are matched with; each as though in one chunk. Read once. */
  dictionary(): Promise<Dictionary> {
    return this.#keep(async () => dictionaryOf(await this.#readTerms()))
  }

  /** How many chunks have a term. */
  async frequencyOf(term: string): Promise<number> {
    return this.count({ kind: 'leaf', leaf: leafOf({ kind: 'word', group: new Map([[term, 1]]) }) })
  }

  /** How many chunks have each of some terms. */
  async frequenciesOf(terms: readonly string[]): Promise<Map<string, number>> {
    const group = new Map(terms.map(term => [term, 1]))
    const { byTerm } = await this.#count({ kind: 'leaf', leaf: leafOf({ kind: 'word', group }) })
    return new Map(terms.map(term => [term, byTerm.get(keyword(term)) ?? 0]))
  }

  /** The documents a plan matches, and how many chunks of each; those with the best chunk first. */
  async documents(plan: Plan): Promise<Map<bigint, number>> {
    const expression = matchExpression(plan)
    if (!expression) return new Map()
    const { chunks } = tablesOf(this.#reader.address)
    const { rows } = await this.#batch.ask(
      `SELECT doc, COUNT(*) n, WEIGHT() w FROM ${chunks} WHERE MATCH(${literal(expression.text)}) GROUP BY doc WITHIN GROUP ORDER BY w DESC ORDER BY w DESC, doc ASC LIMIT ${MOST_DOCUMENTS} OPTION max_matches=${MOST_DOCUMENTS}`,
    )
    return new Map(rows.map(({ doc, n }) => [BigInt(doc!), Number(n)]))
  }

  /** Those terms of a group that any chunk has. */
  async #alive(group: TermGroup): Promise<TermGroup> {
    // Of many words some are there; which of them are not makes no difference.
    if (group.size === 0 || group.size > MOST_COUNTED) return group
    const { byTerm } = await this.#count({ kind: 'leaf', leaf: leafOf({ kind: 'word', group }) })
    return new Map([...group].filter(([term]) => (byTerm.get(keyword(term)) ?? 0) > 0))
  }

  #count(plan: Plan): Promise<Counted> {
    const expression = matchExpression(plan)
    if (!expression) return Promise.resolve({ total: 0, byTerm: new Map() })
    const known = this.#counted.get(expression.text)
    if (known) return known
    const { chunks } = tablesOf(this.#reader.address)
    const match = literal(expression.text)
    const select = `SELECT id FROM ${chunks} WHERE MATCH(${match}) LIMIT 1 OPTION ranker=none, max_matches=1`
    const counted = this.#batch
      .ask(select)
      .then(({ total, frequencies }: Answer) => ({ total, byTerm: total > 0 ? frequencies : new Map() }))
    this.#counted.set(expression.text, counted)
    return counted
  }

  async #formsOf(keys: readonly string[]): Promise<string[]> {
    const { terms } = tablesOf(this.#reader.address)
    const { rows } = await this.#batch.ask(
      `SELECT term FROM ${terms} WHERE MATCH(${literal(`(${keys.join(' | ')})`)}) LIMIT ${MOST_FORMS} OPTION ranker=none, max_matches=${MOST_FORMS}`,
    )
    return rows.map(({ term }) => JSON.parse(term!) as string)
  }

  async #readTerms(): Promise<string[]> {
    const { terms: table } = tablesOf(this.#reader.address)
    const terms = new Set<string>()
    for (let last = 0n; ; ) {
      const { rows } = await this.#reader.ask(
        `SELECT id, term FROM ${table} WHERE id > ${integer(last)} AND letters > 0 ORDER BY id ASC LIMIT ${PAGE} OPTION max_matches=${PAGE}`,
      )
      for (const { term } of rows) terms.add(JSON.parse(term!) as string)
      if (rows.length < PAGE) return [...terms].sort()
      last = BigInt(rows.at(-1)!.id!)
    }
  }
}

/** A leaf that looks for a pattern in all fields. */
function leafOf(pattern: Pattern): Leaf {
  return { label: '', pattern, fieldWeights: FIELD_WEIGHTS, boost: 1 }
}

/** Terms in order as a dictionary in memory. */
async function dictionaryOf(terms: readonly string[]): Promise<Dictionary> {
  const table = new DictionaryWriter()
  const once = new ByteWriter(2)
  // As posting-writer.ts begins an entry: twice the chunks that have the term.
  once.varint(2)
  for (const term of terms) table.add(term, once.view())
  const out = new MemoryWriter(NAME)
  const root = table.finish(out)
  const bytes = out.finish()
  const source = (await memoryFolder({ [NAME]: bytes }, 'cluster').open(NAME)) as ByteSource
  return new Dictionary(new UnitFile(NAME, NAME, source, bytes.length), root)
}
