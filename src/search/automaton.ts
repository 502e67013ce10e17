/**
 * A pattern over whole terms as a finite automaton. In comes a pattern as a tree, out comes a matcher that follows all
 * ways through it at once (Thompson, Communications of the ACM 11, 1968): no pattern takes more than linear time. The
 * sets of places it has been in are kept as states, with what they lead to: most patterns have a dozen.
 */
import { Alphabet, AS_IT_STANDS, type CharacterTest, KINDS, type Kind, type Reading } from './alphabet.ts'
import type { TermMatcher } from './term-scan.ts'

export type Pattern =
  /** `literal` is the character, in lower case, where it can be but one. */
  | { readonly kind: 'character'; readonly test: CharacterTest; readonly literal?: string }
  | { readonly kind: 'sequence'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly branches: readonly Pattern[] }
  /** `most` may be Infinity. */
  | { readonly kind: 'repeat'; readonly child: Pattern; readonly least: number; readonly most: number }
  /** Nothing, but before the first character of a term only, or after its last. */
  | { readonly kind: 'start' | 'end' }

/** States kept at most; when there are more, all but those of the term in hand are forgotten. */
const KEPT_STATES = 2048

/** The parts of a pattern with its repetitions written out, which the cost of matching grows with. */
export function sizeOf(pattern: Pattern): number {
  switch (pattern.kind) {
    case 'sequence':
      return pattern.parts.reduce((size, part) => size + sizeOf(part), 1)
    case 'choice':
      return pattern.branches.reduce((size, branch) => size + sizeOf(branch), 1)
    case 'repeat': {
      const { child, least, most } = pattern
      return 1 + sizeOf(child) * (most === Number.POSITIVE_INFINITY ? least + 1 : most)
    }
    default:
      return 1
  }
}

/** A place in the automaton, and what may be done there. */
type Place = { readonly number: number } & (
  | { readonly kind: 'character'; readonly test: CharacterTest; readonly next: Place }
  | { readonly kind: 'split'; readonly branches: readonly Place[] }
  | { readonly kind: 'start' | 'end'; readonly next: Place }
  | { readonly kind: 'accept' }
)
type CharacterPlace = Extract<Place, { kind: 'character' }>

/** A set of places to be in at once: those that take a character. */
interface State {
  readonly places: readonly CharacterPlace[]
  /** Whether a term may end here. */
  readonly accepts: boolean
  /** Whether a mark may be passed over here. */
  readonly takesMarks: boolean
}

/** Numbers of the state without a way out, and, in the table, of what is not worked out yet. */
const NOWHERE = 1
const UNKNOWN = 0

/**
 * Matches whole terms against a pattern, whose size the caller has looked at. Everything the hot path reads is an
 * array of numbers, and every character takes the same way through it: code that is compiled early stays compiled.
 */
export class PatternMatcher implements TermMatcher {
  readonly #automaton: Automaton
  readonly #alphabet: Alphabet
  /** Number of the state before each character of the term, and after the last. */
  readonly #path: number[] = new Array(256).fill(NOWHERE)
  /** What a state and a kind of character lead to. */
  readonly #table = new Int32Array(KEPT_STATES * KINDS)
  #states: State[] = []
  readonly #numbers = new Map<string, number>()

  /** A term matches if it does as it stands, or with any of its characters read in the other way that `reading` has. */
  constructor(pattern: Pattern, reading: Reading = AS_IT_STANDS) {
    this.#automaton = new Automaton(pattern)
    this.#alphabet = new Alphabet(this.#automaton.tests, reading)
    this.#forget()
    this.#path[0] = this.#numberOf({
      ...this.#automaton.reach([this.#automaton.start], true),
      takesMarks: false,
    })
  }

  enter(depth: number, point: number): boolean {
    const kind = this.#alphabet.pages[point >> 8]![point & 255]!
    let next = this.#table[this.#path[depth]! * KINDS + kind]!
    if (next === UNKNOWN) next = this.#follow(depth, point)
    this.#path[depth + 1] = next
    return next !== NOWHERE
  }

  accepts(length: number): boolean {
    return this.#states[this.#path[length]!]!.accepts
  }

  /** The way that the table did not know: its kind of character is new, or only the character is. */
  #follow(depth: number, point: number): number {
    const kind = this.#alphabet.kindOf(point)
    if (kind >= KINDS) return this.#workOut(depth, kind)
    const known = this.#table[this.#path[depth]! * KINDS + kind]!
    if (known !== UNKNOWN) return known
    const next = this.#workOut(depth, kind)
    this.#table[this.#path[depth]! * KINDS + kind] = next
    return next
  }

  #workOut(depth: number, kind: number): number {
    const state = this.#states[this.#path[depth]!]!
    const next = this.#after(state, this.#alphabet.aboutKind(kind))
    if (this.#states.length >= KEPT_STATES) this.#keepOnly(depth + 1)
    return this.#numberOf(next)
  }

  #after(state: State, { tests, letters, takesMarks, isMark }: Kind): State {
    const after = placesAfter(state.places, tests)
    let { places } = state
    for (const [at, letter] of letters.entries()) {
      const read = placesAfter(places, letter)
      if (at === letters.length - 1) after.push(...read)
      else places = this.#automaton.reach(read, false).places
    }
    const reached = this.#automaton.reach(after, false)
    if (!isMark || !state.takesMarks) return { ...reached, takesMarks }
    return {
      places: [...new Set([...reached.places, ...state.places])],
      accepts: reached.accepts || state.accepts,
      takesMarks: true,
    }
  }

  #numberOf(state: State): number {
    if (state.places.length === 0 && !state.accepts) return NOWHERE
    const { accepts, takesMarks } = state
    const name = `${accepts} ${takesMarks} ${Int32Array.from(state.places, place => place.number).sort()}`
    const known = this.#numbers.get(name) ?? this.#states.push(state) - 1
    this.#numbers.set(name, known)
    return known
  }

  /** Forgets all states but the first `count` of the path, and what they lead to. */
  #keepOnly(count: number): void {
    const kept = this.#path.slice(0, count).map(number => this.#states[number]!)
    this.#forget()
    for (const [depth, state] of kept.entries()) this.#path[depth] = this.#numberOf(state)
  }

  #forget(): void {
    const none = { places: [], accepts: false, takesMarks: false }
    this.#states = [none, none]
    this.#numbers.clear()
    this.#table.fill(UNKNOWN)
  }
}

function placesAfter(places: readonly CharacterPlace[], tests: ReadonlySet<CharacterTest>): Place[] {
  return places.filter(place => tests.has(place.test)).map(place => place.next)
}

/** The places of a pattern, built from its end to its beginning. */
class Automaton {
  readonly tests = new Set<CharacterTest>()
  readonly start: Place
  #size = 0
  /** For each place, the last round it was met in. */
  readonly #met: Int32Array
  #round = 0

  constructor(pattern: Pattern) {
    this.start = this.#build(pattern, { number: this.#size++, kind: 'accept' })
    this.#met = new Int32Array(this.#size)
  }

  /**
   * The places that take a character among those reached from some without one, and whether the end of the pattern is
   * reached if the term ends here.
   */
  reach(from: readonly Place[], atStart: boolean): Pick<State, 'places' | 'accepts'> {
    const met = this.#spread(from, place => place.kind === 'start' && atStart)
    const accepts = (place: Place) => place.kind === 'accept'
    const ends = met.filter(place => place.kind === 'end')
    return {
      places: met.filter(place => place.kind === 'character'),
      accepts:
        met.some(accepts) ||
        (ends.length > 0 && this.#spread(ends, place => place.kind === 'end' || atStart).some(accepts)),
    }
  }

  /** All places reached without a character; `passes` says which of the bounds can be passed. */
  #spread(from: readonly Place[], passes: (bound: Place) => boolean): Place[] {
    const round = ++this.#round
    const met: Place[] = []
    const add = (place: Place) => {
      if (this.#met[place.number] === round) return
      this.#met[place.number] = round
      met.push(place)
    }
    from.forEach(add)
    for (let at = 0; at < met.length; at++) {
      const place = met[at]!
      if (place.kind === 'split') place.branches.forEach(add)
      else if ((place.kind === 'start' || place.kind === 'end') && passes(place)) add(place.next)
    }
    return met
  }

  /** The place a pattern begins at, where `next` is what follows it. */
  #build(pattern: Pattern, next: Place): Place {
    switch (pattern.kind) {
      case 'character':
        this.tests.add(pattern.test)
        return { number: this.#size++, kind: 'character', test: pattern.test, next }
      case 'start':
      case 'end':
        return { number: this.#size++, kind: pattern.kind, next }
      case 'choice':
        return this.#split(pattern.branches.map(branch => this.#build(branch, next)))
      case 'sequence':
        return pattern.parts.reduceRight((after, part) => this.#build(part, after), next)
      case 'repeat':
        return this.#repeat(pattern, next)
    }
  }

  #repeat({ child, least, most }: Extract<Pattern, { kind: 'repeat' }>, next: Place): Place {
    let place = next
    if (most === Number.POSITIVE_INFINITY) {
      const branches = [next]
      place = this.#split(branches)
      branches.push(this.#build(child, place))
    } else {
      for (let count = least; count < most; count++) place = this.#split([next, this.#build(child, place)])
    }
    for (let count = 0; count < least; count++) place = this.#build(child, place)
    return place
  }

  #split(branches: readonly Place[]): Place {
    return { number: this.#size++, kind: 'split', branches }
  }
}
