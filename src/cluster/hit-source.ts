/** What hits are read from: the candidates of a query, and of their documents what the cluster has. */
import type { HitSource } from '../search/hit.ts'
import type { DocumentList, ListedDocument } from '../segment/document-list.ts'
import type { CandidateSegment } from './candidate-segment.ts'
import { type ClusterDocuments, documentRow, listed } from './documents.ts'
import type { HeldChunk } from './row.ts'

/** The candidates of one query. */
export interface Candidates extends CandidateSegment {
  readonly chunks: readonly HeldChunk[]
}

/** Documents are asked for when a hit needs them; `list` is that of all. */
export function hitSource(
  { segment, order, documents: own, chunks }: Candidates,
  documents: ClusterDocuments,
  list: DocumentList,
): HitSource {
  const held = async (place: number) => {
    const { number } = own[place]!
    await documents.know([number])
    return documents.get(number)
  }
  const at = async (place: number): Promise<ListedDocument> => listed(await held(place), place)
  return {
    manifest: { totals: { documents: own.length } },
    order,
    segments: [
      {
        isFar: false,
        entry: segment.entry,
        rows: {
          around: chunk => segment.rows.around(chunk),
          row: async place => {
            const { firstChunk, chunks: count } = await segment.rows.row(place)
            return { ...documentRow(await held(place)), firstChunk, chunks: count }
          },
          ofChunk: async chunk => {
            const { number, firstChunk } = await segment.rows.ofChunk(chunk)
            return { ...documentRow(await held(number)), firstChunk, number }
          },
        },
        text: {
          // In which column it began the segment does not know.
          chunk: async number => ({
            ...(await segment.text.chunk(number)),
            column: chunks[number]!.column,
          }),
        },
      },
    ],
    documents: {
      ...list,
      at,
      from: async function* () {
        for (const place of own.keys()) yield await at(place)
      },
    },
  }
}
