import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { world } from '../world.ts'

const one = () => world({ 'docs/a.md': '# A\n\nSome words here.\n' })

/** Every failure: nothing on standard output, one line on standard error, exit code 2. */
const refusal = (message: RegExp) => ({
  code: 2,
  stdout: '',
  stderr: expect.stringMatching(new RegExp(`^glean: [^\\n]*${message.source}[^\\n]*\\n$`)),
})

test.each<[string[], RegExp]>([
  [['search', 'words'], /no index here/],
  [['search', 'words', '--index', 'nowhere'], /no index at nowhere/],
  [['search', 'words', '--index', 'docs'], /docs is no gleaner index/],
  [['search', 'words', '--index', 'docs/a.md'], /docs\/a\.md is a file/],
  [['search'], /nothing to search for/],
  [['search', ''], /nothing to search for.*lists all documents/],
  [['search', '-c', ' ', '-e', ''], /nothing to search for/],
  [['search', '-n', '0', 'words'], /--limit takes a whole number from 1 on; got "0"/],
  [['search', '-n', '1.5', 'words'], /--limit takes a whole number from 1 on; got "1\.5"/],
  [['search', '--offset', '-1', 'words'], /--offset takes a whole number from 0 on; got "-1"/],
  [['search', '--formt', 'json', 'words'], /unknown flag --formt; did you mean --format\?/],
  [
    ['search', '--format', 'html', 'words'],
    /--format takes pretty, plain, json, jsonl, vimgrep, markdown, evidence, paths; got "html"/,
  ],
  [['serach', 'words'], /unknown command serach; did you mean search\?/],
  [['frobnicate'], /unknown command frobnicate; the commands are index, search/],
  [['--json'], /unknown flag --json; see glean --help/],
  [['index', 'nowhere'], /nowhere/],
  [['index', 'docs', '--index', 'docs'], /docs/],
  [['index', 'docs', '--max-file-size', 'big'], /--max-file-size takes a size/],
  [['index', 'docs', '--jobs', 'many'], /--jobs takes a whole number/],
  [['show'], /nothing to show: glean show/],
  [['stats', 'a', 'extra'], /stats takes no further argument "extra"/],
  [['export', 'csv'], /cannot export to "csv"; the forms are minisearch/],
])('glean %j is refused', async (args, message) => {
  expect(await one().run(...args)).toEqual(refusal(message))
})

test('show says what it does not find', async () => {
  const here = await one().index('docs')
  expect(await here.run('show', 'b.md')).toEqual(refusal(/no document b\.md/))
  expect(await here.run('show', 'a.md:99')).toEqual(refusal(/a\.md has 3 lines/))
})

test('a cut segment and an index of a later format are refused, not answered with no hits', async () => {
  const here = await one().index('docs')
  const segment = readdirSync(here.path('index')).find(name => name.endsWith('.seg'))!
  truncateSync(here.path(`index/${segment}`), statSync(here.path(`index/${segment}`)).size - 10)
  expect(await here.run('search', 'words')).toEqual(refusal(/index/))
  const manifest = here.path('index/manifest.json')
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(/"gleaner":\d+/, '"gleaner":99'))
  expect(await here.run('search', 'words')).toEqual(refusal(/format 99/))
})

test('a message holds no control characters, whatever was typed', async () => {
  const { stderr } = await one().run('show', 'a\u001b[31m\nb', '--index', 'nowhere\u0007')
  expect([...stderr].filter(character => character < ' ')).toEqual(['\n'])
  expect(stderr).toMatch(/^glean: /)
})
