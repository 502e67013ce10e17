import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Dictionary } from '../../src/segment/dictionary.ts'
import { DictionaryWriter } from '../../src/segment/dictionary-writer.ts'
import { withUnitFile } from './memory-file.ts'

function write(keys: readonly string[]) {
  return (out: Parameters<DictionaryWriter['finish']>[0]) => {
    const writer = new DictionaryWriter()
    for (const key of keys) writer.add(key, Buffer.from(`about ${key}`))
    return writer.finish(out)
  }
}

test('every key is found by itself and by its place, and nothing else is found', async () => {
  const keys = fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 300 })
  await fc.assert(
    fc.asyncProperty(keys, fc.string(), async (unsorted, other) => {
      const sorted = unsorted.toSorted()
      await withUnitFile(write(sorted), async (file, root) => {
        const dictionary = new Dictionary(file, root)
        for (const [place, key] of sorted.entries()) {
          expect(Buffer.from((await dictionary.find(key))!).toString()).toBe(`about ${key}`)
          expect((await dictionary.at(place))!.key).toBe(key)
        }
        expect((await dictionary.find(other)) !== undefined).toBe(sorted.includes(other))
        expect(await dictionary.at(sorted.length)).toBeUndefined()
      })
    }),
    { numRuns: 25 },
  )
})

test('a walk over many blocks gives all keys from the first wanted on', async () => {
  const keys = Array.from({ length: 30_000 }, (_, number) => `term${String(number).padStart(6, '0')}`)
  await withUnitFile(write(keys), async (file, root) => {
    expect(root.length).toBeGreaterThan(1)
    const dictionary = new Dictionary(file, root)
    const walked: string[] = []
    for await (const { key } of dictionary.from('term015000x')) walked.push(key)
    expect(walked).toEqual(keys.slice(15_001))
    expect(await dictionary.find('term0299999')).toBeUndefined()
    expect((await dictionary.at(29_999))!.key).toBe('term029999')
  })
})

test('an empty dictionary has nothing', async () => {
  await withUnitFile(write([]), async (file, root) => {
    expect(await new Dictionary(file, root).find('whale')).toBeUndefined()
  })
})
