import { expect, test } from 'vitest'
import { FormKeys } from '../../src/build/form-keys.ts'
import { formKey } from '../../src/segment/form-table.ts'
import { stemmerFor } from '../../src/text/stem.ts'

test('terms with one key are told by the first of them', async () => {
  const stem = await stemmerFor('en')
  const terms = ['cafe', 'cafes', 'café', 'walk', 'walked', 'walking', 'walnut'].sort()
  const keys = new FormKeys({ length: terms.length, at: number => terms[number] }, stem)
  const groups = new Map<string, number[]>()
  for (const [term, word] of terms.entries()) {
    const key = formKey(word, stem)
    groups.set(key, [...(groups.get(key) ?? []), term])
  }
  for (const [term, word] of terms.entries()) {
    const key = formKey(word, stem)
    expect(keys.keyOf(term)).toBe(key)
    expect(keys.isKey(term)).toBe(word === key)
    expect(keys.firstOf(term)).toBe(groups.get(key)![0])
    expect(keys.lastOf(keys.firstOf(term))).toBe(groups.get(key)!.at(-1))
  }
  expect(groups.size).toBe(3)
})

test('many keys are kept apart', () => {
  const terms = Array.from({ length: 40_000 }, (_, number) => `k${number}`)
  const keys = new FormKeys({ length: terms.length, at: number => terms[number] }, term => term.slice(0, -1))
  const firsts = new Set(terms.map((_, term) => keys.firstOf(term)))
  expect(firsts.size).toBe(4000)
  expect(keys.keyOf(keys.lastOf(keys.firstOf(1234)))).toBe('k123')
})
