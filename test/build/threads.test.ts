/** Who reads, in how many parts and with how much memory, makes no difference to the index. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BuildInternals, type BuildOptions, build } from '../../src/build/build.ts'
import { TaskPool } from '../../src/build/task-pool.ts'
import { Turns } from '../../src/build/turns.ts'
import { STAT_CACHE } from '../../src/freshness/stat-cache.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gleaner-threads-'))
  mkdirSync(join(folder, 'docs'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Builds anew; gives the files of the index. */
async function built(options: Partial<BuildOptions>, internals: BuildInternals = {}) {
  await build({ paths: ['docs'], index: 'index', cwd: folder, rebuild: true, ...options }, internals)
  const names = readdirSync(join(folder, 'index')).filter(name => name !== STAT_CACHE)
  return Object.fromEntries(names.map(name => [name, readFileSync(join(folder, 'index', name), 'base64')]))
}

const words = fc.constantFrom(
  'whale',
  'Whales',
  'sea',
  'don’t',
  '3.14',
  'été',
  '鯨',
  'parseTree',
  'the',
  'of',
)
const paragraph = fc.array(words, { minLength: 1, maxLength: 60 }).map(list => list.join(' '))
const text = fc
  .array(paragraph, { maxLength: 12 })
  .map(list => `# ${list[0] ?? ''}\n\n${list.join('\n\n')}\n`)

test('the same files are the same bytes, whatever the threads, the batches and the memory', async () => {
  const files = fc.array(fc.tuple(fc.constantFrom('md', 'txt', 'ts'), text), { minLength: 1, maxLength: 30 })
  await fc.assert(
    fc.asyncProperty(files, fc.integer({ min: 0, max: 3 }), async (docs, jobs) => {
      rmSync(join(folder, 'docs'), { recursive: true })
      mkdirSync(join(folder, 'docs'))
      for (const [number, [ending, content]] of docs.entries())
        writeFileSync(join(folder, 'docs', `${number}.${ending}`), content)
      writeFileSync(join(folder, 'docs', 'broken.txt'), Uint8Array.of(120, 0, 121))
      const whole = await built({ jobs: 1 })
      expect(await built({ jobs }, { batchBytes: 2000 })).toEqual(whole)
      expect(await built({ jobs }, { batchBytes: 900, keptRows: 1000 })).toEqual(whole)
    }),
    { numRuns: 5, endOnFailure: true },
  )
})

test('a large file is left to another thread, unless one alone was asked for, and is the same bytes', async () => {
  const text = Array.from(
    { length: 30_000 },
    (_, number) => `The whale of chapter ${number} sings to the sea.`,
  )
  writeFileSync(join(folder, 'docs', 'large.md'), `# Songs\n\n${text.join('\n\n').repeat(2)}\n`)
  expect(await built({ paths: ['docs/large.md'] })).toEqual(
    await built({ paths: ['docs/large.md'], jobs: 1 }),
  )
  rmSync(join(folder, 'docs', 'large.md'))
  const threads = async (largest: number, jobs?: number) => {
    const plan = { folder, rules: { maxFileSize: 1 << 25 }, batches: 1, largest, jobs }
    const pool = new TaskPool(plan, new Turns({}))
    await pool.close()
    return pool.shares
  }
  expect([await threads(3 << 20), await threads(3 << 20, 1), await threads(1 << 20)]).toEqual([
    true,
    false,
    false,
  ])
})

test('a build that is called off while threads read leaves nothing behind', async () => {
  for (let number = 0; number < 40; number++)
    writeFileSync(join(folder, 'docs', `more-${number}.txt`), `a whale in chapter ${number}\n\n`.repeat(2000))
  const before = await built({})
  const calling = new AbortController()
  writeFileSync(join(folder, 'docs', 'new.txt'), 'one more\n')
  const onProgress = ({ phase, files }: { phase: string; files: number }) => {
    if (phase === 'read' && files > 0) calling.abort()
  }
  const options = { jobs: 2, signal: calling.signal, onProgress }
  await expect(built(options, { batchBytes: 50_000, keptRows: 0 })).rejects.toThrow(/abort/i)
  const left = readdirSync(join(folder, 'index')).filter(name => name !== STAT_CACHE)
  expect(left.sort()).toEqual(Object.keys(before).sort())
})
