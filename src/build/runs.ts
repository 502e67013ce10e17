/** Which documents of the segments make the index: the runs of a list of documents. See segment/document-order.ts. */
import type { ListedDocument } from '../segment/document-list.ts'
import type { DocumentRun } from '../segment/document-order.ts'
import type { Segment } from '../segment/segment.ts'

/** The runs of documents in order of path. Reads two rows for each run. */
export async function runsOf(
  documents: Iterable<ListedDocument>,
  segments: readonly (Segment | undefined)[],
): Promise<DocumentRun[]> {
  const runs: [segment: number, document: number, documents: number][] = []
  for (const { segment, document } of documents) {
    const last = runs.at(-1)
    if (last && last[0] === segment && last[1] + last[2] === document) last[2]++
    else runs.push([segment, document, 1])
  }
  const complete: DocumentRun[] = []
  for (const [segment, document, count] of runs) {
    const { rows } = segments[segment]!
    const { firstChunk } = await rows.row(document)
    const last = await rows.row(document + count - 1)
    complete.push([segment, document, count, firstChunk, last.firstChunk + last.chunks - firstChunk])
  }
  return complete
}
