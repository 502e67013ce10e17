/**
 * Man pages, in either of their macro packages: what the lines say (roff.ts), each where it stands in the source; sections
 * are headings. The line under NAME is the title.
 */
import type { Heading, Metadata } from './document.ts'
import { LineCursor } from './line.ts'
import { type DocumentReader, HEADING_LIMIT, type Head, type Outline, onOneLine } from './reader.ts'
import { argumentsOf, isRequest, plainRoff } from './roff.ts'

/** UTF-16 units at the head in which a page tells that it is one, and its title. */
const HEAD = 65_536
const SECTION = /^\.(SH|Sh|SS|Ss)[ \t]+(.+)$/u

/** Pages end with their section, and may name whose they are. */
const SECTIONS = [1, 2, 3, 4, 5, 6, 7, 8, 9]
const VARIANTS =
  ',p,pm,perl,ssl,m,x,t,type,const,head,readline,edit,posix,tcl,tk,curses,ncurses,gcc,c,f'.split(',')

export const man: DocumentReader = {
  format: 'man',
  extensions: ['.n', '.man', '.mdoc', ...SECTIONS.flatMap(each => VARIANTS.map(own => `.${each}${own}`))],
  accepts: text => /^[.'][ \t]*(?:TH|Dd|Dt|SH|Sh)[ \t]/mu.test(text.slice(0, HEAD)),
  decoded,
  head: readPageHead,
  outline,
  plainText: markup => onOneLine(argumentsOf(markup.replace(/^\.\w\w[ \t]+/u, '')).join(' ')),
  isMarkup: line => line.startsWith('.'),
}

/** Definitions of macros say nothing. */
function decoded(text: string): string {
  const pieces: string[] = []
  const line = new LineCursor(text)
  let isDefinition = false
  while (line.advance()) {
    const source = text.slice(line.start, line.end)
    const isCommand = isRequest(source)
    if (isCommand && /^[.'][ \t]*(?:de|am|ig)1?(?:[ \t]|$)/u.test(source)) isDefinition = true
    pieces.push(isDefinition ? '' : plainRoff(source), text.slice(line.end, line.next))
    if (isCommand && /^[.'][ \t]*\.[ \t]*$/u.test(source)) isDefinition = false
  }
  return pieces.join('')
}

function outline(text: string, bodyStart: number): Outline {
  const headings: Heading[] = []
  const line = new LineCursor(text, bodyStart)
  while (line.advance()) {
    const { start, end } = line
    if (text.charAt(start) !== '.' || end - start > HEADING_LIMIT) continue
    const [, name, words = ''] = SECTION.exec(text.slice(start, end)) ?? []
    const heading = name === undefined ? '' : onOneLine(argumentsOf(words).join(' '))
    if (heading !== '')
      headings.push({ level: name!.toUpperCase() === 'SH' ? 1 : 2, text: heading, start, end })
  }
  return { headings, fences: [] }
}

/** Name, section, date and source of the page; what the program is in a line. */
function readPageHead(text: string): Head {
  const head = text.slice(0, HEAD)
  const metadata: Metadata = {}
  const [page, section, date, source] = argumentsOf(/^\.TH[ \t]+(.+)$/mu.exec(head)?.[1] ?? '')
  const [mdocPage, mdocSection] = argumentsOf(/^\.Dt[ \t]+(.+)$/mu.exec(head)?.[1] ?? '')
  const mdocDate = /^\.Dd[ \t]+(.+)$/mu.exec(head)?.[1]
  const title = onOneLine(nameLines(head) ?? page ?? mdocPage ?? '')
  if (title !== '') metadata.title = title
  const facts = { section: section ?? mdocSection, date: date ?? mdocDate, source }
  for (const [key, value] of Object.entries(facts)) {
    const plain = onOneLine(value?.replace(/^\$Mdocdate:|\$$/gu, '') ?? '')
    if (plain !== '') metadata[key] = /^\d$/u.test(plain) ? Number(plain) : plain
  }
  return { metadata, bodyStart: headEnd(head) }
}

/** After the lines that only name the page: they are metadata. */
function headEnd(head: string): number {
  const line = new LineCursor(head)
  let end = 0
  while (line.advance()) {
    if (/^\.(?:TH|Dd|Dt|Os)(?:[ \t]|$)/u.test(head.slice(line.start, line.start + 4))) end = line.next
    else if (!line.blank) break
  }
  return end
}

/** The lines under NAME up to the next section or gap: `ls - list directory contents`. */
function nameLines(head: string): string | undefined {
  const line = new LineCursor(head)
  while (line.advance()) if (/^\.S[Hh][ \t]+"?NAME"?\s*$/u.test(head.slice(line.start, line.end))) break
  const lines: string[] = []
  while (line.advance() && lines.length < 10) {
    if (head.startsWith('.S', line.start)) break
    if (!line.blank) lines.push(head.slice(line.first, line.end).trimEnd())
    else if (lines.length > 0) break
  }
  // In mdoc the last line is what the others are, and no dash says so.
  const isDashed = lines.length < 2 || /[-–—−]/u.test(lines.join(''))
  const words = isDashed ? lines.join(' ') : `${lines.slice(0, -1).join(' ')} - ${lines.at(-1)}`
  return words === '' ? undefined : words
}
