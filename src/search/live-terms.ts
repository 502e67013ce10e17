/**
 * The terms that still stand somewhere. A segment's dictionary and form tables are as they were written; of its
 * documents some may have been replaced or removed since, and what stood in those alone is no word of the index.
 */
import { countIn } from '../segment/posting-list.ts'
import type { Segment } from '../segment/segment.ts'

/** Those of some terms that stand in a chunk of the index, in their order. */
export async function liveTerms(segments: readonly Segment[], terms: readonly string[]): Promise<string[]> {
  const live = new Set<string>()
  for (const segment of segments) {
    const found = await segment.dictionary.findAll(terms.filter(term => !live.has(term)))
    for (const [term, information] of found) if (await segment.isLive(information)) live.add(term)
  }
  return terms.filter(term => live.has(term))
}

/** The same for terms that the dictionaries are known to have: nothing is looked up where nothing was deleted. */
export async function stillThere(
  segments: readonly Segment[],
  terms: readonly string[],
): Promise<readonly string[]> {
  return segments.every(({ isWhole }) => isWhole) ? terms : liveTerms(segments, terms)
}

/**
 * Those of the terms of a form table that it would still have if the segment were written anew. The table of English is
 * made of all words, those of other languages of the words of their documents alone.
 */
export async function liveForms(
  segment: Segment,
  language: string,
  terms: readonly string[],
): Promise<readonly string[]> {
  if (segment.isWhole || language === 'en' || terms.length === 0) return terms
  const live: string[] = []
  for (const [term, information] of await segment.dictionary.findAll(terms)) {
    if (await standsIn(segment, language, information)) live.push(term)
  }
  return live
}

/** Whether a term stands in a document of a language. The first that has it nearly always is one. */
async function standsIn(segment: Segment, language: string, information: Uint8Array): Promise<boolean> {
  // A term that no deleted chunk has stands where it stood when the table was made.
  if ((await countIn(segment.listOf(information), segment.deleted)) === 0) return true
  const list = segment.listOf(information)
  for (const [start, end] of segment.live) {
    for (let there = await list.seek(start); there; there = await list.next()) {
      const { chunks, size } = list.block
      for (let at = 0; at < size && chunks[at]! < end; at++) {
        if (chunks[at]! >= start && (await segment.rows.ofChunk(chunks[at]!)).language === language)
          return true
      }
      if (chunks[size - 1]! >= end - 1) break
    }
  }
  return false
}
