/**
 * Words by which people ask, and that say little of what they ask for. In comes a language, out come its function words
 * with the question words among them, and its words about the request itself (I am interested in articles that
 * describe ...). Of a query only: no word of a document is left out of an index. Terms as the analyzer makes them.
 */
import { ENGLISH } from './english-words.ts'

/** Languages besides English that have lists (function-words.ts), by ISO 639-1 code. */
const LISTED = new Set(
  'ar az be bg ca cs da de eo es et fa fi fr ga hi hr hu id it lt lv mk mr ne nl no pl pt ro ru sk sl sr sv tr uk ur vi'.split(
    ' ',
  ),
)

/** What a language's words do in a query. */
export interface AskingWords {
  readonly functionWords: ReadonlySet<string>
  readonly requestWords: ReadonlySet<string>
  /** Whether there is a list of function words; without one, commonness has to tell. */
  readonly isListed: boolean
}

const known = new Map<string, Promise<AskingWords>>()

/** The lists of a language, an ISO 639-1 code; empty ones where there are none. */
export function askingWords(language: string): Promise<AskingWords> {
  const kept = known.get(language)
  if (kept) return kept
  const words = language === 'en' ? Promise.resolve(englishWords()) : otherWords(language)
  known.set(language, words)
  return words
}

function englishWords(): AskingWords {
  const functionWords = setOf(ENGLISH.functionWords, ENGLISH.furtherFunctionWords)
  for (const word of setOf(ENGLISH.noFunctionWords)) functionWords.delete(word)
  return { functionWords, requestWords: setOf(ENGLISH.requestWords), isListed: true }
}

async function otherWords(language: string): Promise<AskingWords> {
  if (!LISTED.has(language)) return { functionWords: new Set(), requestWords: new Set(), isListed: false }
  const { functionWords, requestWords } = (await import('./asking-lists.ts')).listsOf(language)
  return { functionWords: setOf(...functionWords), requestWords: setOf(requestWords), isListed: true }
}

function setOf(...lists: string[]): Set<string> {
  return new Set(lists.flatMap(list => list.split(/\s+/)).filter(word => word !== ''))
}
