/**
 * Does an excerpt show as much of the question as it could? For each hit every stretch of its passage that is as long as
 * the excerpt is looked at: the excerpt is best if none has more idf of distinct words of the question.
 */
import { stemsOf } from './bm25.mjs'

const DEPTH = 10

/** How many hits there are, and how many of their excerpts are best. `idf` comes from a baseline over the same texts. */
export async function excerptQuality(queries, ask, baseline) {
  let hits = 0
  let best = 0
  for (const { text } of queries) {
    for (const { excerpt, passage, matched } of await ask.hits(text, DEPTH)) {
      const wanted = new Set(matched.flatMap(stemsOf))
      const places = placesOf(passage, wanted)
      hits++
      const shown = weightOf(new Set(placesOf(excerpt, wanted).map(({ stem }) => stem)), baseline)
      if (shown >= bestWindow(places, excerpt.length, baseline) - 1e-9) best++
    }
  }
  return { hits, best }
}

/** Words of the question in a text: where they begin and end. */
function placesOf(text, wanted) {
  return [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].flatMap(({ 0: word, index }) => {
    const [stem] = stemsOf(word)
    return wanted.has(stem) ? [{ stem, start: index, end: index + word.length }] : []
  })
}

function bestWindow(places, length, baseline) {
  let best = 0
  for (const [at, { start }] of places.entries()) {
    const stems = new Set()
    for (let next = at; next < places.length && places[next].end <= start + length; next++)
      stems.add(places[next].stem)
    best = Math.max(best, weightOf(stems, baseline))
  }
  return best
}

function weightOf(stems, baseline) {
  return [...stems].reduce((sum, stem) => sum + baseline.idf(stem), 0)
}
