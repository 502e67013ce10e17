/**
 * XLSX: the sheets of a workbook in their order, a row a line, cells parted by bars, as the program shows them. A hit knows
 * its sheet and the first cell of its row. Formulas count by the value they had when the file was saved.
 */
import type { Zip } from '../crawl/zip.ts'
import { TextBuilder } from './extracted.ts'
import { type BytesExtractor, Refusal } from './extractor.ts'
import { openPackage, properties, relations } from './office.ts'
import { dateFormats, shownNumber } from './xlsx-number.ts'
import { walkXml } from './xml.ts'

export const xlsx: BytesExtractor = {
  format: 'xlsx',
  extensions: ['.xlsx', '.xlsm', '.xltx'],
  takes: 'bytes',
  extract(bytes) {
    const zip = openPackage(bytes)
    const part = zip && [...relations(zip, '', 'officeDocument').values()][0]
    const source = part ? zip.text(part) : undefined
    if (!zip || !part || source === undefined || !/<(?:\w+:)?workbook[\s>]/.test(source.slice(0, 4000)))
      return undefined
    const out = new TextBuilder()
    const book = readBook(zip, part, source)
    let cells = 0
    for (const { name, path } of book.sheets) {
      out.mark('sheet', name)
      out.heading(1, name)
      cells += writeSheet(zip.text(path) ?? '', book, out)
      out.break()
    }
    if (cells === 0) throw new Refusal('no-text', 'its sheets are empty')
    const { title, metadata } = properties(zip, 'docProps/core.xml', 'docProps/app.xml')
    return out.finish({ title, metadata: { ...metadata, sheets: book.sheets.length } })
  },
}

interface Book {
  readonly sheets: readonly { readonly name: string; readonly path: string }[]
  /** Strings that cells name by number. */
  readonly strings: readonly string[]
  /** By a cell's style: whether its number is a date or a time, and which. */
  readonly dates: ReturnType<typeof dateFormats>
  /** Whether days count from 1904. */
  readonly from1904: boolean
}

function readBook(zip: Zip, part: string, source: string): Book {
  const paths = relations(zip, part, 'worksheet')
  const sheets: { name: string; path: string }[] = []
  let from1904 = false
  walkXml(source, {
    open(name, attribute) {
      if (name === 'workbookPr') from1904 = /^(?:1|true)$/.test(attribute('date1904') ?? '')
      const path = name === 'sheet' ? paths.get(attribute(':id') ?? '') : undefined
      if (path !== undefined) sheets.push({ name: attribute('name') ?? '', path })
    },
  })
  const [strings] = relations(zip, part, 'sharedStrings').values()
  const [styles] = relations(zip, part, 'styles').values()
  return {
    sheets,
    strings: sharedStrings((strings && zip.text(strings)) ?? ''),
    dates: dateFormats((styles && zip.text(styles)) ?? ''),
    from1904,
  }
}

function sharedStrings(source: string): string[] {
  const strings: string[] = []
  let text = ''
  let inText = false
  let inReading = false
  walkXml(source, {
    open(name) {
      if (name === 'si') text = ''
      // How a Japanese word is read stands beside it.
      else if (name === 'rPh') inReading = true
      else if (name === 't') inText = !inReading
    },
    text(piece) {
      if (inText) text += piece
    },
    close(name) {
      if (name === 't') inText = false
      else if (name === 'rPh') inReading = false
      else if (name === 'si') strings.push(text)
    },
  })
  return strings
}

/** Writes the rows of a sheet that have text; gives the number of its cells. */
function writeSheet(source: string, book: Book, out: TextBuilder): number {
  let cells: string[] = []
  let first = ''
  let count = 0
  let last = 0
  let cell = { place: '', type: '', style: 0 }
  let value = ''
  let inValue = false
  walkXml(source, {
    open(name, attribute) {
      if (name === 'row') {
        cells = []
        first = ''
        const row = Number(attribute('r') ?? last + 1)
        // What an empty row parts is a table of its own.
        if (row > last + 1) out.break()
        last = row
      } else if (name === 'c') {
        cell = {
          place: attribute('r') ?? '',
          type: attribute('t') ?? 'n',
          style: Number(attribute('s') ?? 0),
        }
        value = ''
      } else if (name === 'v' || name === 't') inValue = true
    },
    text(piece) {
      if (inValue) value += piece
    },
    close(name) {
      if (name === 'v' || name === 't') inValue = false
      else if (name === 'c') {
        const shown = shownValue(value, cell, book).replace(/\s+/gu, ' ').trim()
        if (shown === '') return
        if (cells.length === 0) first = cell.place
        cells.push(shown)
        count++
      } else if (name === 'row' && cells.length > 0) {
        if (first !== '') out.mark('cell', first)
        out.line(cells.join(' | '))
      }
    },
  })
  return count
}

function shownValue(value: string, { type, style }: { type: string; style: number }, book: Book): string {
  if (type === 's') return book.strings[Number(value)] ?? ''
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE'
  return type === 'n' ? shownNumber(value, book.dates(style), book.from1904) : value
}
