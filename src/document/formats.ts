/** The formats there are, and which one a file is of. */
import { asciidoc } from './asciidoc.ts'
import { code } from './code.ts'
import { csv } from './csv.ts'
import type { Extractor } from './extractor.ts'
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

const EXTRACTOR_OF = new Map(EXTRACTORS.flatMap(each => each.extensions.map(ending => [ending, each])))

/** Published sources carry a second ending: `page.rst.txt` is what `page.rst` was. */
export function readerOf(path: string): DocumentReader {
  const name = path.toLowerCase().replace(/(?<=\.[a-z]{2,8})\.txt$/u, '')
  return READERS.find(reader => reader.extensions.some(ending => name.endsWith(ending))) ?? plain
}

/** The reader of that name; that of plain text where there is none. */
export function readerNamed(format: string): DocumentReader {
  return READERS.find(reader => reader.format === format) ?? plain
}

/** What takes the text out of a file, by the ending of its name; undefined where the text stands as it is. */
export function extractorOf(path: string): Extractor | undefined {
  const dot = path.lastIndexOf('.')
  return dot < 0 ? undefined : EXTRACTOR_OF.get(path.slice(dot).toLowerCase())
}

/** Whether documents of a format are texts taken out of another form. */
export function isExtracted(format: string): boolean {
  return format !== plain.format && !READERS.some(reader => reader.format === format)
}
