import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Dictionary } from '../../src/segment/dictionary.ts'
import { DictionaryWriter } from '../../src/segment/dictionary-writer.ts'
import { NO_DEAD_END } from '../../src/segment/key-cursor.ts'
import { withUnitFile } from './memory-file.ts'

function write(keys: readonly string[]) {
  return (out: Parameters<DictionaryWriter['finish']>[0]) => {
    const writer = new DictionaryWriter()
    for (const key of keys) writer.add(key, Buffer.from(`about ${key}`))
    return writer.finish(out)
  }
}

/** Terms over many blocks, with long common beginnings and keys of three and four bytes a character. */
const MANY = Array.from({ length: 30_000 }, (_, number) => `term${String(number).padStart(6, '0')}`)
  .concat(
    ['ガラス', 'ガラク', '𠮷野', '｡', 'zoo', 'é', 'éa'],
    `long${'x'.repeat(300)}`,
    `long${'x'.repeat(301)}`,
  )
  .sort()

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

test('several keys are found together, whatever their order', async () => {
  await withUnitFile(write(MANY), async (file, root) => {
    const dictionary = new Dictionary(file, root)
    const keys = [
      'term000007',
      'term000003',
      'term0000035',
      'term000005',
      'zoo',
      'zoo',
      'ガラス',
      'term029999',
      'a',
    ]
    const found = await dictionary.findAll(keys)
    expect([...found.keys()].sort()).toEqual([...new Set(keys)].filter(key => MANY.includes(key)).sort())
    for (const [key, information] of found) expect(Buffer.from(information).toString()).toBe(`about ${key}`)
  })
})

test('a scan shows the keys with a prefix, in order, with their information and what they share', async () => {
  await withUnitFile(write(MANY), async (file, root) => {
    const dictionary = new Dictionary(file, root)
    for (const prefix of ['', 'term', 'term01', 'term0299', 'long', 'ガラ', '𠮷', 'é', 'x', 'term02999999']) {
      const seen: string[] = []
      const wrong: string[] = []
      let before = Buffer.alloc(0)
      await dictionary.scan(prefix, scanned => {
        const key = scanned.key()
        const bytes = Buffer.from(key)
        const sharesSo = bytes.subarray(0, scanned.shared).equals(before.subarray(0, scanned.shared))
        const isRaw = bytes.equals(scanned.bytes.subarray(0, scanned.length))
        const about = Buffer.from(scanned.information()).toString()
        if (!sharesSo || !isRaw || about !== `about ${key}`) wrong.push(key)
        before = bytes
        seen.push(key)
        return NO_DEAD_END
      })
      expect(seen).toEqual(MANY.filter(key => key.startsWith(prefix)))
      expect(wrong).toEqual([])
    }
  })
})

test('a scan passes over exactly the keys its visitor has no use for', async () => {
  const digits = fc.string({ unit: fc.constantFrom('0', '1', '9'), maxLength: 6 })
  await withUnitFile(write(MANY), async (file, root) => {
    const dictionary = new Dictionary(file, root)
    await fc.assert(
      fc.asyncProperty(fc.array(digits, { maxLength: 5 }), async ends => {
        const dead = ends.map(end => `term${end}`)
        const isDead = (key: string) => dead.find(end => key.startsWith(end))
        const shown: string[] = []
        await dictionary.scan('', scanned => {
          const key = scanned.key()
          shown.push(key)
          return isDead(key)?.length ?? NO_DEAD_END
        })
        let deadEnd: string | undefined
        const wanted = MANY.filter(key => {
          if (deadEnd !== undefined && key.startsWith(deadEnd)) return false
          deadEnd = isDead(key)
          return true
        })
        expect(shown).toEqual(wanted)
      }),
      { numRuns: 25 },
    )
  })
})

test('a scan ends where its visitor says so', async () => {
  await withUnitFile(write(MANY), async (file, root) => {
    let shown = 0
    await new Dictionary(file, root).scan('term', () => (++shown === 20_000 ? 0 : NO_DEAD_END))
    expect(shown).toBe(20_000)
  })
})

test('an empty dictionary has nothing', async () => {
  await withUnitFile(write([]), async (file, root) => {
    const dictionary = new Dictionary(file, root)
    expect(await dictionary.find('whale')).toBeUndefined()
    await dictionary.scan('', () => expect.unreachable())
  })
})

test('many keys are found together, those that are missing among them left out', async () => {
  const keys = Array.from({ length: 5000 }, (_, number) => `term${String(number * 2).padStart(6, '0')}`)
  await withUnitFile(write(keys), async (file, root) => {
    const wanted = Array.from({ length: 3000 }, (_, number) => `term${String(number * 3).padStart(6, '0')}`)
    const found = await new Dictionary(file, root).findAll(wanted)
    expect([...found.keys()]).toEqual(wanted.filter(key => keys.includes(key)))
    for (const [key, information] of found) expect(Buffer.from(information).toString()).toBe(`about ${key}`)
  })
})

test('what a scan came by is taken from it once, whatever else is asked for with it', async () => {
  await withUnitFile(write(MANY), async (file, root) => {
    const dictionary = new Dictionary(file, root)
    const told = (found: ReadonlyMap<string, Uint8Array>) =>
      [...found].map(([key, information]) => `${key}: ${Buffer.from(information)}`)
    const keys = ['a', MANY[3]!, MANY[4]!, MANY[20_000]!, 'zoo']
    const expected = new Map([MANY[4]!, 'zoo'].map(key => [key, Buffer.from('scanned')]))
    dictionary.expect(expected)
    expect(told(await dictionary.findAll(keys))).toEqual([
      `${MANY[3]}: about ${MANY[3]}`,
      `${MANY[4]}: scanned`,
      `${MANY[20_000]}: about ${MANY[20_000]}`,
      'zoo: scanned',
    ])
    expect(told(await dictionary.findAll(['zoo']))).toEqual(['zoo: about zoo'])
  })
})
