/**
 * Stemmers: what the forms of a word have in common, by language. In comes a term of the analyzer, out its stem, which
 * is a key and no word. Used for form tables and queries only; the dictionary never holds stems. Each language is
 * in a file of its own, loaded when it is first asked for, so that a query pays for no other.
 */
import { GleanError } from '../errors.ts'

/** The stem of a term; the term itself where the language's rules say nothing about it. Pure. */
export type Stemmer = (term: string) => string

interface StemmerEntry {
  /** Algorithm, package and version, as the manifest names it: another one makes other keys. */
  readonly id: string
  readonly load: () => Promise<Stemmer>
}

/** By ISO 639-1 code. */
export const STEMMERS: Readonly<Record<string, StemmerEntry>> = {
  en: {
    id: 'porter2 porter2 1.1.0',
    load: async () => (await import('./english.ts')).stemEnglish,
  },
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
