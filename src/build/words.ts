/** What makes the words of a new index: the analyzer, and the stemmers of its form tables. */
import type { AnalyzerEntry } from '../segment/manifest.ts'
import { ANALYZER } from '../text/analyzer.ts'
import { STEMMERS, stemmerFor } from '../text/stem.ts'
import type { Stemmers } from './segment-builder.ts'

/** Languages that every segment has a form table for. */
const LANGUAGES = ['en']

/** The analyzer as the manifest declares it. */
export function analyzerEntry(): AnalyzerEntry {
  const stemmers = Object.fromEntries(LANGUAGES.map(language => [language, STEMMERS[language]!.id]))
  return { ...ANALYZER, stemmers }
}

/** The stemmers of the form tables to write. */
export async function buildStemmers(): Promise<Stemmers> {
  return new Map(
    await Promise.all(LANGUAGES.map(async language => [language, await stemmerFor(language)] as const)),
  )
}
