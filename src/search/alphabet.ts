/**
 * The characters of terms as a pattern tells them apart: those that pass the same of its tests, however they may be read,
 * are of one kind, and lead to the same. In comes a code point, out comes the number of its kind.
 */

/** Whether a code point is one of those meant. Asked once for each, however often it occurs. */
export type CharacterTest = (point: number) => boolean

/** How the characters of a term may be read besides as they stand: the folding of a spelling. */
export interface Reading {
  /** The characters that one may be read as, ß as two; none for most. */
  lettersOf(point: number): readonly number[]
  /** Whether a character is a letter behind which marks may be passed over, and whether it is such a mark. */
  takesMarks(point: number): boolean
  isMark(point: number): boolean
}

export const AS_IT_STANDS: Reading = { lettersOf: () => [], takesMarks: () => false, isMark: () => false }

/** Kinds of characters that a state's row in the table of transitions has room for; few patterns tell so many apart. */
export const KINDS = 64

/** What characters of a kind have in common: the tests they pass, and those that the letters pass they may be read as. */
export interface Kind {
  readonly tests: ReadonlySet<CharacterTest>
  readonly letters: readonly ReadonlySet<CharacterTest>[]
  readonly takesMarks: boolean
  readonly isMark: boolean
}

export class Alphabet {
  /** The kind of each code point by its upper and lower bits; 0, which no state knows a way for, until it is asked. */
  readonly pages: Uint8Array[] = new Array(0x1100).fill(new Uint8Array(256))
  readonly #empty = this.pages[0]
  readonly #tests: readonly CharacterTest[]
  readonly #reading: Reading
  readonly #numbers = new Map<string, number>()
  readonly #kinds: Kind[] = []

  constructor(tests: Iterable<CharacterTest>, reading: Reading) {
    this.#tests = [...tests]
    this.#reading = reading
  }

  /** From 1. Those of {@link KINDS} and above are found anew each time. */
  kindOf(point: number): number {
    const passed = this.#passedBy(point)
    const letters = this.#reading.lettersOf(point).map(letter => this.#passedBy(letter))
    const [takesMarks, isMark] = [this.#reading.takesMarks(point), this.#reading.isMark(point)]
    const name = `${letters.map(numbers => numbers.join()).join('+')} ${passed} ${takesMarks} ${isMark}`
    const kind = this.#numbers.get(name) ?? this.#numbers.size + 1
    if (kind > this.#numbers.size) {
      this.#numbers.set(name, kind)
      const testsOf = (numbers: readonly number[]) => new Set(numbers.map(number => this.#tests[number]!))
      this.#kinds[kind] = { tests: testsOf(passed), letters: letters.map(testsOf), takesMarks, isMark }
    }
    if (kind < KINDS) this.#page(point >> 8)[point & 255] = kind
    return kind
  }

  aboutKind(kind: number): Kind {
    return this.#kinds[kind]!
  }

  /** The numbers of the tests that a character passes. */
  #passedBy(point: number): number[] {
    return [...this.#tests.keys()].filter(number => this.#tests[number]!(point))
  }

  #page(number: number): Uint8Array {
    if (this.pages[number] === this.#empty) this.pages[number] = new Uint8Array(256)
    return this.pages[number]!
  }
}
