/**
 * The fields of a chunk. A token belongs to exactly one: `title` where it stands in the document's title (posted once,
 * with the document's first chunk), `heading` where it stands in a heading line, else `text`.
 */
export const FIELDS = ['text', 'heading', 'title'] as const
export type FieldName = (typeof FIELDS)[number]

export const TEXT = 0
export const HEADING = 1
export const TITLE = 2
export type Field = typeof TEXT | typeof HEADING | typeof TITLE
