/**
 * DOCX: paragraphs, headings and tables of a Word document, then its notes and comments. Headings are told by their
 * styles; pages are those Word last laid out, where it has noted them. Deleted text, headers and footers are left out.
 */

import { TextBuilder } from './extracted.ts'
import type { BytesExtractor } from './extractor.ts'
import { openPackage, properties, relations } from './office.ts'
import { TableRow } from './table-row.ts'
import { walkXml } from './xml.ts'

export const docx: BytesExtractor = {
  format: 'docx',
  extensions: ['.docx', '.docm', '.dotx'],
  takes: 'bytes',
  extract(bytes) {
    const zip = openPackage(bytes)
    const part = zip && [...relations(zip, '', 'officeDocument').values()][0]
    const body = part ? zip.text(part) : undefined
    if (!zip || !part || body === undefined || !/<(?:\w+:)?document[\s>]/.test(body.slice(0, 4000)))
      return undefined
    const out = new TextBuilder()
    const [styles] = relations(zip, part, 'styles').values()
    const levels = styleLevels((styles && zip.text(styles)) ?? '')
    writeBody(body, levels, out)
    for (const kind of ['footnotes', 'endnotes', 'comments']) {
      const [notes] = relations(zip, part, kind).values()
      if (notes) writeBody(zip.text(notes) ?? '', levels, out)
    }
    const { title, metadata } = properties(zip, 'docProps/core.xml', 'docProps/app.xml')
    return out.finish({ ...(title ? { title } : {}), metadata })
  },
}

/** Level of a heading by its style; 0 is the document's title. */
type Levels = ReadonlyMap<string, number>

/** What styles say: by name, by outline level, or by the style they are based on. */
function styleLevels(source: string): Levels {
  const levels = new Map<string, number>()
  const bases = new Map<string, string>()
  let style = ''
  walkXml(source, {
    open(name, attribute) {
      const value = attribute('val') ?? ''
      if (name === 'style') style = attribute('type') === 'paragraph' ? (attribute('styleId') ?? '') : ''
      else if (style === '') return
      else if (name === 'basedOn') bases.set(style, value)
      else if (name === 'outlineLvl' && Number(value) < 9) levels.set(style, Number(value) + 1)
      else if (name === 'name') {
        const level = /^heading ([1-9])$/i.exec(value)?.[1]
        if (level) levels.set(style, Number(level))
        else if (/^title$/i.test(value)) levels.set(style, 0)
      }
    },
  })
  for (const [own, base] of bases)
    if (!levels.has(own) && levels.has(base)) levels.set(own, levels.get(base)!)
  return levels
}

/** A paragraph that is being read. One may stand within another: in a text box. */
interface Paragraph {
  text: string
  level: number | undefined
  /** Whether it is an item of a list. */
  item: boolean
  page: number
}

/** UTF-16 units of an item that is a line of its list. */
const ITEM_LIMIT = 400

const LEFT_OUT = new Set(['Fallback', 'moveFrom', 'del', 'instrText'])
const LINE_BREAKS = new Set(['br', 'cr'])

function writeBody(source: string, levels: Levels, out: TextBuilder): void {
  const hasPages = source.includes('lastRenderedPageBreak')
  const open: Paragraph[] = []
  const rows: TableRow[] = []
  let page = 1
  let marked = 0
  let over = 0
  let inText = false
  const paragraph = () => open.at(-1)
  walkXml(source, {
    open(name, attribute) {
      if (over > 0 || LEFT_OUT.has(name)) over++
      else if (name === 'p') open.push({ text: '', level: undefined, item: false, page })
      else if (name === 'tbl') out.break()
      else if (name === 'tr') rows.push(new TableRow(out))
      else if (name === 'lastRenderedPageBreak') {
        page++
        // Before the first words it is the whole paragraph that stands on the next page.
        const last = paragraph()
        if (last && last.text.trim() === '') last.page = page
      } else {
        const last = paragraph()
        if (!last) return
        if (name === 't') inText = true
        else if (name === 'tab') last.text += '\t'
        else if (LINE_BREAKS.has(name)) last.text += '\n'
        else if (name === 'noBreakHyphen') last.text += '\u2011'
        else if (name === 'pStyle') last.level ??= levels.get(attribute('val') ?? '')
        else if (name === 'numPr') last.item = true
        else if (name === 'outlineLvl' && Number(attribute('val')) < 9)
          last.level = Number(attribute('val')) + 1
      }
    },
    text(text) {
      const last = paragraph()
      if (inText && over === 0 && last) last.text += text
    },
    close(name) {
      if (over > 0) over--
      else if (name === 't') inText = false
      else if (name === 'tbl') out.break()
      else if (name === 'tc') rows.at(-1)?.endCell()
      else if (name === 'tr') rows.pop()?.end()
      else if (name === 'p') {
        const ended = open.pop()
        if (!ended || ended.text.trim() === '') return
        if (hasPages && ended.page !== marked) out.mark('page', ended.page)
        marked = ended.page
        writeParagraph(ended, rows.at(-1), out)
      }
    },
  })
}

function writeParagraph({ text, level, item }: Paragraph, row: TableRow | undefined, out: TextBuilder): void {
  if (row) row.add(text)
  else if (level === 0) out.title(text)
  else if (level !== undefined) out.heading(level, text)
  else if (item && text.length <= ITEM_LIMIT) out.line(text)
  else out.paragraph(text)
}
