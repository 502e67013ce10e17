/**
 * The chunks of the index for OpenSearch (and Elasticsearch): the lines of its bulk API, to be posted to `/NAME/_bulk`,
 * and the mapping to make the index NAME with first.
 */
import type { Index } from '../search/index.ts'
import { chunkHash } from '../segment/chunk-hash.ts'
import { exportedChunks, exportedDocuments } from './exported-chunk.ts'

/** The body of `PUT /NAME`. */
export const OPENSEARCH_MAPPING = {
  mappings: {
    dynamic: 'strict',
    properties: {
      path: { type: 'keyword' },
      startLine: { type: 'integer' },
      endLine: { type: 'integer' },
      title: { type: 'text' },
      heading: { type: 'text' },
      text: { type: 'text' },
      language: { type: 'keyword' },
      format: { type: 'keyword' },
      hash: { type: 'keyword' },
      // Whatever documents say of themselves: one field, so that it cannot grow without bound.
      metadata: { type: 'flat_object' },
    },
  },
} as const

/** Two lines for each chunk: the action, then the chunk. An id is the same whenever path and place are. */
export async function* exportOpensearch(index: Index): AsyncGenerator<string> {
  for await (const exported of exportedDocuments(index)) {
    const { path, row, document } = exported
    const { title, language, format, metadata } = row
    const documentId = chunkHash(path)
    for (const { ordinal, chunk } of exportedChunks(exported)) {
      const { startLine, endLine, trail } = chunk
      const text = document.text.slice(chunk.start, chunk.end)
      const hash = chunkHash(text)
      const source = {
        path,
        startLine,
        endLine,
        title,
        heading: trail,
        text,
        language,
        format,
        hash,
        metadata,
      }
      yield `${JSON.stringify({ index: { _id: `${documentId}-${ordinal}` } })}\n${JSON.stringify(source)}\n`
    }
  }
}
