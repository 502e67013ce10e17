/** References to passages: `path`, `path:12`, `path:12-18`, and citations, which add `@` and a hash. */
import { GleanError } from '../errors.ts'
import { chunkHash } from '../segment/chunk-hash.ts'
import type { DocumentRow } from '../segment/document-row.ts'
import type { Segment } from '../segment/segment.ts'

/** A passage someone asks for; lines are 1-based and both counted in. */
export interface Reference {
  readonly path: string
  readonly first: number
  readonly last: number
  /** The start of the chunk's hash, where the reference is a citation. */
  readonly hash?: string
}

/** Hexadecimal digits of a chunk's hash in a citation. */
const CITED_DIGITS = 8

/** What a reference may mean, the whole of it as a path first. */
export function parseReference(reference: string): Reference[] {
  const whole = { path: reference, first: 1, last: Number.MAX_SAFE_INTEGER }
  const match = /^(.+):(\d{1,9})(?:-(\d{1,9}))?(?:@([0-9a-f]{4,16}))?$/s.exec(reference)
  if (!match) return [whole]
  const first = Number(match[2])
  const last = Number(match[3] ?? first)
  if (first < 1 || last < first) return [whole]
  const hash = match[4] === undefined ? {} : { hash: match[4] }
  return [whole, { path: match[1]!, first, last, ...hash }]
}

/** The citation of a passage. */
export function citation(path: string, first: number, last: number, hash: string): string {
  return `${path}:${first}-${last}@${hash.slice(0, CITED_DIGITS)}`
}

/** Throws `not-found` where no passage of a document stands on the lines cited with the hash cited. */
export async function mustHold(
  segment: Segment,
  { firstChunk, chunks }: Pick<DocumentRow, 'firstChunk' | 'chunks'>,
  { first, last, hash }: { readonly first: number; readonly last: number; readonly hash: string },
  reference: string,
): Promise<void> {
  for (let chunk = firstChunk; chunk < firstChunk + chunks; chunk++) {
    const row = await segment.text.chunk(chunk)
    if (row.startLine === first && row.endLine === last && chunkHash(row.text).startsWith(hash)) return
    if (row.startLine > first) break
  }
  throw new GleanError(
    'not-found',
    `the passage cited is not in the index as it was: ${reference}; leave out @${hash} for what stands there now`,
  )
}
