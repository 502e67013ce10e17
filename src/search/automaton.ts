/**
 * A pattern over whole terms as a finite automaton. In comes a pattern as a tree, out comes a matcher that follows all
 * ways through it at once (Thompson, Communications of the ACM 11, 1968): no pattern takes more than linear time. The
 * sets of places it has been in are kept as states, with what they lead to: most patterns have a dozen.
 */
import type { TermMatcher } from './term-scan.ts'

/** Whether a code point is one of those meant. Asked once for each, however often it occurs. */
export type CharacterTest = (point: number) => boolean

export type Pattern =
  /** `literal` is the character, in lower case, where it can be but one. */
  | { readonly kind: 'character'; readonly test: CharacterTest; readonly literal?: string }
  | { readonly kind: 'sequence'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly branches: readonly Pattern[] }
  /** `most` may be Infinity. */
  | { readonly kind: 'repeat'; readonly child: Pattern; readonly least: number; readonly most: number }
  /** Nothing, but before the first character of a term only, or after its last. */
  | { readonly kind: 'start' | 'end' }

/** Places of all the states that are kept: some megabytes. What a pattern needs beyond is worked out each time. */
const KEPT_PLACES = 1_000_000

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
  /** Whether it is met again, so that it is worth writing down what it leads to. */
  readonly isKept: boolean
  /** By kind of character. */
  readonly next: (State | undefined)[]
}

/** The state without a way out. */
const NOWHERE: State = { places: [], accepts: false, isKept: true, next: [] }

/** Matches whole terms against a pattern, whose size the caller has looked at. */
export class PatternMatcher implements TermMatcher {
  readonly #automaton: Automaton
  readonly #alphabet: Alphabet
  /** The state before each character of the term, and after the last. */
  readonly #path: State[] = []
  readonly #kept = new Map<string, State>()
  #room = KEPT_PLACES

  constructor(pattern: Pattern) {
    this.#automaton = new Automaton(pattern)
    this.#alphabet = new Alphabet(this.#automaton.tests)
    this.#path.push(this.#enterAll([this.#automaton.start], true))
  }

  enter(depth: number, point: number): boolean {
    const state = this.#path[depth]!
    const kind = this.#alphabet.kindOf(point)
    const next = state.next[kind] ?? this.#follow(state, kind)
    this.#path[depth + 1] = next
    return next !== NOWHERE
  }

  accepts(length: number): boolean {
    return this.#path[length]!.accepts
  }

  #follow(state: State, kind: number): State {
    const after: Place[] = []
    const taken = this.#alphabet.testsPassed(kind)
    for (const place of state.places) if (taken.has(place.test)) after.push(place.next)
    const next = this.#enterAll(after, false)
    if (state.isKept && next.isKept) state.next[kind] = next
    return next
  }

  #enterAll(from: readonly Place[], atStart: boolean): State {
    const { places, accepts } = this.#automaton.reach(from, atStart)
    if (places.length === 0 && !accepts) return NOWHERE
    const isKept = this.#room > 0
    if (!isKept) return { places, accepts, isKept, next: [] }
    const name = `${accepts} ${Int32Array.from(places, place => place.number).sort()}`
    const known = this.#kept.get(name)
    if (known) return known
    const state = { places, accepts, isKept, next: [] }
    this.#kept.set(name, state)
    this.#room -= places.length + 1
    return state
  }
}

/** Sorts characters by which tests of a pattern they pass: those that pass the same lead to the same. */
class Alphabet {
  readonly #tests: readonly CharacterTest[]
  /** Kinds by code point, from 1; 0 is not known yet. */
  readonly #ascii = new Int32Array(128)
  readonly #others = new Map<number, number>()
  readonly #numbers = new Map<string, number>()
  readonly #passed: ReadonlySet<CharacterTest>[] = []

  constructor(tests: Iterable<CharacterTest>) {
    this.#tests = [...tests]
  }

  kindOf(point: number): number {
    return (point < 128 ? this.#ascii[point]! : this.#others.get(point)) || this.#sort(point)
  }

  testsPassed(kind: number): ReadonlySet<CharacterTest> {
    return this.#passed[kind]!
  }

  #sort(point: number): number {
    const passed = this.#tests.filter(test => test(point))
    const name = passed.map(test => this.#tests.indexOf(test)).join()
    let kind = this.#numbers.get(name)
    if (kind === undefined) {
      kind = this.#numbers.size + 1
      this.#numbers.set(name, kind)
      this.#passed[kind] = new Set(passed)
    }
    if (point < 128) this.#ascii[point] = kind
    else this.#others.set(point, kind)
    return kind
  }
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
  reach(from: readonly Place[], atStart: boolean): { places: CharacterPlace[]; accepts: boolean } {
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
