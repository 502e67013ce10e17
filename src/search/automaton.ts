/**
 * A pattern over whole terms as a finite automaton. In comes a pattern as a tree, out comes a matcher that follows all
 * ways through it at once (Thompson, Communications of the ACM 11, 1968), so that no pattern takes more than linear
 * time. Sets of places met once are kept as states, with what they lead to: few patterns have more than some dozens.
 */
import { GleanError } from '../errors.ts'
import type { TermMatcher } from './term-scan.ts'

/** Whether a code point is one of those meant. Asked once for each state and code point, not for each term. */
export type CharacterTest = (point: number) => boolean

export type Pattern =
  | { readonly kind: 'character'; readonly test: CharacterTest; readonly literal?: string }
  | { readonly kind: 'sequence'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly branches: readonly Pattern[] }
  /** `most` may be Infinity. */
  | { readonly kind: 'repeat'; readonly child: Pattern; readonly least: number; readonly most: number }
  /** Nothing, but only before the first character of a term, or after its last. */
  | { readonly kind: 'start' | 'end' }

/** Steps of building an automaton at most: an answer to `(a{1000}){1000}`. */
const LARGEST_PATTERN = 2000

/** States kept at most; what a pattern has beyond is worked out again each time. */
const KEPT_STATES = 2000

/** A place in the automaton, with what may be done there. */
type Place =
  | { readonly kind: 'character'; readonly test: CharacterTest; readonly next: Place }
  | { readonly kind: 'split'; readonly branches: Place[] }
  | { readonly kind: 'start' | 'end'; readonly next: Place }
  | { readonly kind: 'accept' }

type CharacterPlace = Extract<Place, { kind: 'character' }>

/** A set of places to be in at once: those that take a character next. */
interface State {
  readonly places: readonly CharacterPlace[]
  readonly accepts: boolean
  /** The state each code point leads to, as far as known: ASCII by index, all else in the map. */
  readonly ascii: (State | undefined)[]
  readonly others: Map<number, State>
}

/** The state without a way out. */
const NOWHERE: State = { places: [], accepts: false, ascii: [], others: new Map() }

/** Matches whole terms against a pattern. Throws `usage` where the pattern is too large. */
export class PatternMatcher implements TermMatcher {
  /** The state before each character of the term, and after the last. */
  readonly #path: State[] = []
  readonly #kept = new Map<string, State>()
  readonly #numbers = new Map<CharacterPlace, number>()

  constructor(pattern: Pattern) {
    this.#path.push(this.#stateOf(reach([new Builder().build(pattern, { kind: 'accept' })], true)))
  }

  enter(depth: number, point: number): boolean {
    const state = this.#path[depth]!
    const next = (point < 128 ? state.ascii[point] : state.others.get(point)) ?? this.#follow(state, point)
    this.#path[depth + 1] = next
    return next !== NOWHERE
  }

  accepts(length: number): boolean {
    return this.#path[length]!.accepts
  }

  #follow(state: State, point: number): State {
    const after: Place[] = []
    for (const place of state.places) if (place.test(point)) after.push(place.next)
    const next = this.#stateOf(reach(after, false))
    // A state that was not kept leads to states of its own: what it learns would never be used again.
    if (this.#kept.size < KEPT_STATES) {
      if (point < 128) state.ascii[point] = next
      else state.others.set(point, next)
    }
    return next
  }

  #stateOf(reached: Reached): State {
    if (reached.places.length === 0 && !reached.accepts) return NOWHERE
    const name = `${reached.accepts}${reached.places.map(place => this.#numberOf(place)).sort()}`
    const known = this.#kept.get(name)
    if (known) return known
    const state = { ...reached, ascii: new Array(128), others: new Map() }
    if (this.#kept.size < KEPT_STATES) this.#kept.set(name, state)
    return state
  }

  #numberOf(place: CharacterPlace): number {
    const known = this.#numbers.get(place) ?? this.#numbers.size
    this.#numbers.set(place, known)
    return known
  }
}

interface Reached {
  readonly places: CharacterPlace[]
  readonly accepts: boolean
}

/** What can be reached from some places without a character. */
function reach(from: readonly Place[], atStart: boolean): Reached {
  const places: CharacterPlace[] = []
  const accepts = walk(from, { atStart, atEnd: true }, () => {})
  walk(from, { atStart, atEnd: false }, place => places.push(place))
  return { places, accepts }
}

/** Visits the places that take a character; returns whether the end of the pattern is among what is reached. */
function walk(
  from: readonly Place[],
  { atStart, atEnd }: { atStart: boolean; atEnd: boolean },
  visit: (place: CharacterPlace) => void,
): boolean {
  const met = new Set(from)
  let accepts = false
  // A set's iteration goes on over what is added on the way.
  for (const place of met) {
    if (place.kind === 'character') visit(place)
    else if (place.kind === 'accept') accepts = true
    else if (place.kind === 'split') for (const branch of place.branches) met.add(branch)
    else if (place.kind === 'start' ? atStart : atEnd) met.add(place.next)
  }
  return accepts
}

/** Builds the places of a pattern from its end to its beginning. */
class Builder {
  #steps = 0

  /** The place a pattern begins at, where `next` is what follows it. */
  build(pattern: Pattern, next: Place): Place {
    if (++this.#steps > LARGEST_PATTERN) {
      throw new GleanError('usage', `the pattern is too large: it has more than ${LARGEST_PATTERN} parts`)
    }
    switch (pattern.kind) {
      case 'character':
        return { kind: 'character', test: pattern.test, next }
      case 'start':
      case 'end':
        return { kind: pattern.kind, next }
      case 'choice':
        return { kind: 'split', branches: pattern.branches.map(branch => this.build(branch, next)) }
      case 'sequence':
        return pattern.parts.reduceRight((after, part) => this.build(part, after), next)
      case 'repeat':
        return this.#repeat(pattern, next)
    }
  }

  #repeat({ child, least, most }: Extract<Pattern, { kind: 'repeat' }>, next: Place): Place {
    let place = next
    if (most === Number.POSITIVE_INFINITY) {
      const branches: Place[] = [next]
      place = { kind: 'split', branches }
      branches.push(this.build(child, place))
    }
    for (let count = least; count < most && most !== Number.POSITIVE_INFINITY; count++) {
      place = { kind: 'split', branches: [next, this.build(child, place)] }
    }
    for (let count = 0; count < least; count++) place = this.build(child, place)
    return place
  }
}
