import { expect, test } from 'vitest'
import { PagedIndex } from '../../src/segment/paged-index.ts'
import { type WaitingRoom, WaitingUnits } from '../../src/segment/waiting-units.ts'
import { withUnitFile } from './memory-file.ts'

/** A file that is only a list of bytes, which others use too. */
function room(): WaitingRoom & { readonly bytes: number[] } {
  const bytes: number[] = []
  return {
    bytes,
    append(added) {
      bytes.push(7)
      const offset = bytes.length
      bytes.push(...added)
      return { offset }
    },
    read: (offset, into) => into.set(bytes.slice(offset, offset + into.length)),
  }
}

const payloadOf = (number: number) => new Uint8Array(number % 5000).fill(number)

test.each(['in memory', 'in a file'])(
  'what waits %s is what was added, and is found by its key',
  async where => {
    const file = where === 'in a file' ? room() : undefined
    const units = new WaitingUnits<string>(file)
    const keys = Array.from({ length: 300 }, (_, number) => `ключ ${String(number).padStart(3, '0')}`)
    for (const [number, key] of keys.entries()) units.add(key, number * 3, payloadOf(number * 31))
    // Twice, for they are hashed before they are written.
    for (let time = 0; time < 2; time++) {
      const seen = Array.from(units.all(), ({ key, extra, payload }) => [key, extra, [...payload]])
      expect(seen).toEqual(keys.map((key, number) => [key, number * 3, [...payloadOf(number * 31)]]))
    }
    expect(file?.bytes.length ?? 1e9).toBeGreaterThan(600_000)
    await withUnitFile(
      out => units.write(out),
      async (written, root) => {
        const found = (await new PagedIndex(written, root).find('ключ 217'))!
        expect(found).toMatchObject({ key: 'ключ 217', extra: 651 })
        expect([...(await written.read(found.offset, found.length))]).toEqual([...payloadOf(217 * 31)])
      },
    )
  },
)

test('numbers are keys too, and a few units need no file', () => {
  const file = room()
  const units = new WaitingUnits<number>(file)
  units.add(0, 0, Uint8Array.of(1))
  units.add(2 ** 40, 5, new Uint8Array(0))
  expect([...units.all()]).toEqual([
    { key: 0, extra: 0, payload: Uint8Array.of(1) },
    { key: 2 ** 40, extra: 5, payload: new Uint8Array(0) },
  ])
  expect(file.bytes).toEqual([])
})
