/** Small PDF files, written by hand: pages of lines in Helvetica, one object after another, and a table of where they are. */
import { Buffer } from 'node:buffer'

/** A line: its text, the size of its letters, and where it stands, from the lower left corner in points. */
export type Line = readonly [text: string, size: number, x: number, y: number]

export interface PdfParts {
  /** Dictionary entries of the document's information, as in `/Title (Whales)`. */
  readonly info?: string
  /** Entries of the outline: title and 1-based page. */
  readonly outline?: readonly (readonly [title: string, page: number])[]
  /** Entries of the trailer. */
  readonly trailer?: string
  /** Further objects, numbered from 100; and what a page's resources have besides the font. */
  readonly objects?: readonly string[]
  readonly resources?: string
}

/** `pages` are lines, or the operators of a page's content as they stand. */
export function pdfFile(pages: readonly (readonly Line[] | string)[], parts: PdfParts = {}): Buffer {
  const { info = '', outline = [], trailer = '', objects = [], resources = '' } = parts
  const all = new Map<number, string>()
  const page = (number: number) => 10 + 2 * number
  const entry = (number: number) => 1000 + number
  const outlines = outline.length > 0 ? ' /Outlines 4 0 R' : ''
  all.set(1, `<< /Type /Catalog /Pages 2 0 R${outlines} >>`)
  all.set(
    2,
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, n) => `${page(n)} 0 R`).join(' ')}] >>`,
  )
  all.set(3, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>')
  all.set(4, `<< /First ${entry(0)} 0 R /Last ${entry(outline.length - 1)} 0 R /Count ${outline.length} >>`)
  all.set(5, `<< ${info} >>`)
  for (const [n, content] of pages.entries()) {
    const stream = typeof content === 'string' ? content : content.map(drawn).join('\n')
    all.set(
      page(n),
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents ${page(n) + 1} 0 R /Resources << /Font << /F1 3 0 R >> ${resources} >> >>`,
    )
    all.set(page(n) + 1, `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`)
  }
  for (const [n, [title, number]] of outline.entries()) {
    const next = n + 1 < outline.length ? ` /Next ${entry(n + 1)} 0 R` : ''
    all.set(entry(n), `<< /Title (${title}) /Parent 4 0 R${next} /Dest [${page(number - 1)} 0 R /Fit] >>`)
  }
  for (const [n, object] of objects.entries()) all.set(100 + n, object)
  return assembled(all, trailer)
}

function drawn([text, size, x, y]: Line): string {
  return `BT /F1 ${size} Tf ${x} ${y} Td (${text.replace(/[()\\]/g, '\\$&')}) Tj ET`
}

function assembled(objects: ReadonlyMap<number, string>, trailer: string): Buffer {
  let file = '%PDF-1.4\n'
  let table = ''
  for (const [number, object] of [...objects].sort(([one], [other]) => one - other)) {
    table += `${number} 1\n${String(file.length).padStart(10, '0')} 00000 n \n`
    file += `${number} 0 obj\n${object}\nendobj\n`
  }
  const size = Math.max(...objects.keys()) + 1
  const end = `trailer\n<< /Size ${size} /Root 1 0 R /Info 5 0 R ${trailer} >>\nstartxref\n${file.length}\n%%EOF\n`
  return Buffer.from(`${file}xref\n0 1\n0000000000 65535 f \n${table}${end}`, 'latin1')
}
