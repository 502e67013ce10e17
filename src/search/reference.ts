/** References to passages: `path`, `path:12`, `path:12-18`, and citations, which add `@` and a hash. */

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
  const first = Math.max(1, Number(match[2]))
  const last = Math.max(first, Number(match[3] ?? first))
  const hash = match[4] === undefined ? {} : { hash: match[4] }
  return [whole, { path: match[1]!, first, last, ...hash }]
}

/** The citation of a passage. */
export function citation(path: string, first: number, last: number, hash: string): string {
  return `${path}:${first}-${last}@${hash.slice(0, CITED_DIGITS)}`
}
