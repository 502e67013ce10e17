import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { readFileDocument } from '../../src/document/read-file.ts'
import { archive } from '../document/archive.ts'
import { world as folder } from '../world.ts'
import { crawl, world } from './world.ts'

test('members are files of their own, filtered as in folders', async () => {
  const inner = archive({ 'c.md': 'c', 'd.txt': 'd' })
  const root = world({
    'a.zip': archive({
      'b/a.md': 'a',
      'inner.zip': inner,
      '.hidden': 'x',
      '__MACOSX/._a': 'x',
      'large.md': 'x'.repeat(2000),
    }),
    'plain.zip': 'no archive, by its bytes',
    'z.md': 'z',
  })
  expect(await crawl(root)).toEqual({
    files: ['a.zip!/b/a.md', 'a.zip!/inner.zip!/c.md', 'a.zip!/inner.zip!/d.txt', 'plain.zip', 'z.md'],
    leftOut: ['too-large a.zip!/large.md'],
    ignored: 2,
  })
  expect((await crawl(root, ['.'], { include: ['*.md'] })).files).toEqual([
    'a.zip!/b/a.md',
    'a.zip!/inner.zip!/c.md',
    'z.md',
  ])
  expect((await crawl(root, ['.'], { exclude: ['a.zip'] })).files).toEqual(['plain.zip', 'z.md'])
})

test('what cannot be opened is left out: broken, empty, nested too deep', async () => {
  let nested = archive({ 'a.md': 'a' })
  for (let depth = 0; depth < 3; depth++) nested = archive({ 'in.zip': nested })
  const root = world({
    'broken.zip': archive({ 'a.md': 'a' }).subarray(0, 60),
    'empty.zip': archive({}),
    'nested.zip': nested,
  })
  expect(await crawl(root)).toEqual({
    files: [],
    leftOut: ['damaged broken.zip', 'no-text empty.zip', 'over-limit nested.zip!/in.zip!/in.zip!/in.zip'],
    ignored: 0,
  })
})

test('hits within archives are found, shown and kept fresh', async () => {
  const text = (word: string) => `# Title\n\nThe ${word} swims in the sea.\n`
  const here = await folder({
    'docs/a.zip': archive({ 'b/c.md': text('whale') }),
    'docs/z.md': text('seal'),
  }).index('docs')
  const search = async (word: string) => JSON.parse((await here.run('search', word, '--json')).stdout).hits
  expect(await search('whale')).toMatchObject([{ path: 'a.zip!/b/c.md', line: 3, state: 'current' }])
  expect((await here.run('show', 'a.zip!/b/c.md:3')).stdout).toBe('The whale swims in the sea.\n')
  here.write({ 'docs/a.zip': archive({ 'b/c.md': `new\n\n${text('whale')}` }) })
  expect(await search('whale')).toMatchObject([{ path: 'a.zip!/b/c.md', line: 5, state: 'changed' }])
  here.write({ 'docs/a.zip': archive({ 'other.md': text('otter') }) })
  expect(await search('whale')).toEqual([])
})

test('what gzip has packed is read by the name of its own', async () => {
  const root = world({
    'a.md.gz': gzipSync('# Title\n\nwords'),
    'b.txt.gz': gzipSync('x'.repeat(5000)),
    'c.txt.gz': gzipSync('words '.repeat(50)).subarray(0, -9),
    'd.gz': 'plain text',
  })
  const read = (path: string) =>
    readFileDocument({ path, absolute: `${root}/${path}`, size: 0 }, { maxFileSize: 2000 })
  expect(await read('a.md.gz')).toMatchObject({ document: { format: 'markdown', title: 'Title' } })
  expect(await read('b.txt.gz')).toMatchObject({ path: 'b.txt.gz', reason: 'too-large' })
  expect(await read('c.txt.gz')).toMatchObject({ reason: 'damaged' })
  expect(await read('d.gz')).toMatchObject({ document: { text: 'plain text' } })
})
