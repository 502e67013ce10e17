import { expect, test } from 'vitest'
import { colorWanted } from '../../src/render/color.ts'

test.each<[string, boolean, Record<string, string>, boolean]>([
  ['auto', true, { TERM: 'xterm' }, true],
  ['auto', false, { TERM: 'xterm' }, false],
  ['auto', true, { TERM: 'dumb' }, false],
  ['auto', true, { NO_COLOR: '1' }, false],
  ['auto', true, { NO_COLOR: '' }, true],
  ['always', false, { NO_COLOR: '1', TERM: 'dumb' }, true],
  ['never', true, {}, false],
])('%s, terminal %s, %j: colour %s', (choice, isTerminal, env, wanted) => {
  expect(colorWanted(choice, isTerminal, env)).toBe(wanted)
})
