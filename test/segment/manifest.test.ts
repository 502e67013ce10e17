import { expect, test } from 'vitest'
import { FORMAT_VERSION } from '../../src/segment/format.ts'
import { type Manifest, readManifest, writeManifest } from '../../src/segment/manifest.ts'

const manifest = {
  format: 'gleaner',
  version: FORMAT_VERSION,
  totals: { documents: 1, chunks: 2, tokens: 3, textBytes: 4, languages: {}, formats: { plain: 1 } },
} as unknown as Manifest

const text = Buffer.from(writeManifest(manifest)).toString()
const read = (changed: string) => readManifest(Buffer.from(changed), 'idx')

test('a manifest comes back as it was written', () => {
  expect(read(text)).toMatchObject(manifest)
})

test('any change to its content is damage', () => {
  expect(() => read(text.replace('"chunks": 2', '"chunks": 3'))).toThrow(
    expect.objectContaining({ code: 'damaged' }),
  )
  expect(() => read(text.slice(0, -10))).toThrow(/damaged.*checksum/)
})

test('another program’s manifest, a newer and an older version are told apart', () => {
  expect(() => read('{"name":"site","icons":[]}')).toThrow(expect.objectContaining({ code: 'not-an-index' }))
  expect(() => read(text.replace(`"gleaner":${FORMAT_VERSION}`, '"gleaner":99'))).toThrow(
    /format 99.*reads up to/,
  )
  expect(() => read(text.replace(`"gleaner":${FORMAT_VERSION}`, '"gleaner":0'))).toThrow(
    expect.objectContaining({ code: 'format-too-old' }),
  )
})
