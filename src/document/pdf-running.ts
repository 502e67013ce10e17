/**
 * Running heads and page numbers: lines at the head or foot of a page that stand on many others too, at one height, with
 * the same words or with a number that grows from page to page. In come the lines of all pages, out go those that are text.
 */
import type { PdfLine } from './pdf-lines.ts'

/** Lines at the head and at the foot of a page that may be running ones. */
const EDGE = 2
/** Pages that one stands on at the least, and their share. */
const LEAST = 3
const SHARE = 0.2

/** `usual` is the size of most letters: a title in larger ones is none of these, though each page may have one. */
export function withoutRunningLines(
  pages: readonly (readonly PdfLine[])[],
  usual: number,
): readonly PdfLine[][] {
  const keys = pages.map(lines => edgeKeys(lines, usual))
  const counts = new Map<string, number>()
  for (const page of keys) {
    for (const key of new Set([...page.values()].flat())) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const least = Math.max(LEAST, SHARE * pages.length)
  return pages.map((lines, page) =>
    lines.filter(line => !keys[page]!.get(line)?.some(key => counts.get(key)! >= least)),
  )
}

/**
 * What running lines have in common, for the highest and the lowest lines of a page: their height, within a few points,
 * and their words, whatever the numbers; or, of the outermost, the height and by how much a number at either end differs
 * from that of the page.
 */
function edgeKeys(lines: readonly PdfLine[], usual: number): ReadonlyMap<PdfLine, readonly string[]> {
  const byHeight = [...lines].sort((one, other) => other.y - one.y)
  const keys = new Map<PdfLine, readonly string[]>()
  for (const [at, line] of byHeight.entries()) {
    const distance = Math.min(at, byHeight.length - 1 - at)
    if (distance >= EDGE || line.size > usual + 0.5) continue
    const height = Math.round(line.y / 8)
    const words = `${height} ${line.text.replace(/\d+|\b[ivxlc]+\b/giu, '#')}`
    keys.set(line, distance === 0 ? [words, ...numbersOf(line).map(n => `${height} page ${n}`)] : [words])
  }
  return keys
}

/** Numbers at the ends of a line, less that of its page. */
function numbersOf({ text, page }: PdfLine): number[] {
  return [/^\d{1,4}\b/.exec(text), /\b\d{1,4}$/.exec(text)].flatMap(found =>
    found ? [Number(found[0]) - page] : [],
  )
}
