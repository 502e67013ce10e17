/**
 * The language of a document, from the words it was indexed by: by their script where one language has it to itself,
 * else by counting function words. In come the tokens of a document, as clues (what each distinct term says is looked
 * up once), out comes an ISO 639-1 code, or '' where the words do not say: rather none than a wrong one, above all for
 * text that is mostly code.
 */
import { FUNCTION_WORDS } from './function-words.ts'
import {
  ARABIC,
  CYRILLIC,
  HAN,
  KANA,
  LATIN,
  SCRIPT_LANGUAGES,
  SPELLINGS,
  scriptOf,
  WORDS_PER_TOKEN,
} from './script.ts'

/** What a term says: its script, and the languages (numbers in LANGUAGES) that it is typical of. */
interface Clue {
  readonly script: number
  readonly languages: readonly number[]
  /** Whether English is one of them. */
  readonly ofEnglish: boolean
}

const LANGUAGES = Object.keys(FUNCTION_WORDS)
const ENGLISH = numberOf('en')
const languageScripts = LANGUAGES.map(language => scriptOf(FUNCTION_WORDS[language]!))
const languagesOf = SCRIPT_LANGUAGES.map((_, script) =>
  [...LANGUAGES.keys()].filter(language => languageScripts[language] === script),
)

/** Clue 0 says nothing. */
const clues: Clue[] = [{ script: 0, languages: [], ofEnglish: false }]
const scriptClues = SCRIPT_LANGUAGES.map((_, script) => (script === 0 ? 0 : addClue(script, [])))
const spellingClues = SPELLINGS.map(({ script, languages }) => addClue(script, languages.map(numberOf)))
const wordClues = functionWordClues()

function addClue(script: number, languages: readonly number[]): number {
  return clues.push({ script, languages, ofEnglish: languages.includes(ENGLISH) }) - 1
}

function numberOf(language: string): number {
  return LANGUAGES.indexOf(language)
}

function functionWordClues(): ReadonlyMap<string, number> {
  const languagesOf = new Map<string, number[]>()
  for (const [number, language] of LANGUAGES.entries()) {
    for (const word of FUNCTION_WORDS[language]!.split(/\s+/)) {
      const languages = languagesOf.get(word)
      if (!languages) languagesOf.set(word, [number])
      else if (!languages.includes(number)) languages.push(number)
    }
  }
  return new Map([...languagesOf].map(([word, of]) => [word, addClue(scriptOf(word), of)]))
}

/** What a term says about its document's language: a number for {@link LanguageCounter.add}, below 2^16. Pure. */
export function clueOf(term: string): number {
  const word = wordClues.get(term)
  if (word !== undefined) return word
  const script = scriptOf(term)
  if (script === CYRILLIC || script === ARABIC) {
    for (const [number, spelling] of SPELLINGS.entries())
      if (spelling.script === script && spelling.letters.test(term)) return spellingClues[number]!
  }
  return scriptClues[script]!
}

/** The language of a text given as its terms, an ISO 639-1 code or ''. */
export function languageOf(terms: Iterable<string>): string {
  const counter = new LanguageCounter()
  for (const term of terms) counter.add(clueOf(term))
  return counter.take()
}

/** Words, and share of all words, that another script than Latin must have to be a text's: a µ here and there is none. */
const LEAST_WORDS = 2
const LEAST_SHARE = 0.1
/** The share of function words in running text. */
const FUNCTION_WORD_RATE = 0.35
/** Of its function words, what the likeliest language must have more than the next. */
const LEAST_LEAD = 0.05
/** A text with this share of kana among its Han characters is Japanese. */
const KANA_SHARE = 0.1

/**
 * What words in Latin letters must show: function words, different ones (for other languages than English those that
 * are not English too: code has `for`, `over`, `in`), and their share of all words. English is what is around code.
 */
const ENGLISH_LEAST = { hits: 3, kinds: 3, share: 0.04 }
const OTHER_LEAST = { hits: 4, kinds: 3, share: 0.1 }

/** Counts the tokens of one document after another. */
export class LanguageCounter {
  readonly #counts = new Int32Array(clues.length)
  /** The clues that were met. */
  readonly #met: number[] = []
  /** Words of each script; tokens that are function words of each language, and how many different ones. */
  readonly #words = new Float64Array(SCRIPT_LANGUAGES.length)
  readonly #hits = new Int32Array(LANGUAGES.length)
  readonly #kinds = new Int32Array(LANGUAGES.length)

  /** Adds a token, by what {@link clueOf} says of its term. */
  add(clue: number): void {
    if (clue !== 0 && this.#counts[clue]!++ === 0) this.#met.push(clue)
  }

  /** The language of all tokens since it was last asked, an ISO 639-1 code or ''. Starts anew. */
  take(): string {
    const [words, hits, kinds] = [this.#words.fill(0), this.#hits.fill(0), this.#kinds.fill(0)]
    // In one order, whatever that of the text: sums of fractions depend on it.
    for (const clue of this.#met.sort((a, b) => a - b)) {
      const count = this.#counts[clue]!
      this.#counts[clue] = 0
      const { script, languages, ofEnglish } = clues[clue]!
      words[script]! += count * WORDS_PER_TOKEN[script]!
      for (const language of languages) {
        hits[language]! += count
        if (!ofEnglish || language === ENGLISH) kinds[language]!++
      }
    }
    this.#met.length = 0
    return decide(words, hits, kinds)
  }
}

/** From the words of each script and, for each language, the tokens that are its function words and their kinds. */
function decide(words: Float64Array, hits: Int32Array, kinds: Int32Array): string {
  const script = mainScript(words, hits)
  if (script === HAN) return words[KANA]! >= KANA_SHARE * (words[HAN]! + words[KANA]!) ? 'ja' : 'zh'
  const [best, second] = leaders(script, hits)
  if (best === undefined) return SCRIPT_LANGUAGES[script]!
  const language = LANGUAGES[best]!
  const count = hits[best]!
  if (script === LATIN) {
    const least = best === ENGLISH ? ENGLISH_LEAST : OTHER_LEAST
    if (count < least.hits || kinds[best]! < least.kinds || count < least.share * words[LATIN]!) return ''
  }
  return count - (second === undefined ? 0 : hits[second]!) > LEAST_LEAD * count ? language : ''
}

/**
 * The script with most prose; 0 for none. Latin words may be code in a text of another script: of them counts only as
 * much as their function words stand for.
 */
function mainScript(words: Float64Array, hits: Int32Array): number {
  const prose = words.slice()
  const [latin] = leaders(LATIN, hits)
  prose[LATIN] = Math.min(words[LATIN]!, hits[latin!]! / FUNCTION_WORD_RATE)
  prose[HAN]! += prose[KANA]!
  prose[KANA] = 0
  const script = prose.indexOf(Math.max(...prose))
  if (prose[script]! < LEAST_WORDS) return 0
  const all = words.reduce((sum, count) => sum + count, 0)
  return script === LATIN || prose[script]! >= LEAST_SHARE * all ? script : 0
}

/** Of the languages written in a script, the one with most hits and the next; none for a script of one language. */
function leaders(script: number, hits: Int32Array): number[] {
  let first: number | undefined
  let second: number | undefined
  for (const language of languagesOf[script]!) {
    if (first === undefined || hits[language]! > hits[first]!) [first, second] = [language, first]
    else if (second === undefined || hits[language]! > hits[second]!) second = language
  }
  return [first, second].filter(language => language !== undefined)
}
