/** The forms of one line a hit. */
import { expect, test } from 'vitest'
import { renderPaths } from '../../src/render/paths.ts'
import { renderNotes, renderPlain } from '../../src/render/plain.ts'
import { renderVimgrep } from '../../src/render/vimgrep.ts'
import { answer, hit, samePath } from './hits.ts'

test('plain: the whole excerpt on the line, white space once, dots where it was cut', () => {
  const wide = hit('the first\r\n   [backup]\tof all ', { truncated: [true, true] })
  expect(renderPlain(answer([wide]), samePath)).toBe('guide/backup.md:12:5: …the first backup of all…\n')
})

test('paths: each once, as the caller names them', () => {
  const hits = [hit('a'), hit('b', { path: 'z.md' }), hit('c')]
  expect(renderPaths(hits, ({ path }) => `../${path}`)).toBe('../guide/backup.md\n../z.md\n')
})

test('vimgrep: the column counts bytes of the line, also where the excerpt begins inside it', () => {
  const line = 'über alles: das [Backup] läuft'.replace(/[[\]]/g, '')
  const cut = hit('das [Backup] läuft', { line: 3, column: 17, truncated: [true, false] })
  expect(renderVimgrep([{ hit: cut, line }], samePath)).toBe('guide/backup.md:3:18:das Backup läuft\n')
})

test('vimgrep: only the line of the match is printed', () => {
  const cut = hit('first line\nsecond [backup] line\r\nthird', { line: 8, column: 8 })
  expect(renderVimgrep([{ hit: cut, line: 'second backup line' }], samePath)).toBe(
    'guide/backup.md:8:8:second backup line\n',
  )
})

test('vimgrep: where the line is another than the match is in, the excerpt has to do', () => {
  const changed = hit('über [backup]', { line: 8, column: 6 })
  expect(renderVimgrep([{ hit: changed, line: 'something else' }], samePath)).toBe(
    'guide/backup.md:8:7:über backup\n',
  )
})

test('notes name what was not found and what is not fresh', () => {
  const notes = renderNotes(
    answer([hit('a', { state: 'detached' })], {
      absent: ['x\u001b'],
      relaxed: ['漢字'],
      suggestion: 'backup',
    }),
  )
  expect(notes).toEqual([
    'not in the index: x␛',
    'nothing has all of 漢字: found by its parts',
    'did you mean: backup',
    'the source files are not here: the text is that of the index',
  ])
  expect(renderNotes(answer([hit('a')]))).toEqual([])
})
