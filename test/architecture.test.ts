/** Holds the map true: files stand where docs/architecture.md says, and data flows one way. */
import { readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import fastGlob from 'fast-glob'
import { expect, test } from 'vitest'

const root = new URL('..', import.meta.url).pathname
const files = fastGlob
  .sync('src/**/*.ts', { cwd: root })
  .sort()
  .map(path => path.replaceAll('\\', '/'))
  .sort()
const map = readFileSync(join(root, 'docs/architecture.md'), 'utf8')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

/** What each folder may import from, besides itself and src/errors.ts. */
const MAY_IMPORT: Record<string, string[]> = {
  crawl: [],
  document: ['crawl'],
  text: ['document'],
  segment: ['document', 'text'],
  freshness: ['crawl', 'document', 'segment'],
  build: ['crawl', 'document', 'text', 'segment', 'freshness'],
  search: ['crawl', 'document', 'text', 'segment', 'freshness'],
  cluster: ['crawl', 'document', 'text', 'segment', 'freshness', 'build', 'search', 'check'],
  check: ['crawl', 'document', 'segment', 'freshness', 'build', 'search'],
  export: ['document', 'text', 'segment', 'search'],
  profile: ['crawl', 'document', 'text', 'segment', 'search'],
  eval: ['build', 'search'],
  render: ['crawl', 'document', 'search', 'profile', 'build', 'check', 'cluster', 'eval'],
  serve: ['segment', 'text', 'search', 'cluster', 'export', 'render'],
  web: ['search'],
  cli: [
    'crawl',
    'document',
    'text',
    'segment',
    'freshness',
    'build',
    'search',
    'check',
    'cluster',
    'profile',
    'export',
    'eval',
    'render',
    'serve',
  ],
}

const folderOf = (path: string) => (path.split('/').length > 2 ? path.split('/')[1]! : '')

test('a file imports from its own folder or from an earlier stage', () => {
  const wrong: string[] = []
  for (const path of files) {
    const from = folderOf(path)
    if (from === '') continue
    for (const [, target] of read(path).matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)) {
      const to = folderOf(normalize(join(dirname(path), target!)))
      if (to !== '' && to !== from && !MAY_IMPORT[from]!.includes(to)) wrong.push(`${path} imports ${target}`)
      // Rendering knows the shapes of answers and reports, not how they come about.
      if (from === 'render' && to !== '' && to !== 'render') {
        const typesOnly = read(path)
          .split('\n')
          .every(line => !line.includes(`'${target}'`) || line.includes('type'))
        if (!typesOnly) wrong.push(`${path} imports more than types from ${target}`)
      }
    }
  }
  expect(wrong).toEqual([])
})

test('every source file opens with what it is', () => {
  expect(files.filter(path => !/^(#!.*\n)?\/\*\*/.test(read(path)))).toEqual([])
})

test('the map names every source file, and no file that is not there', () => {
  const named = [...map.matchAll(/`(?!test\/)((?:src\/)?[a-z-]+\/[\w./-]+\.ts)`/g)].map(
    ([, path]) => `src/${path!.replace(/^src\//, '')}`,
  )
  expect(files.filter(path => folderOf(path) !== '' && !named.includes(path))).toEqual([])
  expect(named.filter(path => !files.includes(path))).toEqual([])
})

test('what is exported stays what it is', () => {
  // The doors of the command's script (scripts/gather.mjs) hand on values, as they are when the script has run.
  expect(files.filter(path => /^export (let|var) /m.test(read(path)))).toEqual([])
})

test('only the command line prints or ends the process', () => {
  const printing = files.filter(
    path => folderOf(path) !== 'cli' && /process\.(exit|stdout|stderr)|console\./.test(read(path)),
  )
  expect(printing).toEqual([])
})
