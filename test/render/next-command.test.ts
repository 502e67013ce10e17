import { expect, test } from 'vitest'
import { commandFor } from '../../src/render/next-command.ts'

test.each([
  [['index'], 'glean index'],
  [['docs/my.index'], 'glean index --index docs/my.index'],
  [["Jane's notes"], `glean index --index 'Jane'\\''s notes'`],
  [['a', 'b'], 'glean index, with its --index'],
])('%j is brought up to date by %s', (indexes, command) => {
  expect(commandFor('glean index', indexes)).toBe(command)
})
