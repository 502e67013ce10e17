/**
 * TOML as metadata: in comes a document of it, out come its values. What does not parse gives nothing. Dates become ISO
 * strings as they were written, zone included; nothing is thrown.
 */
import { parse } from 'smol-toml'
import type { Metadata } from './document.ts'
import { metadataOf } from './plain-value.ts'

/** Brackets and braces in all: the parser is recursive. */
const BRACKETS_LIMIT = 256

/** The values by lower-cased key; undefined where the source is not TOML. */
export function parseTomlMapping(source: string): Metadata | undefined {
  if ((source.match(/[[{]/gu)?.length ?? 0) > BRACKETS_LIMIT) return undefined
  try {
    // A lone carriage return is no line end to TOML.
    return metadataOf(parse(source.replace(/\r\n?/gu, '\n'), { unsafeKeyBehaviour: 'drop' }))
  } catch {
    return undefined
  }
}
