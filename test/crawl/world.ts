/** A tiny world: a temporary folder with the files a test needs, gone when the test is. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { resolveSources } from '../../src/crawl/source.ts'
import { type WalkOptions, walk } from '../../src/crawl/walk.ts'

/** Makes the files and answers the folder's real path. */
export function world(files: Record<string, string | Uint8Array> = {}): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'glean-crawl-')))
  // The system's own rm: paths may be longer than Node can name.
  onTestFinished(() => void execFileSync('rm', ['-rf', root]))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  return root
}

export const DEFAULTS: WalkOptions = {
  include: [],
  exclude: [],
  ignoreFiles: true,
  hidden: false,
  maxFileSize: 1000,
}

/** Resolves and walks; paths alone of what is found, `reason path` of what is left out. */
export async function crawl(cwd: string, paths: string[] = ['.'], options: Partial<WalkOptions> = {}) {
  const sources = await resolveSources(paths, cwd)
  const { files, leftOut, ignored } = await walk(sources, { ...DEFAULTS, ...options })
  return {
    files: files.map(({ path }) => path),
    leftOut: leftOut.map(({ path, reason }) => `${reason} ${path}`),
    ignored,
  }
}
