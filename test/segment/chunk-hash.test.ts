import { expect, test } from 'vitest'
import { chunkHash } from '../../src/segment/chunk-hash.ts'

test('re-wrapping a paragraph keeps its hash, changing a character does not', () => {
  const hash = chunkHash('The page table lock\nis taken first.')
  expect(chunkHash('  The page  table lock is\r\n\ttaken first. ')).toBe(hash)
  for (const other of [
    'The page table lock is taken first',
    'the page table lock is taken first.',
    'Thepage table lock is taken first.',
  ]) {
    expect(chunkHash(other)).not.toBe(hash)
  }
})

test('a hundred thousand texts that differ little all have hashes of their own', () => {
  const hashes = new Set<string>()
  for (let number = 0; number < 100_000; number++) hashes.add(chunkHash(`chunk ${number}`))
  expect(hashes.size).toBe(100_000)
})
