/** Before all tests: builds the command where it is not there, or is older than its source. */
import { execFileSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

export default function build(): void {
  if (timeOf('dist/cli.js') > newestSource()) return
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' })
}

function newestSource(): number {
  const paths = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  return Math.max(...paths.map(path => timeOf(join('src', path))))
}

/** Milliseconds since 1970; 0 where the file is not there. */
function timeOf(path: string): number {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0
}
