/**
 * What makes the words of an index: the analyzer, and the languages whose word forms it has tables of. These are
 * settled for the index as a whole, from the languages of all its documents, so that its answers do not depend on how
 * it is cut into segments.
 */
import type { AnalyzerEntry } from '../segment/manifest.ts'
import { ANALYZER } from '../text/analyzer.ts'
import { STEMMERS, stemmerFor } from '../text/stem.ts'
import type { Stemmers } from './segment-writer.ts'

/** Languages that every index has a form table for. */
const ALWAYS: readonly string[] = ['en']

/** A language has a form table where one document of so many is written in it. */
const ONE_IN = 100

/**
 * The languages of an index's form tables, in order of code: those always there, and each that has a stemmer and at
 * least one per cent of the documents. The counts are by ISO 639-1 code; documents of no known language have none.
 */
export function formLanguages(
  documentsByLanguage: Readonly<Record<string, number>>,
  documents: number,
): string[] {
  const common = Object.entries(documentsByLanguage)
    .filter(
      ([language, count]) => Object.hasOwn(STEMMERS, language) && count > 0 && count * ONE_IN >= documents,
    )
    .map(([language]) => language)
  return [...new Set([...ALWAYS, ...common])].sort()
}

/** The analyzer as the manifest declares it, with the stemmers of these languages (codes of STEMMERS, in order). */
export function analyzerEntry(languages: readonly string[] = ALWAYS): AnalyzerEntry {
  const stemmers = Object.fromEntries(languages.map(language => [language, STEMMERS[language]!.id]))
  return { ...ANALYZER, stemmers }
}

/** The stemmers of the form tables to write, in the same order. Throws `unknown-analyzer` for other languages. */
export async function buildStemmers(languages: readonly string[] = ALWAYS): Promise<Stemmers> {
  return new Map(
    await Promise.all(languages.map(async language => [language, await stemmerFor(language)] as const)),
  )
}
