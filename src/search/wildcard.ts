/**
 * The terms a wildcard stands for: `*` is any run of characters, an empty one too, `?` exactly one code point, and all
 * else itself. What is typed is brought into the form of terms first; a wildcard that spans a character no term holds
 * (a hyphen, a space) stands for none.
 */
import type { Dictionary } from '../segment/dictionary.ts'
import { forEachToken, TERM_LIMIT } from '../text/analyzer.ts'
import { type Pattern, PatternMatcher } from './automaton.ts'
import { matchingTerms } from './term-scan.ts'

const ANY: Pattern = { kind: 'character', test: () => true }
const ANY_RUN: Pattern = { kind: 'repeat', child: ANY, least: 0, most: Number.POSITIVE_INFINITY }

/**
 * The terms that match `pattern` as a whole, in the order of a dictionary: thousands for `a*`. Reads only the part of
 * the dictionaries that begins as the pattern does.
 */
export async function expandWildcard(
  dictionaries: readonly Dictionary[],
  pattern: string,
): Promise<string[]> {
  // Several stars in a row are one.
  const pieces = pattern.split(/(\*+|\?)/)
  const parts = pieces.flatMap(piece => {
    if (piece === '?') return ANY
    return piece.startsWith('*') ? ANY_RUN : [...termForm(piece)].map(literal)
  })
  // No term is so long; and no pattern that is typed or pasted in builds an automaton of its size.
  if (parts.filter(part => part !== ANY_RUN).length > TERM_LIMIT) return []
  const matcher = new PatternMatcher({ kind: 'sequence', parts })
  return matchingTerms(dictionaries, termForm(pieces[0]!), matcher)
}

/** Literal text as it would stand in a term: as the analyzer has it, where it makes one token of it. */
function termForm(text: string): string {
  const tokens: string[] = []
  let covered = 0
  forEachToken(text, 0, text.length, (term, start, end) => {
    tokens.push(term)
    covered += end - start
  })
  if (tokens.length === 1 && covered === text.length) return tokens[0]!
  // Parts of words the analyzer would not take by themselves: the 's of dog's, the .1 of 10.1. By character, because
  // the analyzer has one small sigma only, whatever it ends.
  const lower = Array.from(text.normalize('NFKC'), character => character.toLowerCase()).join('')
  return lower.normalize('NFKC')
}

function literal(character: string): Pattern {
  const wanted = character.codePointAt(0)
  return { kind: 'character', test: point => point === wanted, literal: character }
}
