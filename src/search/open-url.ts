/** Opens an index on a web server, or one that is in memory. Knows no file system: this is what a browser has. */
import { GleanError } from '../errors.ts'
import { type Fetch, httpFolder } from '../segment/http-source.ts'
import { memoryFolder } from '../segment/memory-source.ts'
import type { Index } from './index.ts'
import { openIn, openWithHead } from './open-in.ts'

/** How an index is fetched. */
export interface OpenUrlOptions {
  /** In place of the platform's `fetch`: for credentials, or to count. */
  readonly fetch?: Fetch | undefined
  /**
   * Name of the index's head, a file that `glean export site` puts beside the manifest: with it the first search waits
   * for the network two times less. A head that is not there, or cannot be read, is done without.
   */
  readonly head?: string | undefined
}

/**
 * Opens the index under a URL by range requests; where the server answers none, its files are fetched whole. Throws
 * GleanError: `no-index` where there is none, and what {@link openIn} throws.
 */
export async function openUrl(url: string, { fetch, head }: OpenUrlOptions = {}): Promise<Index> {
  const files = httpFolder(url, fetch)
  try {
    const headed = head === undefined ? undefined : files.whole(head)
    const index =
      (await headed?.then(bytes => openWithHead(files, url, bytes)).catch(() => undefined)) ??
      (await openIn(files, url))
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
