/**
 * Writes one segment, whoever makes its parts: documents come in order of path with their chunks, then the postings come
 * term by term. What it writes depends on the documents alone, not on when, where or how fast they came, nor on whether
 * they were taken apart just now or lay in other segments before.
 */
import { createHash } from 'node:crypto'
import { ByteWriter } from '../segment/bytes.ts'
import { DictionaryWriter } from '../segment/dictionary-writer.ts'
import { type DocumentRow, DocumentRowWriter } from '../segment/document-row.ts'
import { chunksOf, type EncodedList } from '../segment/encoded-list.ts'
import { writeFormTable } from '../segment/form-table.ts'
import { FORMAT_VERSION } from '../segment/format.ts'
import type { AnalyzerEntry, SegmentEntry } from '../segment/manifest.ts'
import { PostingBlock } from '../segment/posting.ts'
import { PostingWriter } from '../segment/posting-writer.ts'
import { segmentHead } from '../segment/segment.ts'
import { TextWriter, type WrittenChunk } from '../segment/text-writer.ts'
import { UnitWriter } from '../segment/unit-writer.ts'
import type { Stemmer } from '../text/stem.ts'
import { FormCounter } from './form-counter.ts'
import { RunStore } from './run-store.ts'
import { type Compressor, StagedText } from './staged-text.ts'
import { TemporaryFile, temporaryPath } from './temporary-file.ts'

/** Bytes of what is known of word forms that are kept in memory. */
const KEPT_FORMS = 1 << 20

/** The stemmers whose form tables a segment gets, by language. */
export type Stemmers = ReadonlyMap<string, Stemmer>

/** A document as a segment takes it: its row, but for what the segment itself knows. */
export type WrittenDocument = Omit<DocumentRow, 'firstChunk' | 'chunks' | 'place' | 'length'> & {
  readonly text: string
}

/** Where a segment's postings come from. */
export interface PostingSource {
  /** All terms that may have postings, ascending, as often as they are gone through. */
  terms(): Promise<Iterable<string>> | Iterable<string>
  /** Says that the others will be called soon: all that there is to do for it may begin. */
  begin?(): void
  /**
   * Gives to `take` each of the terms, in order, and its postings: valid during the call; undefined where the term has none
   * after all.
   */
  eachList(take: ListTaker): Promise<void>
}

export type ListTaker = (term: string, list: EncodedList | undefined) => void

/** A segment that has been written. */
export interface FinishedSegment {
  readonly entry: SegmentEntry
  /** Whether the file is another than stood under its name. */
  readonly replaces: boolean
}

export class SegmentWriter {
  readonly #folder: string
  readonly #hash = createHash('sha256')
  /** What cannot be put into place until the segment has a name waits here. */
  readonly #room: TemporaryFile
  /** What is known of word forms, where it is much. */
  readonly #forms: RunStore
  readonly #rows: DocumentRowWriter
  readonly #staged: StagedText
  readonly #text: TextWriter
  /** Chunks of the documents of each language, as ranges. */
  readonly #byLanguage = new Map<string, [start: number, end: number][]>()
  #documents = 0
  #chunks = 0
  #tokens = 0

  /** `folder` is where the segment will stand, `compress` who compresses the text. */
  constructor(folder: string, compress: Compressor) {
    this.#folder = folder
    this.#room = new TemporaryFile(temporaryPath(folder, 'segment'))
    this.#forms = new RunStore({ path: temporaryPath(folder, 'forms'), most: KEPT_FORMS, shares: false })
    this.#rows = new DocumentRowWriter(this.#room)
    this.#staged = new StagedText(this.#room, compress)
    this.#text = new TextWriter((start, block) => {
      this.#hashed(block)
      this.#staged.add(start, block)
    })
  }

  /** Documents so far. */
  get documents(): number {
    return this.#documents
  }

  /** Chunks so far. */
  get chunks(): number {
    return this.#chunks
  }

  /** Adds a document; its number is the count of those before it. */
  add({ text, ...document }: WrittenDocument, chunks: readonly WrittenChunk[]): void {
    const place = this.#text.position
    const { length } = text
    this.#text.add(this.#documents, text, chunks, length === 0 ? 1 : document.bytes / length)
    this.#rows.add({ ...document, firstChunk: this.#chunks, chunks: chunks.length, place, length })
    this.#noteLanguage(document.language, this.#chunks, this.#chunks + chunks.length)
    this.#documents++
    this.#chunks += chunks.length
    this.#tokens += document.tokens
  }

  /**
   * Writes the file under its name and gives its entry for the manifest. `analyzer` is part of what the name is made
   * of; each of the stemmers makes a form table. Call once.
   */
  async finish(analyzer: AnalyzerEntry, stemmers: Stemmers, source: PostingSource): Promise<FinishedSegment> {
    this.#text.finish()
    await this.#staged.finish()
    source.begin?.()
    this.#hash.update(JSON.stringify([FORMAT_VERSION, analyzer]))
    for (const rows of this.#rows.payloads()) this.#hashed(rows)
    const name = `${this.#hash.digest('hex').slice(0, 32)}.seg`
    const out = new UnitWriter(this.#folder, name)
    try {
      const entry = await this.#write(out, name, stemmers, source)
      return { entry, replaces: out.replaces }
    } catch (thrown) {
      out.abandon()
      throw thrown
    } finally {
      this.abandon()
    }
  }

  /** Gives up: nothing is left behind. */
  abandon(): void {
    this.#room.drop()
    this.#forms.drop()
  }

  async #write(
    out: UnitWriter,
    name: string,
    stemmers: Stemmers,
    source: PostingSource,
  ): Promise<SegmentEntry> {
    const sections: Record<string, number> = {}
    const measured = <T>(section: string, write: () => T): T => {
      const before = out.length
      const result = write()
      sections[section] = out.length - before
      return result
    }
    out.unit(segmentHead(FORMAT_VERSION))
    const text = measured('text', () => this.#staged.write(out))
    const rows = measured('documents', () => this.#rows.finish(out))
    const dictionary = new DictionaryWriter({ room: this.#room })
    const before = out.length
    const { counters, positionBytes } = await this.#writePostings(out, stemmers, source, dictionary)
    sections.postings = out.length - before - positionBytes
    sections.positions = positionBytes
    const dictionaryRoot = measured('dictionary', () => dictionary.finish(out))
    const forms: SegmentEntry['forms'] = {}
    for (const [language, counter] of counters)
      forms[language] = measured(`forms.${language}`, () => writeFormTable(out, counter.finish(), this.#room))
    const bytes = out.finish()
    return {
      name,
      bytes,
      documents: this.#documents,
      chunks: this.#chunks,
      tokens: this.#tokens,
      terms: dictionary.size,
      sections,
      ...text,
      rows,
      dictionary: dictionaryRoot,
      forms,
    }
  }

  /** Writes postings, and takes the terms into the dictionary and the form tables. */
  async #writePostings(
    out: UnitWriter,
    stemmers: Stemmers,
    source: PostingSource,
    dictionary: DictionaryWriter,
  ) {
    const terms = await source.terms()
    const counters = new Map(
      [...stemmers].map(
        ([language, stem]) => [language, new FormCounter(terms, stem, this.#chunks, this.#forms)] as const,
      ),
    )
    const languages = this.#languages([...stemmers.keys()])
    const postings = new PostingWriter(out)
    const counting = [...counters.values()]
    await source.eachList((term, list) => {
      if (list) dictionary.add(term, postings.write(list))
      const standsIn = list ? languages.of(list) : 0
      for (const [place, counter] of counting.entries())
        counter.add(standsIn & (1 << place) ? list : undefined)
    })
    return { counters, positionBytes: postings.positionBytes }
  }

  /**
   * English forms are looked for in all words; those of other languages among the words of their documents. `of` tells
   * by a bit for each language whether the word that has some postings is such.
   */
  #languages(codes: readonly string[]): { of(list: EncodedList): number } {
    const always = codes.reduce((bits, code, place) => (code === 'en' ? bits | (1 << place) : bits), 0)
    const others = codes.flatMap((code, place) => (code === 'en' ? [] : [[code, 1 << place] as const]))
    if (others.length === 0) return { of: () => always }
    const bitOf = codes.length <= 8 ? new Uint8Array(this.#chunks) : new Int32Array(this.#chunks)
    for (const [code, bit] of others)
      for (const [start, end] of this.#byLanguage.get(code) ?? []) bitOf.fill(bit, start, end)
    const all = (1 << codes.length) - 1
    const block = new PostingBlock()
    return {
      of(list) {
        let bits = always
        for (const chunks of chunksOf(list, block)) {
          for (const chunk of chunks) bits |= bitOf[chunk]!
          if (bits === all) break
        }
        return bits
      },
    }
  }

  #noteLanguage(language: string, start: number, end: number): void {
    if (language === '') return
    const ranges = this.#byLanguage.get(language) ?? []
    const last = ranges.at(-1)
    if (last?.[1] === start) last[1] = end
    else ranges.push([start, end])
    this.#byLanguage.set(language, ranges)
  }

  /** Lengths are hashed too, so that no two contents run together to the same bytes. */
  #hashed(bytes: Uint8Array): void {
    const length = new ByteWriter(8)
    length.varint(bytes.length)
    this.#hash.update(length.view()).update(bytes)
  }
}
