/** Where documents go: always the same place, about as many to each, and moved by the map alone. */
import { expect, test } from 'vitest'
import {
  documentNumber,
  firstMap,
  rowNumber,
  shareOf,
  VIRTUAL_SHARDS,
  virtualShardOf,
} from '../../src/cluster/placement.ts'

test('a path has one number, for ever', () => {
  expect(documentNumber('guide/install.md')).toBe(1601425400975159991n)
  expect(rowNumber('guide/install.md', 1)).not.toBe(documentNumber('guide/install.md'))
  const numbers = Array.from({ length: 1000 }, (_, number) => rowNumber('a', number))
  expect(new Set(numbers).size).toBe(1000)
  expect(numbers.every(number => number >= 1n << 40n && number < 1n << 63n)).toBe(true)
})

test('documents spread over the virtual shards', () => {
  const counts = new Array<number>(VIRTUAL_SHARDS).fill(0)
  for (let number = 0; number < 6400; number++) counts[virtualShardOf(documentNumber(`d${number}.md`))]!++
  expect(Math.min(...counts)).toBeGreaterThan(60)
  expect(Math.max(...counts)).toBeLessThan(145)
})

test('a new cluster has them shared out evenly', () => {
  const map = firstMap(3)
  expect(map).toHaveLength(VIRTUAL_SHARDS)
  expect([0, 1, 2].map(shard => map.filter(each => each === shard).length)).toEqual([22, 21, 21])
  expect(shareOf(firstMap(2), new Set([1]))).toBe(0.5)
  expect(shareOf(map, new Set())).toBe(0)
})
