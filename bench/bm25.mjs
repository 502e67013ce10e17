/**
 * A plain baseline: BM25 over whole texts, words as written but for case, no stems, no stop words. Where a script has
 * no spaces between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese), overlapping pairs of characters are words.
 */
const K1 = 1.2
const B = 0.75

/** A word, or a run of a script without spaces (the group). */
const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`
const RUN = new RegExp(`([${UNSPACED}][${UNSPACED}\\p{M}]*)|(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}])+`, 'gu')

/** Words of a text, in order. */
export function wordsOf(text) {
  const words = []
  for (const [word, unspaced] of text.normalize('NFKC').toLowerCase().matchAll(RUN)) {
    if (unspaced === undefined) words.push(word)
    else words.push(...pairs([...unspaced]))
  }
  return words
}

function pairs(characters) {
  if (characters.length === 1) return characters
  return characters.slice(1).map((character, at) => characters[at] + character)
}

export class Bm25 {
  #ids = []
  #lengths = []
  /** Word -> document -> frequency. */
  #postings = new Map()

  /** Indexes documents `{ id, text }`. */
  constructor(documents) {
    for (const [document, { id, text }] of documents.entries()) {
      const words = wordsOf(text)
      this.#ids.push(id)
      this.#lengths.push(words.length)
      for (const word of words) {
        if (!this.#postings.has(word)) this.#postings.set(word, new Map())
        const posting = this.#postings.get(word)
        posting.set(document, (posting.get(document) ?? 0) + 1)
      }
    }
  }

  /** Ids of the best documents with any of the words, best first; a word asked twice counts twice. */
  search(query, limit) {
    const count = this.#ids.length
    const averageLength = this.#lengths.reduce((sum, length) => sum + length, 0) / count
    const scores = new Map()
    for (const word of wordsOf(query)) {
      const posting = this.#postings.get(word) ?? new Map()
      const idf = Math.log(1 + (count - posting.size + 0.5) / (posting.size + 0.5))
      for (const [document, frequency] of posting) {
        const norm = 1 - B + (B * this.#lengths[document]) / averageLength
        const score = (idf * frequency * (K1 + 1)) / (frequency + K1 * norm)
        scores.set(document, (scores.get(document) ?? 0) + score)
      }
    }
    return [...scores]
      .sort(([a, scoreA], [b, scoreB]) => scoreB - scoreA || a - b)
      .slice(0, limit)
      .map(([document]) => this.#ids[document])
  }
}
