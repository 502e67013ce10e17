import { expect, test } from 'vitest'
import { release } from '../../src/build/release.ts'

test('memory that is given back is empty, also where arrays share it, and shared memory stays', () => {
  const whole = new Uint8Array(1 << 20)
  const shared = new Uint8Array(new SharedArrayBuffer(8))
  release([whole.subarray(10, 20), whole.subarray(30), shared])
  expect(whole.length).toBe(0)
  expect(shared.length).toBe(8)
  release([])
})
