/**
 * The other way round of folding: which characters a folded letter may stand for, and where in the order of a dictionary
 * these are. In comes a letter as it is typed, out come the ranges of characters that fold to something that begins with it.
 */
import { fold } from '../text/fold.ts'

/** First and last of some characters that stand close together. */
export type CharacterRange = readonly [first: string, last: string]

/** Where the characters are that fold.ts changes: Latin, Greek, ё, and what Unicode has added to the first two. */
const FOLDED: readonly (readonly [number, number])[] = [
  [0xdf, 0x2af],
  [0x370, 0x3ff],
  [0x451, 0x451],
  [0x1d00, 0x1fff],
  [0x2c60, 0x2c7f],
  [0xa722, 0xa7ff],
]

/** Characters between two of a range that are no variants, at the most. */
const GAP = 8

let variants: ReadonlyMap<string, readonly CharacterRange[]> | undefined

/** The characters that fold to something beginning with `letter`, itself not among them; none for most scripts. */
export function variantsOf(letter: string): readonly CharacterRange[] {
  variants ??= allVariants()
  return variants.get(letter) ?? []
}

function allVariants(): ReadonlyMap<string, readonly CharacterRange[]> {
  const points = new Map<string, [number, number][]>()
  for (const [first, last] of FOLDED) {
    for (let point = first; point <= last; point++) {
      const character = String.fromCodePoint(point)
      const folded = fold(character)
      // Terms are in lower case.
      if (folded === character || character !== character.toLowerCase()) continue
      const ranges = points.get(folded[0]!)
      const latest = ranges?.at(-1)
      if (latest && point - latest[1] <= GAP) latest[1] = point
      else if (ranges) ranges.push([point, point])
      else points.set(folded[0]!, [[point, point]])
    }
  }
  const text = ([first, last]: [number, number]): CharacterRange => [
    String.fromCodePoint(first),
    String.fromCodePoint(last),
  ]
  return new Map([...points].map(([letter, ranges]) => [letter, ranges.map(text)]))
}
