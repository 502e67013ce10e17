import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { ReadDocuments } from '../../src/build/read-documents.ts'

test('documents are given back as they were taken, however many there are', () => {
  const documents = new ReadDocuments(3)
  const taken = Array.from({ length: 10_000 }, (_, number) => ({
    path: `folder/${number}.md`,
    stamp: `stamp ${number}`,
    // More than 32 bits have.
    size: number * 1e6 + 1,
    hash: createHash('sha256').update(String(number)).digest('hex').slice(0, 32),
  }))
  for (const { path, stamp, size, hash } of taken)
    documents.add({ path, absolute: `/docs/${path}`, size: size + 7, stamp }, size, hash)
  expect(documents.length).toBe(taken.length)
  expect([...documents.paths()]).toEqual(taken.map(({ path }) => path))
  expect([...documents]).toEqual(
    taken.map(({ path, size, hash }, document) => ({ path, size, hash, segment: 3, document })),
  )
  expect([...documents.known()]).toEqual(
    taken.map(({ path, stamp, hash }) => ({ path, stamp, outcome: { hash } })),
  )
})
