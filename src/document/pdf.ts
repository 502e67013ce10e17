/**
 * PDF: the text of each page, in the order of reading, as far as the file tells it. Read by pdf.js, which mends what it
 * can of a broken file; nothing is drawn, run or fetched. A file whose pages are pictures has no text, and is reported.
 */

import { fileURLToPath } from 'node:url'
import { getDocument, type PDFDocumentProxy, VerbosityLevel } from 'unpdf/pdfjs'
import { messageOf } from '../errors.ts'
import { BUILT } from './built.ts'
import type { Metadata, MetadataValue } from './document.ts'
import { type Extracted, TextBuilder } from './extracted.ts'
import { type BytesExtractor, Refusal } from './extractor.ts'
import { type OutlineEntry, writePages } from './pdf-layout.ts'
import { linesOf, type PdfItem, type PdfLine } from './pdf-lines.ts'
import { isMadeUp } from './title.ts'

/** Bytes at either end in which a PDF says that it is one, and that it is whole. */
const ENDS = 1024
/** Entries of an outline that are looked at. */
const OUTLINE_LIMIT = 5000
/** Share of pages without text that is worth a word. */
const EMPTY_SHARE = 0.2

/** Adobe's character maps: what the codes of East Asian fonts stand for, where a file does not tell it itself. */
const CHARACTER_MAPS = fileURLToPath(new URL('cmaps/', BUILT))

export const pdf: BytesExtractor = {
  format: 'pdf',
  extensions: ['.pdf'],
  takes: 'bytes',
  async extract(bytes) {
    if (!ascii(bytes.subarray(0, ENDS)).includes('%PDF-')) return undefined
    const isWhole = ascii(bytes.subarray(-ENDS)).includes('%%EOF')
    const document = await open(bytes)
    try {
      return await textOf(document, isWhole)
    } finally {
      await document.destroy()
    }
  },
}

function ascii(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}

async function open(data: Uint8Array): Promise<PDFDocumentProxy> {
  const options: Parameters<typeof getDocument>[0] = {
    data,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    enableXfa: false,
    useWorkerFetch: false,
    cMapUrl: CHARACTER_MAPS,
    cMapPacked: true,
    verbosity: VerbosityLevel.ERRORS,
  }
  try {
    return await getDocument(options).promise
  } catch (thrown) {
    if ((thrown as Error).name === 'PasswordException') {
      throw new Refusal('encrypted', 'it is encrypted; save a copy without a password')
    }
    throw new Refusal('damaged', `not a whole PDF: ${messageOf(thrown)}; get or save it anew`)
  }
}

async function textOf(document: PDFDocumentProxy, isWhole: boolean): Promise<Extracted> {
  const pages: PdfLine[][] = []
  const unreadable: number[] = []
  for (let page = 1; page <= document.numPages; page++) {
    try {
      pages.push(await pageLines(document, page))
    } catch {
      unreadable.push(page)
      pages.push([])
    }
  }
  const empty = pages.flatMap((lines, at) =>
    lines.length === 0 && !unreadable.includes(at + 1) ? [at + 1] : [],
  )
  const out = new TextBuilder()
  writePages(pages, await outlineOf(document), out)
  if (out.length === 0) throw noText(pages.length, unreadable.length, isWhole)
  const { title, metadata } = await propertiesOf(document)
  const doubt = doubtOf(pages.length, empty, unreadable, isWhole)
  return out.finish({ ...(title ? { title } : {}), metadata, ...(doubt ? { doubt } : {}) })
}

function noText(pages: number, unreadable: number, isWhole: boolean): Refusal {
  if (unreadable > 0 || !isWhole) {
    return new Refusal('damaged', 'it is broken off or damaged, and no page can be read; get or save it anew')
  }
  const count = pages === 1 ? 'its page has' : `its ${pages} pages have`
  return new Refusal('no-text', `${count} no text: scanned? a program for character recognition can add it`)
}

function doubtOf(
  pages: number,
  empty: readonly number[],
  unreadable: readonly number[],
  isWhole: boolean,
): string {
  const doubts: string[] = []
  if (!isWhole) doubts.push('its end is missing')
  if (unreadable.length > 0) doubts.push(`${unreadable.length} of ${pages} pages cannot be read`)
  if (empty.length > EMPTY_SHARE * pages)
    doubts.push(`${empty.length} of ${pages} pages have no text: scanned?`)
  return doubts.join('; ')
}

async function pageLines(document: PDFDocumentProxy, number: number): Promise<PdfLine[]> {
  const page = await document.getPage(number)
  const { items, styles } = await page.getTextContent({ includeMarkedContent: false })
  page.cleanup()
  return linesOf(items as PdfItem[], number, font => styles[font]?.fontFamily === 'monospace')
}

/** The entries of the outline that lead to a page, in order. */
async function outlineOf(document: PDFDocumentProxy): Promise<OutlineEntry[]> {
  type Item = Awaited<ReturnType<PDFDocumentProxy['getOutline']>>[number]
  const entries: OutlineEntry[] = []
  const waiting =
    (await document.getOutline().catch(() => null))?.map(item => ({ item: item as Item, level: 1 })) ?? []
  for (let looked = 0; waiting.length > 0 && looked < OUTLINE_LIMIT; looked++) {
    const { item, level } = waiting.shift()!
    waiting.unshift(...item.items.map((each: Item) => ({ item: each, level: level + 1 })))
    const page = await pageOf(document, item.dest)
    if (page !== undefined) entries.push({ title: item.title, level, page })
  }
  return entries
}

/** The 1-based page that a destination names; undefined for one that leads nowhere. */
async function pageOf(
  document: PDFDocumentProxy,
  dest: string | unknown[] | null,
): Promise<number | undefined> {
  try {
    const place = typeof dest === 'string' ? await document.getDestination(dest) : dest
    const [page] = place ?? []
    if (typeof page === 'number') return page + 1
    return page ? (await document.getPageIndex(page as { num: number; gen: number })) + 1 : undefined
  } catch {
    return undefined
  }
}

async function propertiesOf(document: PDFDocumentProxy): Promise<{ title: string; metadata: Metadata }> {
  const read = await document.getMetadata().catch(() => undefined)
  const info = (read?.info ?? {}) as Record<string, unknown>
  const text = (key: string) => (typeof info[key] === 'string' ? (info[key] as string).trim() : '')
  const title = isMadeUp(text('Title')) ? '' : text('Title')
  const known: [string, MetadataValue][] = [
    ['author', text('Author')],
    ['subject', text('Subject')],
    [
      'keywords',
      text('Keywords')
        .split(/\s*[,;]\s*/)
        .filter(Boolean),
    ],
    ['application', text('Creator')],
    ['producer', text('Producer')],
    ['language', text('Language')],
    ['created', dateOf(text('CreationDate'))],
    ['modified', dateOf(text('ModDate'))],
    ['pages', document.numPages],
  ]
  const isSaid = ([, value]: [string, MetadataValue]) =>
    Array.isArray(value) ? value.length > 0 : value !== ''
  return { title, metadata: Object.fromEntries(known.filter(isSaid)) }
}

/** `D:20230306180657+01'00'` as ISO 8601; '' where it is no date. */
function dateOf(date: string): string {
  const [
    ,
    year,
    month = '01',
    day = '01',
    hour,
    minute = '00',
    second = '00',
    zone = '',
    at = '00',
    past = '00',
  ] = /^(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?([Z+-])?(\d\d)?'?(\d\d)?/.exec(date) ?? []
  if (!year) return ''
  const days = `${year}-${month}-${day}`
  if (!hour) return days
  return `${days}T${hour}:${minute}:${second}${zone === '+' || zone === '-' ? `${zone}${at}:${past}` : zone}`
}
