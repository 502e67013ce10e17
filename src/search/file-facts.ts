/**
 * What is known of a document's file besides what the document says of itself. Size, format and language are as they
 * were indexed. When the file was modified the index does not hold, so that the same files give the same index wherever
 * and whenever they are copied: it is asked of the file itself, and unknown where the file is not here.
 */
import type { Metadata } from '../document/document.ts'
import type { DocumentList, ListedDocument } from '../segment/document-list.ts'
import type { DocumentRow } from '../segment/document-row.ts'

/** Facts of a file. */
export interface FileFacts {
  /** Bytes of the file when it was indexed. */
  size: number
  /** Time of its last change, ISO 8601 in UTC; absent where the file is not here. */
  modified?: string
  /** Name of the format it was read as. */
  format: string
  /** ISO 639-1 code of its language; absent where that could not be told. */
  language?: string
}

/** The facts of one document; `modified` is what its file says, if it is here. */
export function fileFacts(
  { size }: Pick<ListedDocument, 'size'>,
  row: Pick<DocumentRow, 'format' | 'language'>,
  modified: string | undefined,
): FileFacts {
  return { size, ...(modified === undefined ? {} : { modified }), ...textFacts(row) }
}

/** The facts that an index has of a text by itself, whatever file it came from. */
export function textFacts({
  format,
  language,
}: Pick<DocumentRow, 'format' | 'language'>): Pick<FileFacts, 'format' | 'language'> {
  return { format, ...(language === '' ? {} : { language }) }
}

/**
 * A document's metadata as filters see it: what it says of itself, then the facts of its file, by their names where the
 * document has no such key, and in any case as `file`.
 */
export function withFacts(metadata: Metadata, facts: Partial<FileFacts>): Metadata {
  const file: Metadata = { ...facts }
  return { ...file, file, ...metadata }
}

/** The documents of the list by segment and number there. */
export async function documentsByPlace(
  documents: DocumentList,
): Promise<(segment: number, document: number) => ListedDocument | undefined> {
  const places: ListedDocument[][] = []
  for await (const listed of documents.from()) {
    places[listed.segment] ??= []
    places[listed.segment]![listed.document] = listed
  }
  return (segment, document) => places[segment]?.[document]
}
