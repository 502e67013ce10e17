/**
 * The queries of speed, once for all engines. A query is `{ form, words }`; a form is `any` (of the words), `phrase`,
 * `near` (within three words), `prefix`, `not` (the first without the second), `fuzzy` or `regex`. Each engine puts it
 * into its own language and leaves out what it has no words for.
 */
import { readFileSync } from 'node:fs'
import { filesOf } from './corpus.mjs'
import { seeded } from './random.mjs'

/** One of each kind, for the documentation of Linux; on another corpus they are as rare or common as they are. */
export const MIXED = [
  query('rare word', 'any', 'seqlock'),
  query('two words', 'any', 'memory barrier'),
  query('common word', 'any', 'kernel'),
  query('common phrase', 'phrase', 'of the'),
  query('wildcard', 'prefix', 'a'),
  query('near', 'near', 'page table'),
  query('fuzzy', 'fuzzy', 'intrrupt'),
  query('regular expression', 'regex', 'mem.*y'),
  query('ten words', 'any', 'how does the kernel decide which page to reclaim first'),
  query('exclusion', 'not', 'kernel linux'),
  query('function words', 'any', 'the of and to'),
]

/** Queries of a sample, of each kind so many. */
const SAMPLE = { word: 60, 'two words': 50, phrase: 30, prefix: 20, exclusion: 20, sentence: 20 }

function query(kind, form, words) {
  return { kind, form, words: words.split(' ') }
}

/** As gleaner has it. */
export function gleanQuery({ form, words }) {
  const text = words.join(' ')
  const forms = {
    any: text,
    phrase: `"${text}"`,
    near: `"${text}"~3`,
    prefix: `${text}*`,
    not: words.join(' NOT '),
    fuzzy: `${text}~`,
    regex: `/^${text}$/`,
  }
  return forms[form]
}

/** Arguments of ripgrep that count the lines it would print: finding them is its work, printing them is not. */
export function ripgrepArguments({ form, words }) {
  const either = words.join('|')
  const patterns = {
    any: `\\b(${either})\\b`,
    phrase: `\\b${words.join(' ')}\\b`,
    prefix: `\\b${words[0]}\\w*`,
    regex: `\\b${words[0].replace('.*', '\\w*')}\\b`,
  }
  return patterns[form] && ['--ignore-case', '--count', patterns[form]]
}

/**
 * Two hundred queries of words as they stand in a corpus: drawn with a fixed seed, each from a place of some document,
 * so that common words come as often as they are written. In no special order.
 */
export function sampleQueries(corpus) {
  const random = seeded(7)
  const files = filesOf(corpus)
  const queries = []
  while (queries.length < Object.values(SAMPLE).reduce((sum, count) => sum + count)) {
    const text = readFileSync(files[random.below(files.length)], 'utf8')
    const words = text.slice(random.below(text.length)).match(/\b[a-zA-Z]{2,}\b/g)
    if (!words || words.length < 10) continue
    const kind = kindAt(queries.length)
    queries.push({
      kind,
      ...drawn(
        kind,
        words.slice(1).map(word => word.toLowerCase()),
        random,
      ),
    })
  }
  return shuffled(queries, random)
}

function kindAt(number) {
  let rest = number
  for (const [kind, count] of Object.entries(SAMPLE)) {
    if (rest < count) return kind
    rest -= count
  }
}

function drawn(kind, words, random) {
  const other = words[1 + random.below(8)]
  const queries = {
    word: { form: 'any', words: words.slice(0, 1) },
    'two words': { form: 'any', words: [words[0], other] },
    phrase: { form: 'phrase', words: words.slice(0, 2 + random.below(2)) },
    prefix: { form: 'prefix', words: [words[0].slice(0, 4)] },
    exclusion: { form: 'not', words: [words[0], other] },
    sentence: { form: 'any', words: words.slice(0, 8) },
  }
  return queries[kind]
}

function shuffled(items, random) {
  for (let at = items.length - 1; at > 0; at--) {
    const other = random.below(at + 1)
    ;[items[at], items[other]] = [items[other], items[at]]
  }
  return items
}
