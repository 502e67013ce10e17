/** Addresses of clusters: what is taken, and what is said of the rest. */
import { expect, test } from 'vitest'
import { isCluster, parseAddress, shownEndpoint, tablesOf } from '../../src/cluster/address.ts'

test('an address names what is asked, the table, and the copies of each shard', () => {
  const address = parseAddress('sphinxql://search:9306/chunks?shards=a:9316|b,[::1]:9317&timeout=250')
  expect(address).toEqual({
    location: 'sphinxql://search:9306/chunks?shards=a:9316|b,[::1]:9317&timeout=250',
    reader: { host: 'search', port: 9306 },
    table: 'chunks',
    shards: [
      [
        { host: 'a', port: 9316 },
        { host: 'b', port: 9306 },
      ],
      [{ host: '::1', port: 9317 }],
    ],
    timeout: 250,
  })
  expect(address.shards.flat().map(shownEndpoint)).toEqual(['a:9316', 'b:9306', '[::1]:9317'])
  expect(parseAddress('sphinxql://search/chunks')).toMatchObject({ shards: [], timeout: 6000 })
  expect(tablesOf(address)).toEqual({ chunks: 'chunks', terms: 'chunks_terms', copies: 'chunks_copies' })
})

test('only the scheme makes a location an address', () => {
  expect(['sphinxql://h/t', 'SphinxQL://h/t'].map(isCluster)).toEqual([true, true])
  expect(['index', 'https://h/t', './sphinxql://h', 'sphinxql:'].map(isCluster)).toEqual(Array(4).fill(false))
})

test.each([
  ['sphinxql://', 'names no host'],
  ['sphinxql://host', 'no name of a table'],
  ['sphinxql://host/Table', 'no name of a table'],
  ["sphinxql://host/t'; DROP", 'no name of a table'],
  ['sphinxql://host:0/t', 'no HOST:PORT'],
  ['sphinxql://host:99999/t', 'no HOST:PORT'],
  ['sphinxql://user@host/t', 'no HOST:PORT'],
  ['sphinxql://host/t?shard=a', 'has no part "shard"'],
  ['sphinxql://host/t?shards=a:1,a:1', 'twice'],
  ['sphinxql://host/t?shards=a:b', 'no HOST:PORT'],
  ['sphinxql://host/t?timeout=soon', 'milliseconds'],
  ['sphinxql://host/t/more', 'no address'],
])('%s is refused', (location, why) => {
  expect(() => parseAddress(location)).toThrow(why)
})
