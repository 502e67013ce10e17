/** A small index for a test: files in a temporary folder, indexed and opened, removed afterwards. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buildIndex } from '../../src/build/build.ts'
import type { Index } from '../../src/search/index.ts'
import { openIndex } from '../../src/search/open.ts'

/** Calls `use` with the index of the given files (path -> content) and the folder that holds `docs` and `index`. */
export async function withIndex(
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (index: Index, folder: string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gleaner-'))
  try {
    mkdirSync(join(folder, 'docs'))
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, 'docs', path)), { recursive: true })
      writeFileSync(join(folder, 'docs', path), content)
    }
    await buildIndex({ paths: ['docs'], index: 'index', cwd: folder })
    const index = await openIndex('index', { cwd: folder })
    try {
      await use(index, folder)
    } finally {
      await index.close()
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
