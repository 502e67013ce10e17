/**
 * PPTX: the slides of a presentation in their order, each a heading (its title) and its text, then its speaker's notes.
 * Every hit knows its slide. Slide numbers, dates and footers are left out.
 */
import type { Zip } from '../crawl/zip.ts'
import { TextBuilder } from './extracted.ts'
import { type BytesExtractor, Refusal } from './extractor.ts'
import { openPackage, properties, relations } from './office.ts'
import { TableRow } from './table-row.ts'
import { walkXml } from './xml.ts'

export const pptx: BytesExtractor = {
  format: 'pptx',
  extensions: ['.pptx', '.pptm', '.ppsx', '.potx'],
  takes: 'bytes',
  extract(bytes) {
    const zip = openPackage(bytes)
    const part = zip && [...relations(zip, '', 'officeDocument').values()][0]
    const source = part ? zip.text(part) : undefined
    if (!zip || !part || source === undefined || !/<(?:\w+:)?presentation[\s>]/.test(source.slice(0, 4000)))
      return undefined
    const out = new TextBuilder()
    const slides = slidesOf(zip, part, source)
    for (const [number, slide] of slides.entries()) {
      out.mark('slide', number + 1)
      writeSlide(zip.text(slide) ?? '', out)
      for (const notes of relations(zip, slide, 'notesSlide').values()) writeSlide(zip.text(notes) ?? '', out)
    }
    if (out.length === 0) throw new Refusal('no-text', 'none of its slides has text: pictures?')
    const { title, metadata } = properties(zip, 'docProps/core.xml', 'docProps/app.xml')
    return out.finish({ ...(title ? { title } : {}), metadata: { ...metadata, slides: slides.length } })
  },
}

/** Paths of the slides, in the order they are shown. */
function slidesOf(zip: Zip, part: string, source: string): string[] {
  const paths = relations(zip, part, 'slide')
  const slides: string[] = []
  walkXml(source, {
    open(name, attribute) {
      const path = name === 'sldId' ? paths.get(attribute(':id') ?? '') : undefined
      if (path !== undefined) slides.push(path)
    },
  })
  return slides
}

/** Kinds of shapes that say on every slide the same, or only its number. */
const RUNNING = new Set(['sldNum', 'dt', 'ftr', 'hdr', 'sldImg'])

function writeSlide(source: string, out: TextBuilder): void {
  const rows: TableRow[] = []
  let kind = ''
  let text = ''
  let inText = false
  walkXml(source, {
    open(name, attribute) {
      if (name === 'sp') kind = ''
      else if (name === 'ph') kind = attribute('type') ?? 'body'
      else if (name === 'p') text = ''
      else if (name === 't') inText = true
      else if (name === 'br') text += '\n'
      else if (name === 'tr') rows.push(new TableRow(out))
    },
    text(piece) {
      if (inText) text += piece
    },
    close(name) {
      if (name === 't') inText = false
      else if (name === 'tc') rows.at(-1)?.endCell()
      else if (name === 'tr') rows.pop()?.end()
      else if (name === 'sp' || name === 'tbl') out.break()
      else if (name === 'p' && text.trim() !== '' && !RUNNING.has(kind)) {
        if (rows.length > 0) rows.at(-1)!.add(text)
        else if (kind === 'title' || kind === 'ctrTitle') out.heading(1, text)
        else out.line(text)
        text = ''
      }
    },
  })
}
