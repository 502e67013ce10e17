/** Byte sources over files that are in memory: an index inside a page, or one that a test makes. */
import { GleanError } from '../errors.ts'
import type { ByteFolder } from './byte-source.ts'

/** A folder of files given by name. */
export function memoryFolder(files: Readonly<Record<string, Uint8Array>>, name: string): ByteFolder {
  return {
    name,
    open: file => {
      const bytes = Object.hasOwn(files, file) ? files[file] : undefined
      if (!bytes) throw new GleanError('not-found', `cannot open ${name}/${file}: it is not there`)
      return {
        size: bytes.length,
        read: (offset, length) => {
          if (offset + length <= bytes.length) return bytes.subarray(offset, offset + length)
          throw new GleanError('damaged', `${name}/${file} ends before byte ${offset + length}`)
        },
        close: () => {},
      }
    },
  }
}
