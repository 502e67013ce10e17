/**
 * OpenDocument: texts, presentations and spreadsheets (ODT, ODP, ODS), which are one format. Headings by their outline
 * level; a hit in a presentation knows its slide, one in a spreadsheet its sheet. Deleted text and what stands on every
 * page are left out.
 */
import { TextBuilder } from './extracted.ts'
import { type BytesExtractor, Refusal } from './extractor.ts'
import { openPackage, properties } from './office.ts'
import { TableRow } from './table-row.ts'
import { walkXml } from './xml.ts'

export const odf: BytesExtractor = {
  format: 'opendocument',
  extensions: ['.odt', '.ott', '.odp', '.otp', '.ods', '.ots'],
  takes: 'bytes',
  extract(bytes) {
    const zip = openPackage(bytes)
    if (!zip || !/opendocument/.test(zip.text('mimetype') ?? zip.text('META-INF/manifest.xml') ?? ''))
      return undefined
    if (/encryption-data/.test(zip.text('META-INF/manifest.xml') ?? ''))
      throw new Refusal('encrypted', 'it is encrypted; save a copy without a password')
    const out = new TextBuilder()
    writeContent(zip.text('content.xml') ?? '', out)
    if (out.length === 0) throw new Refusal('no-text', 'it has no text')
    const { title, metadata } = properties(zip, 'meta.xml')
    return out.finish({ ...(title ? { title } : {}), metadata })
  },
}

/** Elements whose text is not of the document, or not any more. */
const LEFT_OUT = new Set([
  'tracked-changes',
  'annotation',
  'forms',
  'scripts',
  'settings',
  'page-number',
  'bibliography-mark-template',
])
/** UTF-16 units of a list's item that is a line of its list. */
const ITEM_LIMIT = 400

/** Where in a sheet: rows and columns from 1, and the first cell with text of the row. */
class SheetPlace {
  row = 0
  column = 1
  #first: number | undefined

  newRow(): void {
    this.row++
    this.column = 1
    this.#first = undefined
  }

  hasText(): void {
    this.#first ??= this.column
  }

  /** The name of the first cell with text, as `B7`; undefined without one. */
  get cell(): string | undefined {
    let name = ''
    for (let rest = this.#first ?? 0; rest > 0; rest = Math.floor((rest - 1) / 26))
      name = String.fromCharCode(65 + ((rest - 1) % 26)) + name
    return name === '' ? undefined : name + this.row
  }
}

interface Block {
  text: string
  /** Of a heading, from 1; 0 for a paragraph. */
  readonly level: number
  readonly isTitle: boolean
}

function writeContent(source: string, out: TextBuilder): void {
  const titles = titleStyles(source)
  const place = source.includes('<office:spreadsheet') ? new SheetPlace() : undefined
  const blocks: Block[] = []
  const rows: TableRow[] = []
  let over = 0
  let lists = 0
  let slide = 0
  let rowsRepeated = 1
  let repeat = 1
  let frame = ''
  walkXml(source, {
    open(name, attribute) {
      if (over > 0 || LEFT_OUT.has(name)) over++
      else if (name === 'h' || name === 'p') {
        const level = name === 'h' ? Math.min(Math.max(Number(attribute('outline-level') ?? 1), 1), 9) : 0
        const isTitle = titles.has(attribute('style-name') ?? '')
        blocks.push({ text: '', level: frame === 'title' ? 1 : level, isTitle })
      } else if (name === 'page') out.mark('slide', ++slide)
      else if (name === 'frame') frame = attribute('class') ?? ''
      else if (name === 'table') {
        out.break()
        if (place) beginSheet(attribute('name') ?? '', place, out)
      } else if (name === 'list') {
        if (lists++ === 0) out.break()
      } else if (name === 'table-row') {
        rows.push(new TableRow(out))
        rowsRepeated = Number(attribute('number-rows-repeated') ?? 1)
        place?.newRow()
      } else if (name === 'table-cell') repeat = Number(attribute('number-columns-repeated') ?? 1)
      else inline(name, attribute, blocks.at(-1))
    },
    text(text) {
      const block = blocks.at(-1)
      // White space is one space each; more of it is an element.
      if (over === 0 && block) block.text += text.replace(/\s+/gu, ' ')
    },
    close(name) {
      if (over > 0) over--
      else if (name === 'table-row') {
        if (place?.cell) out.mark('cell', place.cell)
        rows.pop()?.end()
        if (place) place.row += rowsRepeated - 1
      } else if (name === 'table-cell') {
        rows.at(-1)?.endCell()
        if (place) place.column += repeat
      } else if (name === 'frame') frame = ''
      else if (name === 'table' || name === 'page') out.break()
      else if (name === 'list') {
        if (--lists === 0) out.break()
      } else if (name === 'h' || name === 'p') {
        const block = blocks.pop()
        if (!block || block.text.trim() === '') return
        place?.hasText()
        writeBlock(block, rows.at(-1), lists > 0, out)
      }
    },
  })
}

function inline(
  name: string,
  attribute: (name: string) => string | undefined,
  block: Block | undefined,
): void {
  if (!block) return
  if (name === 's') block.text += ' '.repeat(Math.min(Number(attribute('c') ?? 1), 100))
  else if (name === 'tab') block.text += '\t'
  else if (name === 'line-break') block.text += '\n'
}

function writeBlock(
  { text, level, isTitle }: Block,
  row: TableRow | undefined,
  inList: boolean,
  out: TextBuilder,
): void {
  if (row) row.add(text)
  else if (isTitle) out.title(text)
  else if (level > 0) out.heading(level, text)
  else if (inList && text.length <= ITEM_LIMIT) out.line(text)
  else out.paragraph(text)
}

function beginSheet(name: string, place: SheetPlace, out: TextBuilder): void {
  place.row = 0
  out.mark('sheet', name)
  out.heading(1, name)
}

/** Names of the styles of titles: the one of that name, and those made from it. */
function titleStyles(source: string): ReadonlySet<string> {
  const names = new Set(['Title'])
  walkXml(source.slice(0, source.indexOf('<office:body') + 1), {
    open(name, attribute) {
      if (name === 'style' && attribute('parent-style-name') === 'Title') names.add(attribute('name') ?? '')
    },
  })
  return names
}
