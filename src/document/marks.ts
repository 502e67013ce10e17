/**
 * Marks: places in a document that its lines do not tell. From its line on, each says where the reader is: on page 3, on
 * slide 2, at 1:02 of a recording. A document of plain lines has none.
 *
 * Three kinds say what a line is rather than where: `heading` (its level), `title`, and `code` (so many lines from here
 * on). They stand in documents whose text was taken out of another form, and tell what the text alone no longer shows.
 */

/** Where a reader is, by kind: `{ page: 3 }`, `{ sheet: 'Prices', cell: 'A5' }`, `{ time: 62 }` (seconds). */
export type Position = { [kind: string]: string | number }

/** One place of a document. */
export interface Mark {
  /** 1-based line of the document's text. */
  readonly line: number
  /** `page`, `slide`, `sheet`, `cell`, `chapter`, `time` and the like, or one of {@link OUTLINE_KINDS}. */
  readonly kind: string
  readonly value: string | number
}

/** What a line is, not where. */
export const OUTLINE_KINDS: ReadonlySet<string> = new Set(['heading', 'title', 'code'])

/** The place of a 1-based line: of each kind the last mark up to it. Undefined where there is none. */
export function positionAt(marks: readonly Mark[], line: number): Position | undefined {
  const position: Position = {}
  for (const mark of marks) {
    if (mark.line > line) break
    if (!OUTLINE_KINDS.has(mark.kind)) position[mark.kind] = mark.value
  }
  return Object.keys(position).length > 0 ? position : undefined
}
