import { expect, onTestFinished, test } from 'vitest'
import { lexicalProfile } from '../../src/profile/profile.ts'
import { openIndex } from '../../src/search/open.ts'
import { hasScript, onTerminal } from '../terminal.ts'
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

test('what is read of a profile is told document by document; what is over soon needs no progress', async context => {
  const here = await world(files).index('docs')
  const index = await openIndex('index', { cwd: here.folder })
  onTestFinished(() => index.close())
  const told: [number, number][] = []
  const onDocument = (documents: number, units: number) => void told.push([documents, units])
  await lexicalProfile(index, null, { onDocument })
  const land = files['docs/land.txt'].length
  expect(told).toEqual([
    [1, land],
    [2, land + files['docs/whale.md'].length],
  ])
  if (!hasScript()) return context.skip('no script(1) to make a terminal with')
  const shown = await onTerminal(here, {}, 'stats', '--profile')
  expect([shown.includes('2 documents'), shown.includes('Reading')]).toEqual([true, false])
})
