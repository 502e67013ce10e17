import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RunStore } from '../../src/build/run-store.ts'
import { StringList } from '../../src/build/string-list.ts'
import { StringRuns } from '../../src/build/string-runs.ts'

const strings = fc.uniqueArray(
  fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: fc.constantFrom('a', 'b', '\uffff') })),
)

/** What comes out of some runs, in order: each string, and of each run that has it the numbers. */
function throughRuns(lists: readonly (readonly string[])[], runs: StringRuns) {
  for (const [run, list] of lists.entries()) {
    const taken = new StringList()
    for (const string of list) taken.pushString(string)
    runs.add(
      taken,
      number => number,
      () => 100_000 + run,
    )
  }
  const found: [string, ...number[][]][] = []
  for (const merged = runs.merged(); merged.advance(); )
    found.push([
      merged.string,
      ...Array.from({ length: merged.count }, (_, at) => merged.runAt(at)).map(run => [
        run,
        merged.numberIn(run, 0),
        merged.numberIn(run, 1),
      ]),
    ])
  return found
}

test('runs of strings are gone through as one, wherever they wait', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gleaner-strings-'))
  try {
    fc.assert(
      fc.property(fc.array(strings, { maxLength: 5 }), lists => {
        const all = [...new Set(lists.flat())].sort()
        const expected = all.map(string => [
          string,
          ...lists.flatMap((list, run) =>
            list.includes(string) ? [[run, list.indexOf(string), 100_000 + run]] : [],
          ),
        ])
        for (const most of [0, 1 << 20]) {
          const store = new RunStore({ path: join(folder, 'strings'), most, shares: false })
          expect(throughRuns(lists, new StringRuns(store, 2))).toEqual(expected)
          store.drop()
        }
      }),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a string may be longer than what is read at a time', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gleaner-strings-'))
  const store = new RunStore({ path: join(folder, 'strings'), most: 0, shares: false })
  try {
    const long = ['x'.repeat(30_000), 'y'.repeat(70_000)]
    const many = Array.from({ length: 9000 }, (_, number) => `w${number}`)
    const found = throughRuns(
      [
        [...long, 'a'],
        [...many, long[1]!],
      ],
      new StringRuns(store, 2),
    )
    expect(found.map(([string]) => string)).toEqual(['a', ...many, ...long].sort())
    expect(found.at(-1)).toEqual([long[1], [0, 1, 100_000], [1, 9000, 100_001]])
  } finally {
    store.drop()
    rmSync(folder, { recursive: true })
  }
})
