/** A temporary folder that is gone when the tests are over. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Absolute; `after` is `afterAll` or `onTestFinished`. */
export function temporaryFolder(name: string, after: (remove: () => void) => void): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `glean-${name}-`)))
  after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
