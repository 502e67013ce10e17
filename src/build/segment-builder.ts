/**
 * Builds one segment: takes documents in order of path, then writes the file. What it writes depends on the documents
 * alone, not on when, where or how fast they came.
 */
import { createHash } from 'node:crypto'
import type { Document } from '../document/document.ts'
import { ByteWriter } from '../segment/bytes.ts'
import { DictionaryWriter } from '../segment/dictionary-writer.ts'
import { DocumentRowWriter } from '../segment/document-row.ts'
import { writeFormTable } from '../segment/form-table.ts'
import { FORMAT_VERSION } from '../segment/format.ts'
import type { AnalyzerEntry, SegmentEntry } from '../segment/manifest.ts'
import { writeMarks } from '../segment/mark-string.ts'
import { PagedIndexWriter } from '../segment/paged-index.ts'
import { PostingWriter } from '../segment/posting-writer.ts'
import { TextWriter } from '../segment/text-writer.ts'
import { UnitWriter } from '../segment/unit-writer.ts'
import { countTokens } from '../text/analyzer.ts'
import { cutChunks } from '../text/chunk.ts'
import { countLines } from '../text/lines.ts'
import type { Stemmer } from '../text/stem.ts'
import { Inverter } from './invert.ts'
import { Staging } from './staging.ts'

/** The stemmers whose form tables a segment gets, by language. */
export type Stemmers = ReadonlyMap<string, Stemmer>

export class SegmentBuilder {
  readonly #folder: string
  readonly #staging: Staging
  readonly #hash = createHash('sha256')
  readonly #inverter = new Inverter()
  readonly #rows = new DocumentRowWriter()
  readonly #blocks: { firstChunk: number; textStart: number }[] = []
  readonly #text: TextWriter
  /** Chunks of the documents of each language, as ranges. */
  readonly #byLanguage = new Map<string, [start: number, end: number][]>()
  #documents = 0
  #replaces = true
  #tokens = 0
  #textBytes = 0

  /** `folder` is where the segment will stand. */
  constructor(folder: string) {
    this.#folder = folder
    this.#staging = new Staging(folder)
    this.#text = new TextWriter(({ payload, ...place }, raw) => {
      this.#blocks.push(place)
      this.#staging.push(payload)
      this.#hashed(raw)
    })
  }

  /** Whether the file written is another than stood under its name. */
  get replaces(): boolean {
    return this.#replaces
  }

  get documents(): number {
    return this.#documents
  }

  get tokens(): number {
    return this.#tokens
  }

  /** UTF-8 bytes of all text so far. */
  get textBytes(): number {
    return this.#textBytes
  }

  /** Adds a document; its number is the count of those before it. */
  add(document: Document): void {
    const { text, title, format, metadata, marks } = document
    const bytes = Buffer.byteLength(text)
    const firstChunk = this.#inverter.chunks
    const place = this.#text.position
    const chunks = cutChunks(document, countTokens)
    let tokens = 0
    for (const chunk of chunks) tokens += this.#inverter.add(document, chunk, chunk === chunks[0])
    const language = this.#inverter.takeLanguage()
    this.#noteLanguage(language, firstChunk, firstChunk + chunks.length)
    this.#text.add(this.#documents, text, chunks, text.length === 0 ? 1 : bytes / text.length)
    this.#rows.add({
      title,
      language,
      format,
      metadata,
      marks: writeMarks(marks),
      firstChunk,
      chunks: chunks.length,
      place,
      length: text.length,
      bytes,
      lines: countLines(text),
      tokens,
    })
    this.#documents++
    this.#tokens += tokens
    this.#textBytes += bytes
  }

  /** Documents of each language that could be told, by its code, in order. */
  get languages(): Record<string, number> {
    const counts = [...this.#byLanguage].map(([language, ranges]) => [language, ranges.length] as const)
    return Object.fromEntries(counts.sort(([a], [b]) => (a < b ? -1 : 1)))
  }

  /**
   * Writes the file under its name and gives its entry for the manifest. `analyzer` is part of what the name is made
   * of; each of the stemmers makes a form table. Call once.
   */
  finish(analyzer: AnalyzerEntry, stemmers: Stemmers): SegmentEntry {
    this.#text.finish()
    this.#hash.update(JSON.stringify([FORMAT_VERSION, analyzer]))
    for (const rows of this.#rows.payloads()) this.#hashed(rows)
    const name = `${this.#hash.digest('hex').slice(0, 32)}.seg`
    const out = new UnitWriter(this.#folder, name)
    try {
      return this.#write(out, name, stemmers)
    } catch (thrown) {
      out.abandon()
      throw thrown
    } finally {
      this.#staging.drop()
    }
  }

  /** Gives up: nothing is left behind. */
  abandon(): void {
    this.#staging.drop()
  }

  #write(out: UnitWriter, name: string, stemmers: Stemmers): SegmentEntry {
    const sections: Record<string, number> = {}
    const measured = <T>(section: string, write: () => T): T => {
      const before = out.length
      const result = write()
      sections[section] = out.length - before
      return result
    }
    out.unit(Buffer.from(`gleaner segment, format ${FORMAT_VERSION}\n`))
    const text = measured('text', () => this.#writeText(out))
    const rows = measured('documents', () => this.#rows.finish(out))
    const dictionary = new DictionaryWriter()
    const terms: string[] = []
    measured('postings', () => {
      const postings = new PostingWriter(out)
      this.#inverter.writePostings(postings, term => {
        dictionary.add(term, postings.finish())
        terms.push(term)
      })
      sections.positions = postings.positionBytes
    })
    sections.postings! -= sections.positions!
    const dictionaryRoot = measured('dictionary', () => dictionary.finish(out))
    const forms: SegmentEntry['forms'] = {}
    for (const [language, stem] of stemmers) {
      const own = this.#formTerms(language, terms)
      const countUnion = (some: readonly string[]): number => this.#inverter.countUnion(some)
      forms[language] = measured(`forms.${language}`, () => writeFormTable(out, own, stem, countUnion))
    }
    const bytes = out.finish()
    this.#replaces = out.replaces
    return {
      name,
      bytes,
      documents: this.#documents,
      chunks: this.#inverter.chunks,
      tokens: this.#tokens,
      terms: terms.length,
      sections,
      text,
      rows,
      dictionary: dictionaryRoot,
      forms,
    }
  }

  /** English forms are looked for in all words; those of other languages among the words of their documents. */
  #formTerms(language: string, all: readonly string[]): readonly string[] {
    return language === 'en' ? all : this.#inverter.termsIn(this.#byLanguage.get(language) ?? [])
  }

  #noteLanguage(language: string, start: number, end: number): void {
    if (language === '') return
    const ranges = this.#byLanguage.get(language) ?? []
    ranges.push([start, end])
    this.#byLanguage.set(language, ranges)
  }

  #writeText(out: UnitWriter): SegmentEntry['text'] {
    const index = new PagedIndexWriter<number>()
    let number = 0
    for (const payload of this.#staging.read()) {
      const { firstChunk, textStart } = this.#blocks[number++]!
      index.add(firstChunk, textStart, out.unit(payload))
    }
    return index.finish(out)
  }

  /** Lengths are hashed too, so that no two contents run together to the same bytes. */
  #hashed(bytes: Uint8Array): void {
    const length = new ByteWriter(8)
    length.varint(bytes.length)
    this.#hash.update(length.view()).update(bytes)
  }
}
