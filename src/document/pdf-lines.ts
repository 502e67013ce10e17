/**
 * The lines of a page of PDF. A page is pieces of text, each with a place and a size, in the order they are drawn, which is
 * the order of reading in nearly all files; pieces that follow one another on one height are a line.
 */

/** A piece as pdf.js gives it. */
export interface PdfItem {
  readonly str: string
  /** Scale, skew and place: the last two numbers are `x` and `y`. */
  readonly transform: readonly number[]
  readonly width: number
  readonly hasEOL: boolean
  readonly fontName: string
}

/** A line as it stands on its page. Lengths are in points of 1/72 inch; `y` grows upwards. */
export interface PdfLine {
  readonly text: string
  /** 1-based. */
  readonly page: number
  /** That of most of its characters. */
  readonly size: number
  readonly left: number
  readonly right: number
  readonly y: number
  /** Whether all of its letters are equally wide. */
  readonly mono: boolean
}

/** Lines of a page, in the order they are drawn. `isMono` says it of a font by its name. */
export function linesOf(
  items: readonly PdfItem[],
  page: number,
  isMono: (font: string) => boolean,
): PdfLine[] {
  const lines: PdfLine[] = []
  let line: Open | undefined
  const close = () => {
    const closed = line && closedLine(line, page)
    if (closed) lines.push(closed)
    line = undefined
  }
  for (const item of items) {
    if (item.str !== '') {
      const place = placeOf(item)
      if (line && isElsewhere(line, place)) close()
      line ??= { ...place, pieces: [], sizes: new Map(), left: place.x, right: place.x, mono: true }
      extend(line, item.str, place)
      if (item.str.trim() !== '' && !isMono(item.fontName)) line.mono = false
    }
    if (item.hasEOL) close()
  }
  close()
  return lines
}

interface Place {
  readonly x: number
  readonly y: number
  readonly size: number
  readonly width: number
}

interface Open {
  readonly pieces: string[]
  /** Characters of each size. */
  readonly sizes: Map<number, number>
  left: number
  right: number
  y: number
  size: number
  mono: boolean
}

function placeOf({ transform, width }: PdfItem): Place {
  const [a = 0, b = 0, c = 0, d = 0, x = 0, y = 0] = transform
  return { x, y, size: Math.hypot(c, d) || Math.hypot(a, b), width }
}

/** Whether a piece stands on another height than its line; signs set a little high or low do not. */
function isElsewhere(line: Open, { y, size }: Place): boolean {
  return Math.abs(y - line.y) > 0.6 * Math.max(size, line.size)
}

function extend(line: Open, text: string, { x, y, size, width }: Place): void {
  line.pieces.push(text)
  const rounded = Math.round(size * 2) / 2
  line.sizes.set(rounded, (line.sizes.get(rounded) ?? 0) + text.trim().length)
  line.left = Math.min(line.left, x)
  line.right = Math.max(line.right, x + width)
  // The largest letters tell where the line stands.
  if (size > line.size) [line.size, line.y] = [size, y]
}

function closedLine({ pieces, sizes, left, right, y, mono }: Open, page: number): PdfLine | undefined {
  // In a table of contents dots lead to the number of the page.
  const text = pieces
    .join('')
    .replace(/(?:\s*\.){5,}\s*/gu, ' … ')
    .replace(/\s+/gu, ' ')
    .trim()
  const [[size] = [0]] = [...sizes].sort((one, other) => other[1] - one[1])
  return text === '' ? undefined : { text, page, size, left, right, y, mono }
}
