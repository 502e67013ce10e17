/**
 * The title of a document: that of its metadata, else its first heading, else its first line of text. Where the title
 * also stands in the body, its place is given, so that its words are counted once.
 */
import type { Heading, Metadata, Span } from './document.ts'
import { LineCursor } from './line.ts'
import { type DocumentReader, onOneLine } from './reader.ts'

/** UTF-16 units of a first line that may be a title. */
const TITLE_LIMIT = 200

/** A title and where it stands in the body, if it does. */
export interface Title {
  readonly title: string
  readonly titleSpan?: Span
}

/** What programs call a document that nobody has named: themselves, or its file. */
const MADE_UP =
  /^(?:untitled.*|(?:powerpoint )?presentation\d*|document\d*|microsoft (?:word|powerpoint|excel).*|.*\.(?:docx?|pdf|tex|dvi|indd|pptx?|xlsx?|qxd|fm|ps))$/i

/** Whether the title in a document's properties is none that a person has given it. */
export function isMadeUp(title: string): boolean {
  return MADE_UP.test(title)
}

/** Finds the title of the body that begins at `bodyStart`; '' where there is none. */
export function findTitle(
  reader: DocumentReader,
  text: string,
  bodyStart: number,
  metadata: Metadata,
  headings: readonly Heading[],
): Title {
  const standing = standingTitle(reader, text, bodyStart, headings)
  const given = typeof metadata.title === 'string' ? onOneLine(metadata.title) : ''
  if (given === '') return standing
  const { titleSpan } = standing
  return titleSpan && words(standing.title) === words(given) ? { title: given, titleSpan } : { title: given }
}

function standingTitle(
  reader: DocumentReader,
  text: string,
  bodyStart: number,
  headings: readonly Heading[],
): Title {
  if (reader.isTitled === false) return { title: '' }
  return headings.length > 0 ? headingTitle(headings[0]!) : firstLine(reader, text, bodyStart)
}

function headingTitle({ text, start, end }: Heading): Title {
  return { title: text, titleSpan: { start, end } }
}

/**
 * The first line that has a word and is no markup, if more follows it: the only line of a text is the text. One too
 * long is no title, nor is any after it.
 */
function firstLine(reader: DocumentReader, text: string, bodyStart: number): Title {
  const line = new LineCursor(text, bodyStart)
  while (line.advance()) {
    const { start, first, end } = line
    // Cut before it is trimmed, so that no endless line is copied; twice the limit, lest the cut fall on a space.
    const content = text.slice(first, Math.min(end, first + 2 * TITLE_LIMIT)).trimEnd()
    if (!/[\p{L}\p{N}]/u.test(content) || reader.isMarkup(content)) continue
    if (content.length > TITLE_LIMIT) break
    const title = reader.plainText(content)
    if (title !== '') return wordsFollow(text, line) ? { title, titleSpan: { start, end } } : { title: '' }
  }
  return { title: '' }
}

/** Whether a line with a word comes after the cursor's. */
function wordsFollow(text: string, line: LineCursor): boolean {
  while (line.advance())
    if (!line.blank && /[\p{L}\p{N}]/u.test(text.slice(line.start, line.end))) return true
  return false
}

/** What two spellings of one title have in common. */
function words(title: string): string {
  return (
    title
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  ).join(' ')
}
