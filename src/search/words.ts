/** The terms of the dictionaries that stand for a word of the query: the word itself, and its forms. */
import { formKey } from '../segment/form-table.ts'
import type { Segment } from '../segment/segment.ts'
import { fold } from '../text/fold.ts'
import type { Stemmer } from '../text/stem.ts'
import type { TermGroup } from './leaf.ts'
import { liveForms, liveTerms } from './live-terms.ts'
import { FORM_WEIGHTS } from './score.ts'

export interface FoundWord {
  /** In order; empty where no dictionary has any. */
  readonly group: TermGroup
  /** For each segment the chunks that have any of the terms, where a form table tells. */
  readonly frequencies: readonly (number | undefined)[]
}

/** Looks a word up; with `exact` only itself, as it is written. */
export async function findWord(
  word: string,
  {
    segments,
    stemmers,
  }: { readonly segments: readonly Segment[]; readonly stemmers: ReadonlyMap<string, Stemmer> },
  exact: boolean,
): Promise<FoundWord> {
  const terms = new Set([word])
  const keys: { language: string; key: string }[] = []
  for (const [language, stem] of exact ? [] : stemmers) {
    const key = formKey(word, stem)
    // The key may be a word itself, and then it is a form of its own; a table has no entry for it alone.
    if (formKey(key, stem) === key) terms.add(key)
    keys.push({ language, key })
  }
  // Most forms of a word stand close to it: where reading takes long, that begins before they are known.
  for (const { dictionary } of segments) dictionary.prefetchKeys(terms).catch(() => {})
  const tables = await Promise.all(
    keys.flatMap(({ language, key }) =>
      segments.map(async (each, segment) => ({ language, segment, ...(await each.forms(language, key)) })),
    ),
  )
  for (const { language, segment, terms: forms } of tables) {
    for (const term of await liveForms(segments[segment]!, language, forms)) terms.add(term)
  }
  const sorted = [...terms].sort()
  await Promise.all(segments.map(({ dictionary }) => dictionary.prefetchKeys(sorted)))
  const live = new Set(await liveTerms(segments, sorted))
  const folded = fold(word)
  const group = new Map<string, number>()
  for (const term of sorted) if (live.has(term)) group.set(term, weightOf(term, word, folded))
  const present = await Promise.all(segments.map(({ dictionary }) => dictionary.findAll(group.keys())))
  return {
    group,
    frequencies: present.map((found, segment) =>
      frequencyIn(
        found,
        group,
        tables.filter(table => table.segment === segment),
      ),
    ),
  }
}

/** What an occurrence of a term counts for a word; `folded` is the word folded. */
export function weightOf(term: string, word: string, folded: string): number {
  const { same, folded: sameFold, form } = FORM_WEIGHTS
  return term === word ? same : fold(term) === folded ? sameFold : form
}

/** What the table says that has all the terms the segment has, and no other. */
function frequencyIn(
  found: ReadonlyMap<string, Uint8Array>,
  group: TermGroup,
  tables: readonly { terms: readonly string[]; documentFrequency: number | undefined }[],
): number | undefined {
  return tables.find(
    ({ terms }) =>
      [...found.keys()].every(term => terms.includes(term)) && terms.every(term => group.has(term)),
  )?.documentFrequency
}
