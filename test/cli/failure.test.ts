import { expect, test } from 'vitest'
import { failureLines } from '../../src/cli/failure.ts'
import { GleanError } from '../../src/errors.ts'

test('an error we foresaw is its message, on one line, safe to print', () => {
  const thrown = new GleanError('not-found', 'no file \u001b[31mred\nor green')
  expect(failureLines(thrown, {})).toBe('glean: no file ␛[31mred or green\n')
})

test('on a narrow terminal it is broken at spaces, and a path stays whole', () => {
  const thrown = new GleanError(
    'no-index',
    'there is no index at some/very/long/path/to/it; build one: glean index DIR',
  )
  expect(failureLines(thrown, {}, 24)).toBe(
    'glean: there is no index\nat\nsome/very/long/path/to/it;\nbuild one: glean index\nDIR\n',
  )
})

test('what the system refuses is told as that', () => {
  const thrown = Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO', syscall: 'read' })
  expect(failureLines(thrown, {})).toBe('glean: the system refused: EIO: i/o error, read\n')
})

test('a folder that is gone is told as that', () => {
  const thrown = Object.assign(new Error('ENOENT: no such file or directory, uv_cwd'), {
    code: 'ENOENT',
    syscall: 'uv_cwd',
  })
  expect(failureLines(thrown, {})).toMatch(/^glean: the folder this was started in is gone; /)
})

test('any other says how to learn more, and then does', () => {
  const thrown = new TypeError('x is not a function')
  expect(failureLines(thrown, {})).toBe(
    'glean: x is not a function; this should not happen: GLEAN_DEBUG=1 shows where it does\n',
  )
  expect(failureLines(thrown, { GLEAN_DEBUG: '1' })).toMatch(
    /^glean: x is not a function\nTypeError: .*\n {4}at /,
  )
})
