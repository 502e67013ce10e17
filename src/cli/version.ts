/** The version of gleaner, as its package.json has it. */
import { readFileSync } from 'node:fs'

/** Read from the package the bundle stands in: `dist/` is one folder below it. */
export function version(): string {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  return manifest.version
}
