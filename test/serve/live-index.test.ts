import { join } from 'node:path'
import { expect, test } from 'vitest'
import { LiveIndex } from '../../src/serve/live-index.ts'
import { withIndex } from '../build/with-index.ts'

test('calls at the same time share one index, so that none is left open', async () => {
  await withIndex({ 'a.txt': 'a whale\n' }, async (_, folder) => {
    const live = new LiveIndex(join(folder, 'index'), folder)
    const [one, other] = await Promise.all([live.current(), live.current()])
    expect(one).toBe(other)
    expect(await live.current()).toBe(one)
    await live.close()
    await expect(one.search('whale')).rejects.toThrow()
  })
})
