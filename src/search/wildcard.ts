/**
 * The terms a wildcard stands for: `*` is any run of characters, an empty one too, `?` exactly one code point, and all
 * else itself, with marks or without, as in plain words: `strass*` and `stras?e` are straße, too. What is typed is brought
 * into the form of terms first; a wildcard that spans a character no term holds (a hyphen, a space) stands for none.
 */
import type { Dictionary } from '../segment/dictionary.ts'
import { forEachToken, TERM_LIMIT } from '../text/analyzer.ts'
import { isApostrophe } from '../text/character.ts'
import { fold, isFoldedMark, takesMarks } from '../text/fold.ts'
import type { Reading } from './alphabet.ts'
import { type Pattern, PatternMatcher } from './automaton.ts'
import { variantsOf } from './fold-variants.ts'
import { matchingTerms } from './term-scan.ts'

const ANY: Pattern = { kind: 'character', test: () => true }
const ANY_RUN: Pattern = { kind: 'repeat', child: ANY, least: 0, most: Number.POSITIVE_INFINITY }

/** A character as what it folds to, and marks as nothing. */
const FOLDED: Reading = {
  lettersOf: point => {
    const character = String.fromCodePoint(point)
    const folded = fold(character)
    return folded === character ? [] : Array.from(folded, letter => letter.codePointAt(0)!)
  },
  takesMarks,
  isMark: isFoldedMark,
}

/** Characters that none that folding changes, or drops, stands before or behind. */
const [FIRST_FOLDED, LAST_FOLDED] = ['\u00c0', '\ufe2f']

/** Marks that folding drops: blocks of them. */
const MARKS = [
  ['\u0300', '\u036f'],
  ['\u1ab0', '\u1aff'],
  ['\u1dc0', '\u1dff'],
  ['\u20d0', '\u20ff'],
  ['\ufe20', '\ufe2f'],
] as const

/**
 * The terms that match `pattern` as a whole, in the order of a dictionary: thousands for `a*`. Reads only the parts of
 * the dictionaries that begin as the pattern does. `asWritten`: marks must be as they are typed.
 */
export async function expandWildcard(
  dictionaries: readonly Dictionary[],
  pattern: string,
  asWritten = false,
): Promise<string[]> {
  // Several stars in a row are one.
  const pieces = pattern.split(/(\*+|\?)/)
  const formOf = (text: string): string => (asWritten ? termForm(text) : fold(termForm(text)))
  const parts = pieces.flatMap((piece): Pattern | Pattern[] => {
    if (piece === '?') return ANY
    return piece.startsWith('*') ? ANY_RUN : [...formOf(piece)].map(literal)
  })
  // No term is so long; and no pattern that is typed or pasted in builds an automaton of its size.
  if (parts.filter(part => part !== ANY_RUN).length > TERM_LIMIT) return []
  const matcher = new PatternMatcher({ kind: 'sequence', parts }, asWritten ? undefined : FOLDED)
  const prefix = formOf(pieces[0]!)
  const terms = await matchingTerms(dictionaries, prefix, matcher)
  const variants = asWritten ? [] : await otherBeginnings(dictionaries, prefix, matcher)
  return variants.length === 0 ? terms : [...new Set([...terms, ...variants])].sort()
}

/** The terms that match and begin with the prefix only when that and they are folded. */
async function otherBeginnings(
  dictionaries: readonly Dictionary[],
  prefix: string,
  matcher: PatternMatcher,
): Promise<string[]> {
  const terms: string[] = []
  const letters = [...prefix]
  for (const [at, letter] of letters.entries()) {
    const before = letters.slice(0, at).join('')
    const marks = at > 0 && takesMarks(letters[at - 1]!.codePointAt(0)!) ? MARKS : []
    // Few terms that begin with letters of ASCII go on beyond it; that begin beyond it, or are, there are many.
    const ranges =
      marks.length > 0 && letter < FIRST_FOLDED
        ? [[FIRST_FOLDED, LAST_FOLDED] as const]
        : [...variantsOf(letter), ...marks]
    for (const [first, last] of ranges) {
      for (const dictionary of dictionaries)
        for (const key of await dictionary.keysBetween(before + first, before + last))
          if (matches(matcher, key)) terms.push(key)
    }
  }
  return terms
}

function matches(matcher: PatternMatcher, term: string): boolean {
  let length = 0
  for (const character of term) if (!matcher.enter(length++, character.codePointAt(0)!)) return false
  return matcher.accepts(length)
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
  const lower = Array.from(text.normalize('NFKC'), character =>
    isApostrophe(character.codePointAt(0)!) ? "'" : character.toLowerCase(),
  )
  return lower.join('').normalize('NFKC')
}

function literal(character: string): Pattern {
  const wanted = character.codePointAt(0)
  return { kind: 'character', test: point => point === wanted, literal: character }
}
