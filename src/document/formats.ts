/** The formats there are, and which one a file is of. */
import type { AnyFormat, ApartFormat, Extractor } from './extractor.ts'
import { markdown } from './markdown.ts'
import { plain } from './plain.ts'
import type { DocumentReader } from './reader.ts'
import { restructuredText } from './restructuredtext.ts'
import { subtitles } from './subtitles.ts'

/** Formats whose text stands as it is. What none claims is plain. */
const READERS: readonly DocumentReader[] = [markdown, restructuredText]

/** Formats whose text is taken out. */
const EXTRACTORS: readonly Extractor[] = [subtitles]

/** Those taken apart elsewhere, by parsers that are loaded when a file of theirs turns up. */
const APART: readonly ApartFormat[] = [
  { format: 'html', extensions: ['.html', '.htm', '.xhtml', '.xht'], takes: 'text', apart: true },
  { format: 'docx', extensions: ['.docx', '.docm', '.dotx'], takes: 'bytes', apart: true },
  { format: 'epub', extensions: ['.epub'], takes: 'bytes', apart: true },
  { format: 'pdf', extensions: ['.pdf'], takes: 'bytes', apart: true },
]

const EXTRACTOR_OF = new Map(
  [...EXTRACTORS, ...APART].flatMap(each => each.extensions.map(ending => [ending, each] as const)),
)

/** Published sources carry a second ending: `page.rst.txt` is what `page.rst` was. */
export function readerOf(path: string): DocumentReader {
  const name = path.toLowerCase().replace(/(?<=\.[a-z]{2,8})\.txt$/u, '')
  return READERS.find(reader => reader.extensions.some(ending => name.endsWith(ending))) ?? plain
}

/** The reader of that name; that of plain text where there is none. */
export function readerNamed(format: string): DocumentReader {
  return READERS.find(reader => reader.format === format) ?? plain
}

/**
 * What takes the text out of a file, by the ending of its name; undefined where the text stands as it is. Of two formats
 * for one ending a caller's `own` comes first.
 */
export function extractorOf(path: string, own: readonly Extractor[] = []): AnyFormat | undefined {
  const dot = path.lastIndexOf('.')
  if (dot < 0) return undefined
  const ending = path.slice(dot).toLowerCase()
  return own.find(({ extensions }) => extensions.includes(ending)) ?? EXTRACTOR_OF.get(ending)
}

/** Whether documents of a format are texts taken out of another form. */
export function isExtracted(format: string): boolean {
  return format !== plain.format && !READERS.some(reader => reader.format === format)
}
