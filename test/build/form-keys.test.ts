import { expect, test } from 'vitest'
import { FormKeys } from '../../src/build/form-keys.ts'
import { formKey } from '../../src/segment/form-table.ts'
import { stemmerFor } from '../../src/text/stem.ts'

const inMemory = { keep: (rows: Uint16Array) => rows.slice() }

test('terms with one key are a group; one that is its key, and alone, is none', async () => {
  const stem = await stemmerFor('en')
  const terms = ['cafe', 'cafes', 'café', 'walk', 'walked', 'walking', 'walnut', 'wishes'].sort()
  const keys = new FormKeys(terms, stem, inMemory)
  const groups = [...keys.groups()]
  expect(groups.map(({ key, terms }) => [key, ...terms])).toEqual([
    ['cafe', 'cafe', 'cafes', 'café'],
    ['walk', 'walk', 'walked', 'walking'],
    ['wish', 'wishes'],
  ])
  for (const { key, terms: own, places } of groups) {
    expect(own.map(term => formKey(term, stem))).toEqual(own.map(() => key))
    expect(places.map(place => terms[place])).toEqual(own)
  }
  expect(keys.terms).toBe(terms.length)
})

test('many keys are kept apart', () => {
  const terms = Array.from({ length: 40_000 }, (_, number) => `k${number}`).sort()
  const keys = new FormKeys(terms, term => term.slice(0, -1), inMemory)
  const groups = [...keys.groups()]
  expect(groups).toHaveLength(4000)
  const group = groups.find(({ key }) => key === 'k123')!
  expect(group.terms).toEqual(Array.from({ length: 10 }, (_, digit) => `k123${digit}`))
})
