/**
 * Golden rankings over the seeds: what must come first for a question, and why. A change of ranking that moves one of
 * them is a decision, not an accident.
 */
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { openIndex } from '../../src/search/open.ts'

const index = await openIndex(fileURLToPath(new URL('../../index', import.meta.url)))
afterAll(() => index.close())

test.each([
  ['how does an index stay fresh', 'manual/index-folder.md', 'its heading asks just that'],
  ['what do the exit codes mean', 'manual/output-for-scripts.md', 'the section is called so'],
  ['commit the index to git', 'manual/index-folder.md', 'git is rare, and the section is about it'],
  ['why are there two tides a day', 'reading/tides.txt', 'plural, in title and text'],
  ['bees deciding on a new home', 'reading/bees.txt', 'forms of decide, and home'],
  ['why do old books crumble', 'reading/paper.txt', 'crumble stands nowhere else'],
  [
    'bridge twisted and fell in the wind',
    'reading/bridges.txt',
    'the paragraph that tells it, by other forms',
  ],
  ['starter floats in a glass of water', 'reading/sourdough.txt', 'the test of the starter'],
  ['concordance of the Bible', 'reading/libraries.txt', 'both words in one paragraph'],
  ['lighthouse floating in mercury', 'reading/lighthouses.txt', 'the rarest word decides'],
  ['copper heron', 'odd/one-long-line.txt', 'side by side in the middle of one line'],
  ['quiet owlet', 'odd/utf-16.txt', 'the only text that has them, in UTF-16'],
  ['rain gauge', 'odd/restructuredtext.rst', 'under a heading of reStructuredText'],
  ['Bahnzeit Berlin München', 'languages/german.md', 'German, with an umlaut'],
  ['赵州桥 李春', 'languages/chinese.txt', 'two names in a script without spaces'],
  ['江戸風鈴 職人', 'languages/japanese.txt', 'likewise in Japanese'],
  ['самовар шишки дым', 'languages/russian.txt', 'Russian'],
])('%s: %s first, since %s', async (query, path) => {
  expect((await index.search(query)).hits[0]?.path).toBe(path)
})
