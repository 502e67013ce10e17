import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { build } from '../../src/build/build.ts'
import { checkIndex } from '../../src/check/check.ts'
import { repairIndex } from '../../src/check/repair.ts'
import { GleanError } from '../../src/errors.ts'
import { openIndex } from '../../src/search/open.ts'
import { withIndex } from '../build/with-index.ts'

const FILES = {
  'a.md':
    '# Whales\n\nThe blue whale is the largest animal.\n\n## Song\n\nWhales sing for hours, and the whale sings.\n',
  'b.txt': 'Das Haus am Ende der Straße ist das älteste der Häuser.\n',
  'c.txt': 'Ships\n\nThe ship sailed north.\n',
}

/** The files that an index is made of. */
const partsOf = (folder: string) => readdirSync(folder).filter(name => /^manifest|\.(seg|docs)$/.test(name))

/** Whether a check finds that something is wrong. */
async function findsDamage(cwd: string): Promise<boolean> {
  try {
    return (await checkIndex({ index: 'index', cwd })).state === 'damaged'
  } catch (thrown) {
    // Of a manifest that does not hold nothing else can be told.
    if (thrown instanceof GleanError) return true
    throw thrown
  }
}

test('a sound index is sound, and says where its sources are not as they were', async () => {
  await withIndex(FILES, async (_, cwd) => {
    const check = () => checkIndex({ index: 'index', cwd })
    expect(await check()).toMatchObject({ state: 'sound', attached: true, damage: [] })
    writeFileSync(join(cwd, 'docs/a.md'), FILES['a.md'].replace('blue', 'grey'))
    writeFileSync(join(cwd, 'docs/new.md'), 'Something new.\n')
    rmSync(join(cwd, 'docs/b.txt'))
    const outOfDate = { new: ['new.md'], changed: ['a.md'], gone: ['b.txt'] }
    expect(await check()).toMatchObject({ state: 'stale', outOfDate })
    rmSync(join(cwd, 'docs'), { recursive: true })
    expect(await check()).toMatchObject({ state: 'sound', attached: false, outOfDate: null })
  })
})

test('every byte that is changed is found', { timeout: 300_000 }, async () => {
  await withIndex(FILES, async (_, cwd) => {
    for (const name of partsOf(join(cwd, 'index'))) {
      const path = join(cwd, 'index', name)
      const sound = readFileSync(path)
      for (let at = 0; at < sound.length; at++) {
        const bytes = Buffer.from(sound)
        bytes[at]! ^= 1 << (at % 8)
        writeFileSync(path, bytes)
        expect(await findsDamage(cwd), `${name}, byte ${at}`).toBe(true)
      }
      writeFileSync(path, sound)
    }
    expect(await findsDamage(cwd)).toBe(false)
  })
})

test('every truncation and every file that is missing is found', async () => {
  await withIndex(FILES, async (_, cwd) => {
    for (const name of partsOf(join(cwd, 'index'))) {
      const path = join(cwd, 'index', name)
      const sound = readFileSync(path)
      for (let length = 0; length < sound.length; length += 7) {
        truncateSync(path, length)
        expect(await findsDamage(cwd), `${name} of ${length} bytes`).toBe(true)
        writeFileSync(path, sound)
      }
      rmSync(path)
      expect(await findsDamage(cwd), `${name} missing`).toBe(true)
      writeFileSync(path, sound)
    }
  })
})

test('a repair reads again what the damaged segment held, and nothing else', async () => {
  await withIndex(FILES, async (_, cwd) => {
    writeFileSync(join(cwd, 'docs/d.txt'), 'A captain of another segment.\n')
    await build({ index: 'index', cwd }, { smallIndex: 0 })
    const { manifest } = await openIndex('index', { cwd })
    expect(manifest.segments.map(({ documents }) => documents)).toEqual([3, 1])
    const path = join(cwd, 'index', manifest.segments[1]!.name)
    truncateSync(path, statSync(path).size - 1)
    const { state, repaired, damage } = await repairIndex({ index: 'index', cwd })
    expect(state).toBe('sound')
    expect(repaired).toMatchObject({ changes: { changed: 1, unchanged: 3 }, rebuilt: null })
    expect(damage.map(({ file }) => file)).toEqual([manifest.segments[1]!.name])
  })
})

test('without its sources a damaged index is kept as it is, and that is said', async () => {
  await withIndex(FILES, async (_, cwd) => {
    mkdirSync(join(cwd, 'elsewhere/index'), { recursive: true })
    const parts = partsOf(join(cwd, 'index'))
    for (const name of parts) copyFileSync(join(cwd, 'index', name), join(cwd, 'elsewhere/index', name))
    const segment = join(cwd, 'elsewhere/index', parts.find(name => name.endsWith('.seg'))!)
    truncateSync(segment, 100)
    const repair = repairIndex({ index: 'index', cwd: join(cwd, 'elsewhere') })
    await expect(repair).rejects.toThrow(/damaged and cannot be repaired from here/)
    expect(statSync(segment).size).toBe(100)
  })
})
