import { expect, test } from 'vitest'
import type { BuildReport } from '../../src/build/report.ts'
import { renderUpdate } from '../../src/render/update.ts'

const REPORT = {
  documents: 9976,
  root: 'do\u001bcs',
  tookMs: 240,
  changed: true,
  changes: { added: 1200, changed: 0, removed: 1, renamed: 2, unchanged: 8773 },
} as BuildReport
const NOON = new Date(2026, 10, 26, 12, 4, 9)

test('an update says when, what has changed, what there is now, and how long it took', () => {
  expect(renderUpdate(REPORT, NOON)).toBe(
    '12:04:09 1,200 added, 2 renamed, 1 removed; 9,976 documents of do␛cs, 240 ms',
  )
  expect(renderUpdate({ ...REPORT, changed: false }, NOON)).toContain('nothing has changed;')
})
