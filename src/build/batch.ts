/**
 * A batch: consecutive files that one thread reads, takes apart and inverts. What comes of it is everything a segment needs
 * of them but what depends on the files before: it goes from thread to thread, and is put together in order.
 */
import type { FoundFile, LeftOut } from '../crawl/file.ts'
import type { FileIdentity, ReadRules } from '../document/file-identity.ts'
import { type FileDocument, readFileDocument } from '../document/read-file.ts'
import { writeMarks } from '../segment/mark-string.ts'
import { countTokens } from '../text/analyzer.ts'
import { cutChunks } from '../text/chunk.ts'
import { countLines } from '../text/lines.ts'
import { Inverter } from './invert.ts'
import { type PackedChunks, packChunks } from './packed-chunks.ts'
import { type PackedTexts, TextPacker } from './packed-texts.ts'
import { marksOf, type RunMarks } from './run-marks.ts'
import type { RunStore, StoredRows } from './run-store.ts'
import type { WrittenDocument } from './segment-writer.ts'
import type { PackedTerms } from './term-table.ts'

/** Bytes of files in a batch: a second's work at most, and memory for a few of them. */
export const BATCH_BYTES = 1 << 20
/** However small they are. */
const BATCH_FILES = 2048

/** Chunks that are read without a look at whether others want their turn. */
const CHUNKS_BETWEEN = 256

/** Terms that a reader knows at most when it begins with a batch: it is told the commoner ones soon again. */
const KNOWN_TERMS = 1 << 17

/** A file that was read. */
export interface BatchDocument {
  readonly file: FileIdentity
  readonly doubt: string | undefined
  readonly document: Omit<WrittenDocument, 'text'>
  readonly chunks: PackedChunks
}

export interface Batch {
  /** For each of the files, in order, its document, or why there is none. */
  readonly outcomes: readonly (BatchDocument | LeftOut)[]
  /** The texts of those that are documents. */
  readonly texts: PackedTexts
  /** Terms that the reader has not told before. */
  readonly terms: PackedTerms
  readonly run: KeptRun
}

/** A run whose rows wait to be merged; see {@link PostingRun}. */
export interface KeptRun extends RunMarks {
  readonly rows: StoredRows
  readonly lengths: Uint8Array
}

/** Divides files, which come in order of path, into batches of so many bytes. */
export function batchesOf(files: readonly FoundFile[], batchBytes: number): FoundFile[][] {
  const batches: FoundFile[][] = []
  let bytes = 0
  for (const file of files) {
    const last = batches.at(-1)
    if (last && bytes + file.size <= batchBytes && last.length < BATCH_FILES) {
      last.push(file)
      bytes += file.size
    } else {
      batches.push([file])
      bytes = file.size
    }
  }
  return batches
}

/** Reads one batch after another; knows the words it has read, until they are too many, and then begins anew. */
export class BatchReader {
  readonly #rules: ReadRules
  readonly #store: RunStore
  readonly #knownTerms: number
  readonly #inverter = new Inverter()
  readonly #texts = new TextPacker()
  #told = 0

  /** Keeps postings in `store`. */
  constructor(rules: ReadRules, store: RunStore, knownTerms = KNOWN_TERMS) {
    this.#rules = rules
    this.#store = store
    this.#knownTerms = knownTerms
  }

  /**
   * `before` is called ahead of each file, and now and then within a large one, with its number, and waited for; what it
   * throws is thrown.
   */
  async read(
    files: readonly FoundFile[],
    before: (number: number) => Promise<void> | undefined,
  ): Promise<Batch> {
    if (this.#told > this.#knownTerms) {
      this.#inverter.forget()
      this.#told = 0
    }
    const outcomes: (BatchDocument | LeftOut)[] = []
    for (const [number, file] of files.entries()) {
      const pause = before(number)
      if (pause) await pause
      const outcome = await readFileDocument(file, this.#rules)
      outcomes.push('reason' in outcome ? outcome : await this.#takeApart(outcome, () => before(number)))
    }
    const terms = this.#inverter.terms.packed(this.#told)
    this.#told = this.#inverter.terms.length
    const { rows, lengths } = this.#inverter.takeRun()
    const texts = this.#texts.take()
    return { outcomes, texts, terms, run: { ...marksOf(rows), rows: this.#store.keep(rows), lengths } }
  }

  async #takeApart(
    { document, doubt, bytes: size, hash }: FileDocument,
    between: () => Promise<void> | undefined,
  ): Promise<BatchDocument> {
    const { text, title, format, metadata, marks } = document
    const chunks = cutChunks(document, countTokens)
    let tokens = 0
    for (const [number, chunk] of chunks.entries()) {
      tokens += this.#inverter.add(document, chunk, number === 0)
      const pause = number % CHUNKS_BETWEEN === CHUNKS_BETWEEN - 1 ? between() : undefined
      if (pause) await pause
    }
    const bytes = Buffer.byteLength(text)
    this.#texts.add(text, bytes === text.length)
    return {
      file: { bytes: size, hash },
      doubt,
      document: {
        title,
        metadata,
        marks: writeMarks(marks),
        lines: countLines(text),
        language: this.#inverter.takeLanguage(),
        format,
        bytes,
        tokens,
      },
      chunks: packChunks(chunks),
    }
  }
}
