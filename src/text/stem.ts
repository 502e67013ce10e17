/**
 * Stemmers: what the forms of a word have in common, by language. In comes a term of the analyzer, out its stem, which
 * is a key and no word. Used for form tables and queries only; the dictionary never holds stems. Each language is
 * loaded when it is first asked for, so that a query pays for no other.
 */
import { GleanError } from '../errors.ts'
import { loadSnowball, SNOWBALL } from './snowball.ts'

/** The stem of a term; the term itself where the language's rules say nothing about it. Pure, never empty. */
export type Stemmer = (term: string) => string

interface StemmerEntry {
  /** Algorithm, package and version, as the manifest names it: another one makes other keys. */
  readonly id: string
  readonly load: () => Promise<Stemmer>
}

/** By ISO 639-1 code, in order. */
export const STEMMERS: Readonly<Record<string, StemmerEntry>> = stemmers()

function stemmers(): Record<string, StemmerEntry> {
  const entries: [string, StemmerEntry][] = Object.entries(SNOWBALL).map(([language, snowball]) => [
    language,
    {
      id: `snowball-${snowball.algorithm} @orama/stemmers 3.1.18`,
      load: () => loadSnowball(snowball),
    },
  ])
  entries.push([
    'en',
    { id: 'porter2 porter2 1.1.0', load: async () => (await import('./english.ts')).stemEnglish },
  ])
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The stemmer of a language, an ISO 639-1 code of {@link STEMMERS}. Throws `unknown-analyzer` for any other. */
export async function stemmerFor(language: string): Promise<Stemmer> {
  const entry = Object.hasOwn(STEMMERS, language) ? STEMMERS[language] : undefined
  if (entry === undefined) {
    const known = Object.keys(STEMMERS).join(', ')
    throw new GleanError('unknown-analyzer', `no stemmer for language "${language}"; there are: ${known}`)
  }
  return entry.load()
}

/** The stemmers of some languages, by language. */
export async function stemmersFor(languages: readonly string[]): Promise<ReadonlyMap<string, Stemmer>> {
  return new Map(
    await Promise.all(languages.map(async language => [language, await stemmerFor(language)] as const)),
  )
}
