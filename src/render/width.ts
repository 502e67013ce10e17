/**
 * How many cells of a terminal a text takes: none for marks that sit on the letter before, two for East Asian wide
 * characters and emoji. Text comes in without escape sequences.
 */
import { eastAsianWidth } from 'get-east-asian-width'

const PRINTABLE_ASCII = /^[ -~]*$/
const ZERO_WIDTH_JOINER = 0x200d

/** Asks for the coloured picture of a sign, which takes two cells wherever it is shown. */
const EMOJI_STYLE = 0xfe0f

/** A piece that is never broken: a character with the marks on it, or the characters an emoji is joined of. */
export interface Cluster {
  /** Offset in UTF-16 units. */
  readonly start: number
  readonly text: string
  /** Cells. */
  readonly width: number
}

/** The pieces of a text in order. */
export function* clusters(text: string): Generator<Cluster> {
  let start = 0
  let end = 0
  let width = 0
  let joined = false
  for (const character of text) {
    const code = character.codePointAt(0)!
    const isMark = code > 0x2ff && /^[\p{Mn}\p{Me}\p{Cf}]$/u.test(character)
    if (end > start && !isMark && !joined) {
      yield { start, text: text.slice(start, end), width }
      start = end
      width = 0
    }
    if (!isMark && !joined) width += characterWidth(code)
    else if (code === EMOJI_STYLE && width === 1) width = 2
    joined = code === ZERO_WIDTH_JOINER
    end += character.length
  }
  if (end > start) yield { start, text: text.slice(start, end), width }
}

/** Cells of a text on one line. */
export function cellWidth(text: string): number {
  if (PRINTABLE_ASCII.test(text)) return text.length
  let cells = 0
  for (const { width } of clusters(text)) cells += width
  return cells
}

/** The text cut to at most `cells` cells, with a last `…` where something was cut. */
export function clip(text: string, cells: number): string {
  if (cellWidth(text) <= cells) return text
  let kept = ''
  let used = 1
  for (const cluster of clusters(text)) {
    if (used + cluster.width > cells) break
    used += cluster.width
    kept += cluster.text
  }
  return `${kept.trimEnd()}…`
}

/** The same from the other end, for paths: their last part says most. */
export function clipStart(text: string, cells: number): string {
  if (cellWidth(text) <= cells) return text
  let start = text.length
  let used = 1
  for (const cluster of [...clusters(text)].reverse()) {
    if (used + cluster.width > cells) break
    used += cluster.width
    start = cluster.start
  }
  return `…${text.slice(start)}`
}

function characterWidth(code: number): number {
  if (code < 0x300) return code === 0xad ? 0 : 1
  return eastAsianWidth(code)
}
