/** Reads the list of documents whole, and holds it against what the manifest says of it. */
import type { DocumentList } from '../segment/document-list.ts'
import { DocumentOrder } from '../segment/document-order.ts'
import type { Manifest } from '../segment/manifest.ts'
import type { Complain, Turn } from './segment-check.ts'

/** Checks that every document is listed once, in order of path, at the place its segment has it. */
export async function checkDocuments(
  list: DocumentList,
  { documents, segments, totals }: Manifest,
  complain: Complain,
  turn: Turn,
): Promise<void> {
  const order = new DocumentOrder(documents.runs, segments.length)
  let found = 0
  let before = ''
  for await (const { path, segment, document } of list.from()) {
    if (found > 0 && path <= before) complain(`${JSON.stringify(path)} is out of order`)
    if (segment >= segments.length || document >= segments[segment]!.documents)
      complain(`${JSON.stringify(path)} points to a document that is not there`)
    else if (order.rankOf(segment, document) !== found)
      complain(`${JSON.stringify(path)} is not where it should be`)
    before = path
    found++
    await turn()
  }
  if (found !== totals.documents) complain(`expected ${totals.documents} documents, found ${found}`)
  for (const what of ['chunks', 'tokens'] as const) {
    const most = segments.reduce((sum, segment) => sum + segment[what], 0)
    if (totals[what] > most) complain(`expected ${totals[what]} ${what}, the segments have ${most}`)
  }
  const listed = documents.runs.reduce((sum, run) => sum + run[4], 0)
  if (listed !== totals.chunks) complain(`expected ${totals.chunks} chunks, found ${listed}`)
}
