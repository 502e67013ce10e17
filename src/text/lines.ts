/** Lines of a text. A line ends at `\n`, at `\r\n` or at a lone `\r`; lines are counted from 1. */

/** Lines in a text; 0 for the empty one. A line break at the very end begins no further line. */
export function countLines(text: string): number {
  let lines = 0
  if (text.includes('\r')) {
    for (let at = 0; at < text.length; at = lineEnd(text, at)) lines++
    return lines
  }
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++
  return text.length > 0 && !text.endsWith('\n') ? lines + 1 : lines
}

/** The lines from `first` to `last`, both counted in, with their line breaks; less where the text ends sooner. */
export function sliceLines(text: string, first: number, last: number): string {
  let at = 0
  for (let line = 1; line < first && at < text.length; line++) at = lineEnd(text, at)
  let end = at
  for (let line = first; line <= last && end < text.length; line++) end = lineEnd(text, end)
  return text.slice(at, end)
}

/** Line and column (both from 1, the column in UTF-16 units) of a place, in a text that begins at `line` and `column`. */
export function lineAndColumn(
  text: string,
  place: number,
  line = 1,
  column = 1,
): { line: number; column: number } {
  let number = line
  let start = 1 - column
  for (let at = 0; at < place; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10)) {
      number++
      start = at + 1
    }
  }
  return { line: number, column: place - start + 1 }
}

/** Where the line that holds `at` ends, its line break included. */
function lineEnd(text: string, at: number): number {
  for (let end = at; end < text.length; end++) {
    const unit = text.charCodeAt(end)
    if (unit === 10) return end + 1
    if (unit === 13) return text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1
  }
  return text.length
}
