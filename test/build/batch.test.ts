/** While one large file is taken apart, others have their turn: a build can be stopped, and says how far it is. */
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { BatchReader } from '../../src/build/batch.ts'
import { RunStore } from '../../src/build/run-store.ts'
import type { FoundFile } from '../../src/crawl/file.ts'
import { temporaryFolder } from '../temporary-folder.ts'

test('within a large file it is asked again and again whether to go on', async () => {
  const folder = temporaryFolder('batch', onTestFinished)
  const absolute = join(folder, 'large.txt')
  writeFileSync(absolute, 'A whale lies on the shore of the sea.\n\n'.repeat(2000))
  const file = { path: 'large.txt', absolute, size: statSync(absolute).size } as FoundFile
  const reader = () => {
    const store = new RunStore({ path: join(folder, 'runs'), most: 1 << 20, shares: false })
    onTestFinished(() => store.drop())
    return new BatchReader({ maxFileSize: 1 << 30 }, store)
  }
  const asked: number[] = []
  await reader().read([file], number => void asked.push(number))
  expect(asked.length).toBeGreaterThan(5)
  let left = 3
  const stopping = reader().read([file], async () => {
    if (--left === 0) throw new Error('stopped')
  })
  await expect(stopping).rejects.toThrow('stopped')
  expect(left).toBe(0)
})
