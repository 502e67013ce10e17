import { expect, test } from 'vitest'
import type { BuildReport } from '../../src/build/report.ts'
import { renderProgress } from '../../src/render/progress.ts'
import { renderReport } from '../../src/render/report.ts'

const report: BuildReport = {
  schema: 'gleaner.index/1',
  index: 'index',
  root: 'docs',
  documents: 9976,
  chunks: 465_278,
  tokens: 10_412_345,
  terms: 217_894,
  textBytes: 72_100_000,
  indexBytes: 52_000_000,
  tookMs: 31_200,
  changed: true,
  changes: { added: 2, changed: 0, removed: 0, renamed: 0, unchanged: 0 },
  segments: 1,
  rebuilt: null,
  leftOutCounts: { binary: 11, 'too-large': 1 },
  leftOut: Array.from({ length: 12 }, (_, n) => ({
    path: `images/${n}.png`,
    reason: 'binary',
    detail: 'NUL byte at 8',
  })),
  doubts: [{ path: 'old/letter.txt', detail: 'read as windows-1251, a guess' }],
  ignored: 3,
}

test('the outcome of a build', () => {
  expect(renderReport(report, { color: false, dryRun: false })).toMatchInlineSnapshot(`
    "Indexed 9,976 documents of docs in 31 s, 2.3 MB/s
      465,278 passages, 10,412,345 words, 217,894 of them different
      72 MB of text, 52 MB of index (0.72 of the text) in index
    Left out 12 files: 11 binary, 1 too large
      images/0.png: binary, NUL byte at 8
      images/1.png: binary, NUL byte at 8
      images/2.png: binary, NUL byte at 8
      images/3.png: binary, NUL byte at 8
      images/4.png: binary, NUL byte at 8
      images/5.png: binary, NUL byte at 8
      images/6.png: binary, NUL byte at 8
      images/7.png: binary, NUL byte at 8
      images/8.png: binary, NUL byte at 8
      images/9.png: binary, NUL byte at 8
      and 2 more; glean index --json lists all
    Doubtful 1 file, indexed all the same
      old/letter.txt: read as windows-1251, a guess
    Passed over 3 files and folders by rule (ignore files, hidden, node_modules, links to what is indexed anyway, --exclude)
    "
  `)
})

test('a build that changed nothing, and one that wrote nothing', () => {
  const small = { ...report, documents: 1, leftOut: [], leftOutCounts: {}, doubts: [], ignored: 0 }
  expect(renderReport({ ...small, changed: false }, { color: false, dryRun: false })).toMatchInlineSnapshot(`
    "Nothing has changed: 1 document of docs, read in 31 s
      465,278 passages, 10,412,345 words, 217,894 of them different
      72 MB of text, 52 MB of index (0.72 of the text) in index
    "
  `)
  expect(renderReport(small, { color: false, dryRun: true })).toMatchInlineSnapshot(`
    "Would index 1 file of docs, 72 MB, into index
      nothing was written
    "
  `)
})

test('on a narrow terminal it is broken between words, never within a number or before its unit', () => {
  const shown = (width: number) => renderReport(report, { color: false, dryRun: false, width })
  expect(shown(40).split('\n').slice(0, 7)).toEqual([
    'Indexed 9,976 documents of docs in 31 s,',
    '2.3 MB/s',
    '  465,278 passages, 10,412,345 words,',
    '  217,894 of them different',
    '  72 MB of text, 52 MB of index (0.72 of',
    '  the text) in index',
    'Left out 12 files: 11 binary, 1 too',
  ])
  for (let width = 20; width < 80; width++) expect(shown(width)).not.toMatch(/\d\n *(ms|s|MB|,)/)
})

test('names of files are made safe', () => {
  const leftOut = [{ path: 'a\u001b[31m\nb', reason: 'binary' as const, detail: '' }]
  expect(renderReport({ ...report, leftOut }, { color: false, dryRun: false })).toContain(
    '\n  a␛[31m b: binary\n',
  )
})

test('progress says the phase, the rate and the time left', () => {
  const all = { totalFiles: 9976, totalBytes: 72e6 }
  expect(
    renderProgress(
      { phase: 'crawl', files: 1234, bytes: 0, totalFiles: 0, totalBytes: 0 },
      { elapsed: 300 },
      120,
    ),
  ).toBe('Finding files: 1,234')
  expect(renderProgress({ phase: 'read', files: 10, bytes: 1e5, ...all }, { elapsed: 200 }, 120)).toBe(
    'Reading 10 of 9,976 files, 100 kB of 72 MB',
  )
  expect(renderProgress({ phase: 'read', files: 4200, bytes: 24e6, ...all }, { elapsed: 8000 }, 120)).toBe(
    'Reading 4,200 of 9,976 files, 24 MB of 72 MB · 3 MB/s · 16 s left',
  )
  expect(renderProgress({ phase: 'write', files: 9976, bytes: 72e6, ...all }, { elapsed: 24_000 }, 120)).toBe(
    'Writing the index of 9,976 files',
  )
})

test('a file that takes long is named, as far as there is room, and no line is wider than the terminal', () => {
  const slow = {
    phase: 'read',
    files: 4,
    totalFiles: 40,
    bytes: 3e6,
    totalBytes: 72e6,
    file: 'reports/2024/a very large\u001b[2J.pdf',
  } as const
  const line = (onFile: number, width: number) => renderProgress(slow, { elapsed: 2000, onFile }, width)
  expect(line(300, 120)).toBe('Reading 4 of 40 files, 3 MB of 72 MB · 1.5 MB/s · 46 s left')
  expect(line(2400, 120)).toBe(
    'Reading 4 of 40 files, 3 MB of 72 MB · 1.5 MB/s · 46 s left · reports/2024/a very large␛[2J.pdf (2.4 s)',
  )
  expect(line(2400, 90)).toBe(
    'Reading 4 of 40 files, 3 MB of 72 MB · 1.5 MB/s · 46 s left · … very large␛[2J.pdf (2.4 s)',
  )
  expect(line(2400, 40)).toBe('Reading 4 of 40 files, 3 MB of 72 MB ·…')
})
