/**
 * EPUB 2 and 3: the chapters of a book in the order of its spine, each read as the page of HTML that it is, with its title
 * from the table of contents. A chapter that cannot be read is left out with a doubt; a book under a lock is refused.
 */

import { decodeOther } from '../crawl/other-encoding.ts'
import { Refusal } from '../crawl/refusal.ts'
import type { Zip } from '../crawl/zip.ts'
import type { Metadata, MetadataValue } from './document.ts'
import { TextBuilder } from './extracted.ts'
import type { BytesExtractor } from './extractor.ts'
import { isXhtml } from './html.ts'
import { type Piece, readPage, writePieces } from './html-pieces.ts'
import { openPackage, resolved } from './office.ts'
import { walkXml } from './xml.ts'

export const epub: BytesExtractor = {
  format: 'epub',
  extensions: ['.epub'],
  takes: 'bytes',
  extract(bytes) {
    const zip = openPackage(bytes)
    const opf = zip && rootFile(zip)
    if (!zip || opf === undefined) return undefined
    const book = readBook(zip.text(opf) ?? '', opf.slice(0, opf.lastIndexOf('/') + 1))
    mustBeOpen(zip, book.chapters)
    const titles = chapterTitles(zip, book)
    const out = new TextBuilder()
    const lost: string[] = []
    for (const [number, path] of book.chapters.entries()) {
      const pieces = chapterPieces(zip, path, lost)
      if (pieces.length > 0) out.mark('chapter', titles.get(path) ?? firstHeading(pieces) ?? number + 1)
      writePieces(pieces, out)
    }
    if (out.length === 0) throw new Refusal('no-text', 'none of its chapters has text')
    const { title, ...metadata } = book.metadata
    const doubt =
      lost.length > 0 ? `${lost.length} of ${book.chapters.length} chapters cannot be read: ${lost[0]}` : ''
    return out.finish({
      ...(title ? { title: String([title].flat()[0]) } : {}),
      metadata,
      ...(doubt ? { doubt } : {}),
    })
  },
}

/** Where the description of the book stands; undefined where the archive is none. */
function rootFile(zip: Zip): string | undefined {
  let path: string | undefined
  walkXml(zip.text('META-INF/container.xml') ?? '', {
    open(name, attribute) {
      if (name === 'rootfile') path ??= attribute('full-path')
    },
  })
  return path
}

interface Book {
  readonly metadata: Metadata
  /** Paths in the archive, in order of reading. */
  readonly chapters: readonly string[]
  /** Paths of tables of contents, the better one first. */
  readonly contents: readonly string[]
}

/** Elements of the description, and what we call them. */
const PROPERTIES: Readonly<Record<string, string>> = {
  title: 'title',
  creator: 'author',
  language: 'language',
  subject: 'subject',
  description: 'description',
  publisher: 'publisher',
  date: 'date',
  identifier: 'identifier',
  rights: 'rights',
}

function readBook(source: string, folder: string): Book {
  const metadata = new Map<string, MetadataValue>()
  const items = new Map<string, string>()
  const spine: string[] = []
  const contents: string[] = []
  let property: string | undefined
  let value = ''
  walkXml(source, {
    open(name, attribute) {
      if (name === 'item') {
        const path = resolved(folder, pathOf(attribute('href')))
        const type = attribute('media-type') ?? ''
        const isContents = attribute('properties')?.split(' ').includes('nav') ?? false
        if (isContents) contents.unshift(path)
        else if (type === 'application/x-dtbncx+xml') contents.push(path)
        else if (/html/.test(type)) items.set(attribute('id') ?? '', path)
      } else if (name === 'itemref') spine.push(attribute('idref') ?? '')
      property = PROPERTIES[name]
      value = ''
    },
    text(text) {
      value += text
    },
    close() {
      const words = value.replace(/\s+/gu, ' ').trim()
      if (property !== undefined && words !== '') add(metadata, property, words)
      property = undefined
    },
  })
  // A spine may name one file several times, for places within it.
  const chapters = [...new Set(spine.flatMap(id => items.get(id) ?? []))]
  return { metadata: Object.fromEntries(metadata), chapters, contents }
}

function add(metadata: Map<string, MetadataValue>, name: string, value: string): void {
  const known = metadata.get(name)
  metadata.set(name, known === undefined ? value : [known, value].flat())
}

/** Fonts may be obscured in a free book; chapters are only in one that is sold under a lock. */
function mustBeOpen(zip: Zip, chapters: readonly string[]): void {
  walkXml(zip.text('META-INF/encryption.xml') ?? '', {
    open(name, attribute) {
      if (name === 'CipherReference' && chapters.includes(pathOf(attribute('URI'))))
        throw new Refusal(
          'encrypted',
          'its chapters are encrypted (DRM); only the program it was bought for reads them',
        )
    },
  })
}

/** What the tables of contents call each file: the first entry that leads there. */
function chapterTitles(zip: Zip, { contents }: Book): ReadonlyMap<string, string> {
  const titles = new Map<string, string>()
  for (const path of contents) {
    const folder = path.slice(0, path.lastIndexOf('/') + 1)
    const note = (href: string | undefined, text: string) => {
      const label = text.replace(/\s+/gu, ' ').trim()
      const chapter = resolved(folder, pathOf(href))
      if (label !== '' && !titles.has(chapter)) titles.set(chapter, label)
    }
    let href: string | undefined
    let label = ''
    walkXml(zip.text(path) ?? '', {
      open(name, attribute) {
        // In EPUB 2 the place follows its label.
        if (name === 'content') note(attribute('src'), label)
        if (name === 'a') href = attribute('href')
        if (name === 'a' || name === 'navLabel') label = ''
      },
      text(text) {
        label += text
      },
      close(name) {
        if (name === 'a') note(href, label)
      },
    })
  }
  return titles
}

/** The text of a chapter; one that cannot be read goes to `lost`. */
function chapterPieces(zip: Zip, path: string, lost: string[]): readonly Piece[] {
  try {
    const bytes = zip.read(path)
    const decoded = bytes && decodeOther(bytes)
    if (decoded && 'text' in decoded) return readPage(decoded.text, isXhtml(decoded.text)).pieces
    lost.push(`${path} is ${decoded ? 'no text' : 'not there'}`)
  } catch (thrown) {
    if (!(thrown instanceof Refusal) || thrown.reason === 'over-limit') throw thrown
    lost.push(thrown.message)
  }
  return []
}

function firstHeading(pieces: readonly Piece[]): string | undefined {
  return pieces.find(({ kind }) => kind === 'heading')?.text.replace(/\s+/gu, ' ')
}

/** A reference as a path, whatever place in the file it names; `%20` is a space. */
function pathOf(href = ''): string {
  const path = href.replace(/#.*$/, '')
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
