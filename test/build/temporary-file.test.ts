import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readPlace, TemporaryFile, temporaryPath } from '../../src/build/temporary-file.ts'

test('what was appended can be read until it is dropped, and whoever comes late makes nothing again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gleaner-temporary-'))
  try {
    const file = new TemporaryFile(temporaryPath(folder, 'runs'))
    expect(readdirSync(folder)).toEqual([])
    file.append(Uint8Array.of(1, 2, 3))
    const place = file.append(Uint8Array.of(4, 5, 6))
    const bytes = new Uint8Array(2)
    readPlace(place, bytes, 1)
    expect([...bytes]).toEqual([5, 6])
    file.drop()
    expect(() => file.append(Uint8Array.of(7))).toThrow(/given up/)
    expect(readdirSync(folder)).toEqual([])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
