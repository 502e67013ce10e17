/**
 * The files that a walk finds, in flat memory: of each its path, its folder and its look are a few dozen bytes beside
 * those of the path itself. As strings and objects they would take three times as much as long as an index is made.
 */
import { Buffer } from 'node:buffer'
import { type FoundFile, nameOf } from './file.ts'
import { type FileStamp, STAMP, sizeAt } from './file-stamp.ts'

/** Bytes of a row: four numbers of 32 bits (folder, page of the path, where in it that begins, its bytes), and a stamp. */
const NUMBERS = 16
const ROW = NUMBERS + STAMP

/** Rows and bytes of paths that memory is taken for at a time: it is never copied to grow. */
const ROWS = 4096
const PAGE = 1 << 16

/** Files from which on their paths are strings only as long as they are looked at. */
const MANY = 1 << 15

/** Added to the bytes of a path whose UTF-16 units take two each. */
const WIDE = 2 ** 31

export class FileTable {
  readonly #rows: Buffer[] = []
  readonly #pages: Buffer[] = []
  /** Bytes of the last page that are taken. */
  #taken = PAGE
  /** The absolute paths of folders, with the separator that is to follow. */
  readonly #folders: string[] = []
  #length = 0

  /** Files so far. */
  get length(): number {
    return this.#length
  }

  /** Takes a file; `folder` is the absolute path of what it lies in, with the separator that is to follow. */
  add(path: string, folder: string, stamp: FileStamp): void {
    // Files come folder by folder.
    if (this.#folders.at(-1) !== folder) this.#folders.push(folder)
    const at = (this.#length % ROWS) * ROW
    if (at === 0) this.#rows.push(Buffer.allocUnsafeSlow(ROWS * ROW))
    const row = this.#rows.at(-1)!
    row.writeUInt32LE(this.#folders.length - 1, at)
    this.#addPath(path, row, at)
    row.write(stamp, at + NUMBERS, 'latin1')
    this.#length++
  }

  /** All files, sorted by path, in the order of UTF-16 units: of several with one path the first. */
  sorted(): FoundFile[] {
    const paths = Array.from({ length: this.#length }, (_, number) => this.pathOf(number))
    const numbers = Uint32Array.from(paths.keys()).sort((a, b) =>
      paths[a]! < paths[b]! ? -1 : paths[a]! > paths[b]! ? 1 : a - b,
    )
    const areFew = this.#length < MANY
    const files: FoundFile[] = []
    let last: string | undefined
    for (const number of numbers) {
      if (paths[number] !== last) files.push(new TabledFile(this, number, areFew ? paths[number] : undefined))
      last = paths[number]
    }
    return files
  }

  pathOf(number: number): string {
    const [row, at] = this.#rowOf(number)
    const page = this.#pages[row.readUInt32LE(at + 4)]!
    const start = row.readUInt32LE(at + 8)
    const bytes = row.readUInt32LE(at + 12)
    return bytes < WIDE
      ? page.toString('latin1', start, start + bytes)
      : page.toString('utf16le', start, start + bytes - WIDE)
  }

  folderOf(number: number): string {
    const [row, at] = this.#rowOf(number)
    return this.#folders[row.readUInt32LE(at)]!
  }

  sizeOf(number: number): number {
    const [row, at] = this.#rowOf(number)
    return sizeAt(row, at + NUMBERS)
  }

  stampOf(number: number): FileStamp {
    const [row, at] = this.#rowOf(number)
    return row.toString('latin1', at + NUMBERS, at + ROW)
  }

  #addPath(path: string, row: Buffer, at: number): void {
    const isWide = /[^\0-\xff]/.test(path)
    const bytes = isWide ? 2 * path.length : path.length
    if (this.#taken + bytes >= PAGE) {
      this.#pages.push(Buffer.allocUnsafeSlow(Math.max(bytes, PAGE)))
      this.#taken = 0
    }
    this.#pages.at(-1)!.write(path, this.#taken, isWide ? 'utf16le' : 'latin1')
    row.writeUInt32LE(this.#pages.length - 1, at + 4)
    row.writeUInt32LE(this.#taken, at + 8)
    row.writeUInt32LE(isWide ? bytes + WIDE : bytes, at + 12)
    this.#taken += bytes
  }

  /** The rows that have a file's, and where in them that begins. */
  #rowOf(number: number): readonly [rows: Buffer, at: number] {
    return [this.#rows[Math.floor(number / ROWS)]!, (number % ROWS) * ROW]
  }
}

/** A file of a table: what is asked of it is made when it is asked. */
class TabledFile implements FoundFile {
  readonly #table: FileTable
  readonly #number: number
  readonly #path: string | undefined

  constructor(table: FileTable, number: number, path: string | undefined) {
    this.#table = table
    this.#number = number
    this.#path = path
  }

  get path(): string {
    return this.#path ?? this.#table.pathOf(this.#number)
  }

  get absolute(): string {
    return this.#table.folderOf(this.#number) + nameOf(this.path)
  }

  get size(): number {
    return this.#table.sizeOf(this.#number)
  }

  get stamp(): FileStamp {
    return this.#table.stampOf(this.#number)
  }
}
