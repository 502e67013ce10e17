import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { crawl, world } from './world.ts'

it('honours .gitignore at every level, the deeper one winning', async () => {
  const cwd = world({
    '.gitignore': '*.log\n',
    'a.log': '',
    'a.md': '',
    'x/.gitignore': '!b.log\n',
    'x/b.log': '',
    'x/c.log': '',
  })
  const { files, ignored } = await crawl(cwd)
  expect(files).toEqual(['a.md', 'x/b.log'])
  expect(ignored).toBe(4) // two logs and two ignore files, which are hidden
})

it('anchors a pattern with a slash to the folder of its file', async () => {
  const cwd = world({
    'x/.gitignore': '/a.md\nb/\n',
    'a.md': '',
    'x/a.md': '',
    'x/y/a.md': '',
    'x/b/c.md': '',
    'x/y/b': '',
  })
  expect((await crawl(cwd)).files).toEqual(['a.md', 'x/y/a.md', 'x/y/b'])
})

it('ranks .gleanignore over .ignore over .gitignore, whatever their depth', async () => {
  const cwd = world({
    '.gleanignore': '!a.txt\n',
    '.ignore': '!b.txt\na.txt\n',
    'x/.gitignore': '*.txt\n',
    'x/a.txt': '',
    'x/b.txt': '',
    'x/c.txt': '',
  })
  expect((await crawl(cwd)).files).toEqual(['x/a.txt', 'x/b.txt'])
})

it('does not go down into an ignored folder, so that no negation below revives', async () => {
  const cwd = world({
    '.gitignore': 'out/\n!out/keep.md\n',
    'out/.gitignore': '!*\n',
    'out/keep.md': '',
    'a.md': '',
  })
  expect(await crawl(cwd)).toEqual({ files: ['a.md'], leftOut: [], ignored: 2 })
})

it('shows all of a folder that a stronger file takes back in', async () => {
  const cwd = world({
    '.gitignore': 'vendor/\n',
    '.gleanignore': '!vendor/\n',
    'vendor/a.md': '',
    'vendor/x/b.md': '',
  })
  expect((await crawl(cwd)).files).toEqual(['vendor/a.md', 'vendor/x/b.md'])
})

it('lets .gleanignore bring back what is hidden, and node_modules', async () => {
  const cwd = world({
    '.gleanignore': '!.notes/\n!node_modules/\n',
    '.notes/a.md': '',
    'node_modules/b.md': '',
    '.x/c.md': '',
  })
  expect((await crawl(cwd)).files).toEqual(['.notes/a.md', 'node_modules/b.md'])
})

it('honours the ignore files of parent folders up to the top of the repository', async () => {
  const cwd = world({
    '.gitignore': 'never\n*.md\n',
    'repo/.git/info/exclude': 'private.txt\n',
    'repo/.gitignore': 'docs/en/*.log\n',
    'repo/docs/en/a.log': '',
    'repo/docs/en/private.txt': '',
    'repo/docs/en/a.md': '',
  })
  expect((await crawl(cwd, ['repo/docs/en'])).files).toEqual(['a.md'])
})

it('has no business with parent folders outside of a repository', async () => {
  const cwd = world({ '.gitignore': '*.md\n', 'docs/a.md': '' })
  expect((await crawl(cwd, ['docs'])).files).toEqual(['a.md'])
})

it("ends a repository's rules where another repository begins", async () => {
  const cwd = world({
    '.gitignore': '*.log\n',
    '.ignore': '*.tmp\n',
    'sub/.git': 'gitdir: ../x\n',
    'sub/a.log': '',
    'sub/a.tmp': '',
  })
  expect((await crawl(cwd)).files).toEqual(['sub/a.log'])
})

it('finds the exclude file of a linked working tree', async () => {
  const cwd = world({
    'main/.git/info/exclude': '*.log\n',
    'main/.git/worktrees/w/commondir': '../..\n',
    'w/.git': 'gitdir: ../main/.git/worktrees/w\n',
    'w/a.log': '',
    'w/a.md': '',
  })
  expect((await crawl(cwd, ['w'])).files).toEqual(['a.md'])
})

it('crawls a folder that is named though its repository ignores it', async () => {
  const cwd = world({
    'repo/.git/HEAD': '',
    'repo/.gitignore': 'build/\n*.log\n',
    'repo/build/x/a.md': '',
    'repo/build/b.log': '',
  })
  expect((await crawl(cwd, ['repo/build'])).files).toEqual(['x/a.md'])
  expect((await crawl(cwd, ['repo', 'repo/build/x'])).files).toEqual(['build/x/a.md'])
  expect(await crawl(cwd, ['repo', 'repo/build'])).toMatchObject({ files: ['build/x/a.md'], ignored: 3 })
})

it('passes all ignore files by when told to', async () => {
  const cwd = world({ '.gitignore': '*\n', 'a.md': '', 'node_modules/b.md': '' })
  expect((await crawl(cwd, ['.'], { ignoreFiles: false })).files).toEqual(['a.md', 'node_modules/b.md'])
})

it('takes a folder of that name for no ignore file, and a byte-order mark and CRLF for none of the pattern', async () => {
  const cwd = world({
    '.gitignore': '\uFEFF*.log\r\n# comment\r\n\\#x\r\n',
    'a.log': '',
    '#x': '',
    'b.md': '',
  })
  mkdirSync(join(cwd, '.ignore'))
  expect((await crawl(cwd)).files).toEqual(['b.md'])
})

it('distinguishes upper and lower case, on every machine alike', async () => {
  const cwd = world({ 'a.MD': '', 'b.md': '' })
  writeFileSync(join(cwd, '.ignore'), '*.md\n')
  expect((await crawl(cwd)).files).toEqual(['a.MD'])
})

const hasGit = spawnSync('git', ['--version']).status === 0

it.skipIf(!hasGit)('sees what git sees, whatever the rules at whatever level', async () => {
  const name = fc.constantFrom('a', 'b', 'ab', 'c.md', 'a.md')
  const path = fc.array(name, { minLength: 1, maxLength: 4 }).map(names => names.join('/'))
  const glob = fc.constantFrom('a', 'b', 'a*', '*.md', '?', '[ab]', '**', '*', '[!a]', 'a?')
  const line = fc
    .record({
      not: fc.constantFrom('', '', '!'),
      start: fc.constantFrom('', '', '/', '**/'),
      globs: fc.array(glob, { minLength: 1, maxLength: 3 }),
      end: fc.constantFrom('', '', '/', '/**'),
    })
    .map(({ not, start, globs, end }) => not + start + globs.join('/') + end)
  const rules = fc.array(line, { maxLength: 4 }).map(lines => lines.join('\n'))
  const tree = fc.record({
    files: fc.array(path, { minLength: 3, maxLength: 12 }),
    rules: fc.dictionary(fc.oneof(fc.constant('.'), path), rules, { maxKeys: 4 }),
  })
  await fc.assert(
    fc.asyncProperty(tree, async ({ files, rules }) => {
      const cwd = world()
      for (const file of files) write(cwd, `${file}/f`)
      for (const [folder, text] of Object.entries(rules)) write(cwd, `${folder}/.gitignore`, text)
      const env = {
        ...process.env,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_DIR: join(cwd, '.git'),
        GIT_WORK_TREE: cwd,
      }
      execFileSync('git', ['init', '-q', cwd], {
        env: { ...env, GIT_DIR: undefined, GIT_WORK_TREE: undefined },
      })
      const seen = execFileSync('git', ['ls-files', '--others', '--exclude-standard', '-z'], {
        cwd,
        env,
        encoding: 'utf8',
      })
      expect((await crawl(cwd, ['.'], { hidden: true })).files).toEqual(
        seen.split('\0').filter(Boolean).sort(),
      )
    }),
    { numRuns: Number(process.env.RUNS ?? 25) },
  )
})

function write(root: string, path: string, text = ''): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

it.skipIf(process.getuid?.() === 0)('reports an ignore file that may not be read', async () => {
  const cwd = world({ '.gitignore': '*.log', 'a.md': '' })
  chmodSync(join(cwd, '.gitignore'), 0)
  expect(await crawl(cwd)).toEqual({ files: ['a.md'], leftOut: ['unreadable .gitignore'], ignored: 1 })
})
