/**
 * A row of a table as a line of text: short cells beside each other, parted by bars, empty ones left out. What is too long for that stands as
 * paragraphs, for a page may be laid out by a table.
 */
import type { TextBuilder } from './extracted.ts'

/** UTF-16 units of a cell that still is part of its row's line. */
export const CELL_LIMIT = 200

export class TableRow {
  readonly #out: TextBuilder
  readonly #cells: string[] = []
  #cell: string[] = []

  constructor(out: TextBuilder) {
    this.#out = out
  }

  /** A paragraph of the cell that is being read. */
  add(text: string): void {
    const words = text.replace(/\s+/gu, ' ').trim()
    if (words.length > CELL_LIMIT) this.#out.paragraph(words)
    else if (words !== '') this.#cell.push(words)
  }

  endCell(): void {
    if (this.#cell.length > 0) this.#cells.push(this.#cell.join(' '))
    this.#cell = []
  }

  end(): void {
    this.endCell()
    if (this.#cells.length > 0) this.#out.line(this.#cells.join(' | '))
  }
}
