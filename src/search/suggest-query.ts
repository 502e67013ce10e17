/** A query to try instead: its absent words replaced by words the index has. Never one that finds nothing. */
import type { Dictionary } from '../segment/dictionary.ts'
import type { Segment } from '../segment/segment.ts'
import { type SuggestOptions, suggest } from './suggest.ts'

/** Absent words that are looked for under another spelling. */
const MOST_WORDS = 8

/** Characters of a word that can have been misspelt; what is longer is no word. */
const LONGEST = 64

/** Where spellings are looked for. */
export interface Spellings extends Pick<SuggestOptions, 'frequencyOf'> {
  readonly dictionaries: readonly Dictionary[]
}

/** The spellings of some segments. */
export function spellingsOf(segments: readonly Segment[]): Spellings {
  return {
    dictionaries: segments.map(({ dictionary }) => dictionary),
    frequencyOf: segments.every(({ isWhole }) => isWhole)
      ? undefined
      : (term: string) => frequencyIn(segments, term),
  }
}

/** `absent` are words of the query, lower-cased; `count` tells how many chunks another query finds. */
export async function suggestQuery(
  query: string,
  absent: readonly string[],
  { dictionaries, frequencyOf }: Spellings,
  count: (query: string) => Promise<number>,
): Promise<string | null> {
  let better = query
  for (const word of absent.slice(0, MOST_WORDS)) {
    if (word.length > LONGEST) continue
    const spelled = await suggest(dictionaries, word, { frequencyOf })
    if (spelled !== null) better = replaceWord(better, word, spelled)
  }
  return better !== query && (await count(better)) > 0 ? better : null
}

/** Chunks of the index that have a term. */
async function frequencyIn(segments: readonly Segment[], term: string): Promise<number> {
  let frequency = 0
  for (const segment of segments) {
    const information = await segment.dictionary.find(term)
    if (information) frequency += await segment.liveFrequency(information)
  }
  return frequency
}

/** Puts one word in the place of another, wherever that stands by itself and however it is capitalised. */
function replaceWord(query: string, word: string, other: string): string {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return query.replace(new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'giu'), () => other)
}
