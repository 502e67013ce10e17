/** Answers from an index that the page reads by itself, over HTTP or from memory. */
import type { Index } from '../browser.ts'
import type { SearchSource } from './source.ts'

/** Bytes of words and of paths that a page may fetch whole without making its reader wait. */
const NEAR_BYTES = 1 << 20

/** `reopen` opens the index anew: its files may have been replaced since. */
export function indexSource(index: Index, reopen: () => Promise<Index>): SearchSource {
  let current = index
  /** What is no longer there was replaced: then the new index is asked. */
  const ask = async <T>(call: (index: Index) => Promise<T>): Promise<T> => {
    try {
      return await call(current)
    } catch (thrown) {
      if (!isReplaced(thrown)) throw thrown
      current = await reopen()
      return call(current)
    }
  }
  const { totals, segments, documents } = index.manifest
  const words = segments.reduce((sum, { sections }) => sum + (sections.dictionary ?? 0), 0)
  return {
    documents: totals.documents,
    isNear: words + documents.bytes <= NEAR_BYTES,
    search: (query, options) => ask(each => each.search(query, options)),
    show: reference => ask(each => each.show(reference)),
  }
}

function isReplaced(thrown: unknown): boolean {
  return (thrown as { code?: unknown }).code === 'not-found' && /no such file/.test(String(thrown))
}
