/** Builds one segment of documents that were just read: takes each apart, notes its words, and writes them at the end. */
import type { Document } from '../document/document.ts'
import type { AnalyzerEntry } from '../segment/manifest.ts'
import { writeMarks } from '../segment/mark-string.ts'
import { countTokens } from '../text/analyzer.ts'
import { cutChunks } from '../text/chunk.ts'
import { countLines } from '../text/lines.ts'
import { Inverter } from './invert.ts'
import { type FinishedSegment, SegmentWriter, type Stemmers } from './segment-writer.ts'
import type { DocumentFigures } from './totals.ts'

export class SegmentBuilder {
  readonly #writer: SegmentWriter
  readonly #inverter = new Inverter()

  /** `folder` is where the segment will stand. */
  constructor(folder: string) {
    this.#writer = new SegmentWriter(folder)
  }

  /** Documents so far: the number the next one gets. */
  get documents(): number {
    return this.#writer.documents
  }

  /** Adds a document, in order of path; gives what it adds to the totals. */
  add(document: Document): DocumentFigures {
    const { text, title, format, metadata } = document
    const chunks = cutChunks(document, countTokens)
    let tokens = 0
    for (const chunk of chunks) tokens += this.#inverter.add(document, chunk, chunk === chunks[0])
    const figures = {
      language: this.#inverter.takeLanguage(),
      format,
      bytes: Buffer.byteLength(text),
      tokens,
    }
    const marks = writeMarks(document.marks)
    this.#writer.add({ text, title, metadata, marks, lines: countLines(text), ...figures }, chunks)
    return { ...figures, chunks: chunks.length }
  }

  /** Writes the file under its name. `analyzer` is part of what the name is made of. Call once. */
  finish(analyzer: AnalyzerEntry, stemmers: Stemmers): Promise<FinishedSegment> {
    return this.#writer.finish(analyzer, stemmers, this.#inverter)
  }

  /** Gives up: nothing is left behind. */
  abandon(): void {
    this.#writer.abandon()
  }
}
