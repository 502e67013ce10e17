import { expect, test } from 'vitest'
import { world } from '../world.ts'

const files = {
  'docs/whale.md': '---\nlevel: 3\n---\n# Whales\n\nThe whale sings. The whale swims in the sea.\n',
  'docs/land.txt': 'Land\n\nThe horse runs over the land.\n',
}

test('a path is one of the index, or that of a file seen from here', async () => {
  const here = await world(files).index('docs')
  for (const path of ['whale.md', 'docs/whale.md', here.path('docs/whale.md'), 'whale.*']) {
    const { stdout, code } = await here.run('stats', path)
    expect([path, code]).toEqual([path, 0])
    expect(stdout).toContain('Whales')
    expect(stdout).toMatch(/whale +2 █/)
  }
  expect(await here.run('stats', 'docs/none.md')).toMatchObject({ code: 2, stdout: '' })
})

test('one kind of figures at a time', async () => {
  const here = await world(files).index('docs')
  for (const args of [
    ['--fields', 'whale.md'],
    ['--fields', '--profile'],
    ['-n', '3'],
    ['a', 'b'],
  ]) {
    const { stderr, code } = await here.run('stats', ...args)
    expect([code, stderr.split('\n')[0]]).toEqual([2, expect.stringMatching(/^glean: /)])
  }
  expect((await here.run('stats', '--profile', '-n', '1')).stdout).toMatch(/\n {2}the +5 █+\n$/)
})
