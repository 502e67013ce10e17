/** What a run of tokens typed together is, and what it is matched by where it stands nowhere whole. */
import { classOf, SOLO, SOLO_MARK } from '../text/character.ts'

/** Scripts whose characters say little in pairs: of them three together. By first and last code point. */
const TRIPLE_SCRIPTS = [
  [0x0e00, 0x0eff], // Thai, Lao
  [0x1000, 0x109f], // Myanmar
  [0x1780, 0x17ff], // Khmer
] as const

/**
 * The parts of a run: words singly; characters of scripts without spaces in overlapping pairs (of some, triples), or
 * singly where a character stands alone among words.
 */
export function runParts(terms: readonly string[]): string[][] {
  const parts: string[][] = []
  for (let at = 0; at < terms.length; ) {
    if (!isSolo(terms[at]!)) {
      parts.push([terms[at++]!])
      continue
    }
    let end = at
    while (end < terms.length && isSolo(terms[end]!)) end++
    const size = Math.min(terms.slice(at, end).every(isTriple) ? 3 : 2, end - at)
    for (let first = at; first + size <= end; first++) parts.push(terms.slice(first, first + size))
    at = end
  }
  return parts
}

/** Characters of a script without spaces from which a run is a sentence rather than a word. */
const SENTENCE = 5

/** Whether a run is several words of a script without spaces, which no one typed together on purpose. */
export function isSentence(terms: readonly string[]): boolean {
  return terms.length >= SENTENCE && terms.every(isSolo)
}

/** Whether a term is one character of a script written without spaces. */
export function isSolo(term: string): boolean {
  const character = classOf(term.codePointAt(0)!)
  return character === SOLO || character === SOLO_MARK
}

function isTriple(term: string): boolean {
  const point = term.codePointAt(0)!
  return TRIPLE_SCRIPTS.some(([first, last]) => point >= first && point <= last)
}
