/** Opens an index on a web server, or one that is in memory. Knows no file system: this is what a browser has. */
import { GleanError } from '../errors.ts'
import { type Fetch, httpFolder } from '../segment/http-source.ts'
import { memoryFolder } from '../segment/memory-source.ts'
import type { Index } from './index.ts'
import { openIn } from './open-in.ts'

/** How an index is fetched. */
export interface OpenUrlOptions {
  /** In place of the platform's `fetch`: for credentials, or to count. */
  readonly fetch?: Fetch | undefined
}

/**
 * Opens the index under a URL by range requests; where the server answers none, its files are fetched whole. Throws
 * GleanError: `no-index` where there is none, and what {@link openIn} throws.
 */
export async function openUrl(url: string, { fetch }: OpenUrlOptions = {}): Promise<Index> {
  try {
    const index = await openIn(httpFolder(url, fetch), url)
    index.prefetch()
    return index
  } catch (thrown) {
    if (!(thrown instanceof GleanError) || thrown.code !== 'not-found') throw thrown
    throw new GleanError('no-index', `there is no index at ${url}: ${thrown.message}`, { cause: thrown })
  }
}

/** Opens an index whose files are in memory, by name. Throws what {@link openIn} throws. */
export function openMemory(files: Readonly<Record<string, Uint8Array>>, name = 'index'): Promise<Index> {
  return openIn(memoryFolder(files, name), name)
}
