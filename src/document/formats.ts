/** The formats there are, and which one a file is of. */
import type { Buffer } from 'node:buffer'
import { asciidoc } from './asciidoc.ts'
import { code } from './code.ts'
import { csv } from './csv.ts'
import type { AnyFormat, ApartFormat, Extractor } from './extractor.ts'
import { json } from './json.ts'
import { jsonLines } from './json-lines.ts'
import { latex } from './latex.ts'
import { man } from './man.ts'
import { markdown } from './markdown.ts'
import { mdx } from './mdx.ts'
import { notebook } from './notebook.ts'
import { org } from './org.ts'
import { plain } from './plain.ts'
import type { DocumentReader } from './reader.ts'
import { restructuredText } from './restructuredtext.ts'
import { subtitles } from './subtitles.ts'
import { yaml } from './yaml.ts'

/** Formats whose text stands as it is. What none claims is plain. */
const READERS: readonly DocumentReader[] = [
  markdown,
  restructuredText,
  mdx,
  asciidoc,
  org,
  latex,
  csv,
  json,
  jsonLines,
  yaml,
  man,
  code,
]

/** Formats whose text is taken out. */
const EXTRACTORS: readonly Extractor[] = [subtitles, notebook]

/** Those taken apart elsewhere, by parsers that are loaded when a file of theirs turns up. */
const APART: readonly ApartFormat[] = [
  { format: 'html', extensions: ['.html', '.htm', '.xhtml', '.xht'], takes: 'text', apart: true },
  { format: 'docx', extensions: ['.docx', '.docm', '.dotx'], takes: 'bytes', apart: true },
  { format: 'epub', extensions: ['.epub'], takes: 'bytes', apart: true },
  { format: 'pptx', extensions: ['.pptx', '.pptm', '.ppsx', '.potx'], takes: 'bytes', apart: true },
  { format: 'xlsx', extensions: ['.xlsx', '.xlsm', '.xltx'], takes: 'bytes', apart: true },
  {
    format: 'opendocument',
    extensions: ['.odt', '.ott', '.odp', '.otp', '.ods', '.ots'],
    takes: 'bytes',
    apart: true,
  },
  { format: 'rtf', extensions: ['.rtf'], takes: 'bytes', apart: true },
  { format: 'old-office', extensions: ['.doc', '.dot', '.xls', '.ppt'], takes: 'bytes', apart: true },
  { format: 'email', extensions: ['.eml'], takes: 'bytes', apart: true },
  { format: 'mbox', extensions: ['.mbox', '.mbx'], takes: 'bytes', apart: true },
  { format: 'pdf', extensions: ['.pdf'], takes: 'bytes', apart: true },
]

/** Formats by how their files begin, whatever they are called. */
const BY_HEAD: readonly (readonly [head: RegExp, formats: readonly string[]])[] = [
  [/^.{0,1000}%PDF-/s, ['pdf']],
  [/^\{\\rtf/, ['rtf']],
  [/^PK(?=\p{Cc}{2})/u, ['docx', 'xlsx', 'pptx', 'opendocument', 'epub']],
  [/^\s*<(?:!doctype html|html)[\s>]/i, ['html']],
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

/** Formats that a file may be of which is not of the one its name says, the likeliest first. */
export function formatsByHead(head: Buffer): readonly ApartFormat[] {
  const text = head.toString('latin1', 0, 1024)
  const names = BY_HEAD.find(([pattern]) => pattern.test(text))?.[1] ?? []
  return APART.filter(({ format }) => names.includes(format))
}

/** Whether the words of a format are names of a program, which are found by their parts too. */
export function hasIdentifiers(format: string): boolean {
  return readerNamed(format).hasIdentifiers ?? false
}

/** Whether documents of a format are texts taken out of another form. */
export function isExtracted(format: string): boolean {
  return format !== plain.format && !READERS.some(reader => reader.format === format)
}
