/** Which documents of the segments make the index: the runs of a list of documents. See segment/document-order.ts. */
import type { ListedDocument } from '../segment/document-list.ts'
import type { DocumentRun } from '../segment/document-order.ts'
import type { Segment } from '../segment/segment.ts'

/** The runs of documents in order of path. Reads two rows for each run. */
export async function runsOf(
  documents: readonly ListedDocument[],
  segments: readonly (Segment | undefined)[],
): Promise<DocumentRun[]> {
  const runs: DocumentRun[] = []
  for (let first = 0; first < documents.length; ) {
    const { segment, document } = documents[first]!
    let end = first + 1
    while (end < documents.length && follows(documents[end]!, segment, document + end - first)) end++
    const { rows } = segments[segment]!
    const { firstChunk } = await rows.row(document)
    const last = await rows.row(document + end - first - 1)
    runs.push([segment, document, end - first, firstChunk, last.firstChunk + last.chunks - firstChunk])
    first = end
  }
  return runs
}

function follows(listed: ListedDocument, segment: number, document: number): boolean {
  return listed.segment === segment && listed.document === document
}
