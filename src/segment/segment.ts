/** A segment opened for reading: its parts by name. Opening reads nothing; each part reads what it is asked for. */
import type { ByteFolder } from './byte-source.ts'
import { Dictionary } from './dictionary.ts'
import { DocumentRows } from './document-row.ts'
import { type Forms, formsOf } from './form-table.ts'
import type { SegmentEntry } from './manifest.ts'
import type { PostingBlock } from './posting.ts'
import { PostingList } from './posting-list.ts'
import { TextReader } from './text-reader.ts'
import { UnitFile } from './unit.ts'

export class Segment {
  readonly entry: SegmentEntry
  readonly dictionary: Dictionary
  readonly text: TextReader
  readonly rows: DocumentRows
  readonly #file: UnitFile
  readonly #forms = new Map<string, Dictionary>()

  private constructor(entry: SegmentEntry, file: UnitFile, version: number) {
    this.entry = entry
    this.#file = file
    this.dictionary = new Dictionary(file, entry.dictionary)
    this.text = new TextReader(file, entry.text)
    this.rows = new DocumentRows(file, entry.rows, version)
    for (const [language, root] of Object.entries(entry.forms))
      this.#forms.set(language, new Dictionary(file, root))
  }

  /**
   * Opens the file an entry of the manifest names; `version` is the manifest's. Throws `damaged` where its length is not
   * the one recorded.
   */
  static async open(folder: ByteFolder, entry: SegmentEntry, version: number): Promise<Segment> {
    const source = await folder.open(entry.name, entry.bytes)
    const file = new UnitFile(`${folder.name}/${entry.name}`, entry.name, source, entry.bytes)
    return new Segment(entry, file, version)
  }

  /** The postings that information from the dictionary leads to; `block` may be lent by lists read one by one. */
  listOf(information: Uint8Array, block?: PostingBlock): PostingList {
    return new PostingList(this.#file, information, block)
  }

  /** Terms whose form key in a language is `key`; none where the segment has no table of the language. */
  async forms(language: string, key: string): Promise<Forms> {
    const table = this.#forms.get(language)
    return table ? formsOf(table, key) : { terms: [], documentFrequency: undefined }
  }

  /** Begins to fetch what its parts are read through, where that takes long. */
  prefetch(): void {
    for (const part of [this.dictionary, ...this.#forms.values(), this.rows, this.text]) part.prefetch()
  }

  close(): void {
    this.#file.source.close()
  }
}
