import { expect, test } from 'vitest'
import type { IndexStats } from '../../src/search/result.ts'
import { world } from '../world.ts'

test('documents by folder and size, and the words most passages have, but no function words', async () => {
  const here = await world({
    'all/docs/a.md': 'The whale sings.\n\nThe whale swims and sings.\n\nThe ship is at sea.\n',
    'all/docs/sub/deep/b.md': 'The whale is a whale.\n',
    'all/notes/c.md': `The end of the sea, 1234 times.\n${' '.repeat(5000)}\n`,
  }).index('.')
  const { folders, sizes, topTerms } = JSON.parse((await here.run('stats', '--json')).stdout) as IndexStats
  expect(folders).toEqual({ 'all/docs/': 2, 'all/notes/': 1 })
  expect(sizes).toEqual({ 32: 1, 128: 1, 8192: 1 })
  expect(topTerms.slice(0, 2)).toEqual([
    { term: 'sea', chunks: 2 },
    { term: 'whale', chunks: 2 },
  ])
  expect(topTerms.map(({ term }) => term)).not.toContain('the')
  expect(topTerms.map(({ term }) => term)).not.toContain('1234')
})

test('files right in the folder that all share are counted by it', async () => {
  const here = await world({
    'docs/a.md': 'A whale sings here.\n',
    'docs/x/b.md': 'B whale sings here.\n',
  }).index('.')
  const { folders } = JSON.parse((await here.run('stats', '--json')).stdout) as IndexStats
  expect(folders).toEqual({ 'docs/': 1, 'docs/x/': 1 })
  await here.index('docs')
  const below = JSON.parse((await here.run('stats', '--json')).stdout) as IndexStats
  expect(below.folders).toEqual({ '.': 1, 'x/': 1 })
})

test('an index without documents has figures too', async () => {
  const here = await world({ 'docs/a.bin': new Uint8Array([0]) }).index('docs')
  const { stdout, code } = await here.run('stats')
  expect([code, stdout.includes('Folders')]).toEqual([0, false])
})
