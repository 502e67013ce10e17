import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PlacedTermsWriter, PlaceLookup } from '../../src/build/placed-terms.ts'
import { RunStore } from '../../src/build/run-store.ts'

/** Each number of a table with its place: every third place is that of a term of the table, however numbered. */
function placesOf(terms: number): number[] {
  return Array.from({ length: terms }, (_, number) => 100_000 + 3 * ((number * 7919) % terms))
}

test('places are looked up by number, those of a range alone, wherever they wait', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gleaner-places-'))
  try {
    for (const most of [0, 1 << 20]) {
      const store = new RunStore({ path: join(folder, 'places'), most, shares: false })
      const tables = [5000, 1, 1024].map(terms => {
        const places = placesOf(terms)
        const writer = new PlacedTermsWriter(store)
        for (const number of [...places.keys()].sort((a, b) => places[a]! - places[b]!))
          writer.add(number, places[number]!)
        return { placed: writer.finish(), places }
      })
      const lookup = new PlaceLookup()
      for (const { placed, places } of tables) {
        expect(placed.length).toBe(places.length)
        for (const [from, to] of [
          [0, Number.POSITIVE_INFINITY],
          [100_000, 100_001],
          [103_071, 106_200],
          [0, 5],
        ]) {
          const found = [...lookup.placesOf(placed, from!, to!)].slice(0, places.length)
          expect(found).toEqual(places.map(place => (place >= from! && place < to! ? place : -1)))
        }
      }
      store.drop()
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})
