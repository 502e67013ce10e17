/** A file of units in a temporary folder, written by a test and opened again. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openFile } from '../../src/segment/file-source.ts'
import { UnitFile } from '../../src/segment/unit.ts'
import { UnitWriter } from '../../src/segment/unit-writer.ts'

/** Writes a file by `write`, opens it, and gives both what `write` returned and the file to `use`. */
export async function withUnitFile<T>(
  write: (out: UnitWriter) => T,
  use: (file: UnitFile, written: T, path: string) => Promise<void> | void,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gleaner-'))
  try {
    const out = new UnitWriter(folder, 'test.seg')
    const written = write(out)
    const bytes = out.finish()
    const path = join(folder, 'test.seg')
    const source = openFile(path, 'test.seg')
    try {
      await use(new UnitFile('test.seg', 'test.seg', source, bytes), written, path)
    } finally {
      source.close()
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
