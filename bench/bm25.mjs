/**
 * Plain baselines: BM25 over whole texts. As it is: words as written but for case, no stems, no stop words; where a
 * script has no spaces between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese), overlapping pairs of characters are
 * words. As Anserini sets it for English: k1 0.9, b 0.4, stems (Porter's, here in his second version) and Lucene's 33
 * stop words.
 */
import { stem } from 'porter2'

/** A word, or a run of a script without spaces (the group). */
const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`
const RUN = new RegExp(`([${UNSPACED}][${UNSPACED}\\p{M}]*)|(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}])+`, 'gu')

const STOP_WORDS = new Set(
  `a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to
  was will with`.split(/\s+/),
)

/** Words of a text, in order. */
export function wordsOf(text) {
  const words = []
  for (const [word, unspaced] of text.normalize('NFKC').toLowerCase().matchAll(RUN)) {
    if (unspaced === undefined) words.push(word)
    else words.push(...pairs([...unspaced]))
  }
  return words
}

/** Stems of an English text but for stop words, in order. */
export function stemsOf(text) {
  return wordsOf(text)
    .filter(word => !STOP_WORDS.has(word))
    .map(word => (/^[a-z]+$/.test(word) ? stem(word) : word))
}

/** Anserini's setting. */
export const ANSERINI = { k1: 0.9, b: 0.4, termsOf: stemsOf }

function pairs(characters) {
  if (characters.length === 1) return characters
  return characters.slice(1).map((character, at) => characters[at] + character)
}

export class Bm25 {
  #ids = []
  #lengths = []
  /** Term -> document -> frequency. */
  #postings = new Map()
  #setting

  /** Indexes documents `{ id, text }`. */
  constructor(documents, setting = { k1: 1.2, b: 0.75, termsOf: wordsOf }) {
    this.#setting = setting
    for (const [document, { id, text }] of documents.entries()) {
      const terms = setting.termsOf(text)
      this.#ids.push(id)
      this.#lengths.push(terms.length)
      for (const term of terms) {
        if (!this.#postings.has(term)) this.#postings.set(term, new Map())
        const posting = this.#postings.get(term)
        posting.set(document, (posting.get(document) ?? 0) + 1)
      }
    }
  }

  /** Documents that have a term. */
  frequency(term) {
    return this.#postings.get(term)?.size ?? 0
  }

  /** Inverse document frequency of a term. */
  idf(term) {
    const frequency = this.frequency(term)
    return Math.log(1 + (this.#ids.length - frequency + 0.5) / (frequency + 0.5))
  }

  /** Ids of the best documents with any of the words, best first; a word asked twice counts twice. */
  search(query, limit) {
    const { k1, b, termsOf } = this.#setting
    const averageLength = this.#lengths.reduce((sum, length) => sum + length, 0) / this.#ids.length
    const scores = new Map()
    for (const term of termsOf(query)) {
      const idf = this.idf(term)
      for (const [document, frequency] of this.#postings.get(term) ?? []) {
        const norm = 1 - b + (b * this.#lengths[document]) / averageLength
        const score = (idf * frequency * (k1 + 1)) / (frequency + k1 * norm)
        scores.set(document, (scores.get(document) ?? 0) + score)
      }
    }
    return [...scores]
      .sort(([a, scoreA], [b, scoreB]) => scoreB - scoreA || a - b)
      .slice(0, limit)
      .map(([document]) => this.#ids[document])
  }
}
