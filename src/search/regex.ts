/**
 * The terms a regular expression matches, whole and whatever its case. The syntax is JavaScript's, of the flags `i` and
 * `u`, less what cannot be answered in one pass over a term: back references and looking ahead or behind. JavaScript's
 * own engine says whether a pattern is one and which single characters a class holds; it never sees a term, for it may
 * take exponential time.
 */
import { GleanError, messageOf } from '../errors.ts'
import type { Dictionary } from '../segment/dictionary.ts'
import type { CharacterTest } from './alphabet.ts'
import { type Pattern, PatternMatcher, sizeOf } from './automaton.ts'
import { matchingTerms } from './term-scan.ts'

/** Groups within groups at most. */
const DEEPEST = 250

/** Parts of a pattern at most, repetitions written out: what (a{1000}){1000} asks for is not worked out. */
const LARGEST = 1000

/**
 * The terms that `source` (what stands between the slashes) matches from their first character to their last, in the
 * order of a dictionary. A pattern that begins with letters reads only the part of the dictionaries that does. Throws
 * `usage` for what is no pattern, and for one that is too large or cannot be matched in linear time.
 */
export async function expandRegex(dictionaries: readonly Dictionary[], source: string): Promise<string[]> {
  const pattern = parseRegex(source)
  return matchingTerms(dictionaries, literalPrefix(pattern), new PatternMatcher(pattern))
}

/** The tree of a regular expression. Throws `usage`. */
export function parseRegex(source: string): Pattern {
  // Terms hold composed characters.
  const composed = source.normalize('NFC')
  try {
    new RegExp(composed, 'iu')
  } catch (thrown) {
    const reason = messageOf(thrown).split(': ').at(-1)!
    throw refusal(source, reason.charAt(0).toLowerCase() + reason.slice(1))
  }
  const pattern = new Parser(composed, source).choice(0)
  if (sizeOf(pattern) > LARGEST)
    throw refusal(source, `it has more than ${LARGEST} parts, repetitions counted`)
  return pattern
}

function refusal(source: string, reason: string): GleanError {
  return new GleanError('usage', `cannot search for the regular expression /${source}/: ${reason}`)
}

/** No term holds a line end, the one thing that a point does not mean. */
const ANY: CharacterTest = () => true

const QUANTIFIER = /(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/uy
const GROUP = /\((?:\?:|\?<(?![=!])[^>]*>|(?!\?))/uy
const CLASS = /\[(?:[^\]\\]|\\.)*\]/suy
const ESCAPE =
  /\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[a-zA-Z]|.)/suy

/** Reads a pattern that is known to be well formed, from left to right. */
class Parser {
  readonly #text: string
  /** As it was typed, for messages. */
  readonly #source: string
  #at = 0
  readonly #tests = new Map<string, CharacterTest>()

  constructor(text: string, source: string) {
    this.#text = text
    this.#source = source
  }

  /** What stands between the parentheses of a group, or all of the pattern. */
  choice(depth: number): Pattern {
    if (depth > DEEPEST) throw refusal(this.#source, `its groups are more than ${DEEPEST} deep`)
    const branches: Pattern[] = []
    do branches.push(this.#sequence(depth))
    while (this.#take('|'))
    return branches.length === 1 ? branches[0]! : { kind: 'choice', branches }
  }

  #sequence(depth: number): Pattern {
    const parts: Pattern[] = []
    while (this.#at < this.#text.length && !'|)'.includes(this.#text[this.#at]!)) {
      parts.push(this.#quantified(this.#atom(depth)))
    }
    return parts.length === 1 ? parts[0]! : { kind: 'sequence', parts }
  }

  #quantified(child: Pattern): Pattern {
    const found = this.#match(QUANTIFIER)
    if (!found) return child
    const [, sign, least, comma, most] = found
    if (sign !== undefined) {
      return {
        kind: 'repeat',
        child,
        least: sign === '+' ? 1 : 0,
        most: sign === '?' ? 1 : Number.POSITIVE_INFINITY,
      }
    }
    const open = comma !== undefined && most === ''
    return {
      kind: 'repeat',
      child,
      least: Number(least),
      most: open ? Number.POSITIVE_INFINITY : Number(most ?? least),
    }
  }

  #atom(depth: number): Pattern {
    if (this.#take('^')) return { kind: 'start' }
    if (this.#take('$')) return { kind: 'end' }
    if (this.#match(GROUP)) {
      const inner = this.choice(depth + 1)
      this.#take(')')
      return inner
    }
    if (this.#text[this.#at] === '(')
      throw refusal(this.#source, 'groups that begin with (? are not known, except (?: and (?<name>')
    const text = (this.#match(CLASS) ?? this.#match(ESCAPE))?.[0]
    if (text === undefined) return this.#literal()
    if (/^\\[1-9k]/.test(text)) throw refusal(this.#source, 'it refers back to a group')
    if (text === '\\B') throw refusal(this.#source, '\\B means nothing inside a word')
    // Terms are words: they have their boundaries at both ends.
    if (text === '\\b') return { kind: 'choice', branches: [{ kind: 'start' }, { kind: 'end' }] }
    return { kind: 'character', test: this.#test(text) }
  }

  #literal(): Pattern {
    const character = String.fromCodePoint(this.#text.codePointAt(this.#at)!)
    this.#at += character.length
    if (character === '.') return { kind: 'character', test: ANY }
    const literal = character.toLowerCase()
    const point = literal.codePointAt(0)!
    const test = point < 128 ? this.#remember(literal, is => is === point) : this.#test(character)
    return { kind: 'character', test, literal }
  }

  /** The test of an atom that stands for one character. JavaScript itself is asked, with that one character. */
  #test(atom: string): CharacterTest {
    const single = new RegExp(`^${atom}$`, 'iu')
    return this.#remember(atom, point => single.test(String.fromCodePoint(point)))
  }

  /** Atoms written alike have one test. */
  #remember(atom: string, test: CharacterTest): CharacterTest {
    const known = this.#tests.get(atom) ?? test
    this.#tests.set(atom, known)
    return known
  }

  #take(sign: string): boolean {
    if (this.#text[this.#at] !== sign) return false
    this.#at++
    return true
  }

  #match(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.#at
    const found = expression.exec(this.#text)
    if (found) this.#at = expression.lastIndex
    return found
  }
}

/** The letters every match begins with. Only those of which terms have one form, whatever the case. */
function literalPrefix(pattern: Pattern): string {
  let prefix = ''
  for (const part of pattern.kind === 'sequence' ? pattern.parts : [pattern]) {
    if (part.kind === 'start') continue
    if (part.kind !== 'character' || part.literal === undefined) break
    const isCaseless = part.literal === part.literal.toUpperCase()
    if (!/[a-z]/.test(part.literal) && !isCaseless) break
    prefix += part.literal
  }
  return prefix
}
