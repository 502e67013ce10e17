/**
 * The Fact Box at the head of a reading passage: a line `Fact Box`, then lines `Key: value`, with blank lines between
 * or without. In comes a text, out come the facts and where the rest begins.
 *
 * A title like `Peace: a plan` may follow at once and looks like a fact. So the box ends with its last fact that is a
 * number; without one there is no box, and all of it is body.
 */
import type { Metadata, MetadataValue } from './document.ts'
import type { Preamble } from './front-matter.ts'
import { LineCursor } from './line.ts'

const FACTS_LIMIT = 64
const LINE_LIMIT = 200
const FACT = /^([\p{L}][\p{L}\p{N} _-]{0,39}?)\s*:\s*(\S.*)$/u
const NUMBER = /^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/u

/** The Fact Box that begins at `start`, blank lines before it allowed; undefined where there is none. */
export function readFactBox(text: string, start: number): Preamble | undefined {
  const line = new LineCursor(text, start)
  if (!nextLine(line) || content(line).toLowerCase() !== 'fact box') return undefined
  const facts: [string, MetadataValue][] = []
  let numbers = 0
  let end = start
  while (facts.length < FACTS_LIMIT && nextLine(line)) {
    const fact = FACT.exec(content(line))
    if (!fact) break
    const value = typed(fact[2]!)
    facts.push([fact[1]!.toLowerCase(), value])
    if (typeof value !== 'number') continue
    numbers = facts.length
    end = line.next
  }
  if (numbers === 0) return undefined
  const metadata: Metadata = Object.fromEntries(facts.slice(0, numbers))
  return { metadata, end }
}

/** Moves to the next line that is not blank. */
function nextLine(line: LineCursor): boolean {
  while (line.advance()) if (!line.blank) return true
  return false
}

/** The line without white space around it; '' for one too long to be a fact. */
function content(line: LineCursor): string {
  return line.end - line.start > LINE_LIMIT ? '' : line.text.slice(line.first, line.end).trimEnd()
}

function typed(value: string): string | number {
  return NUMBER.test(value) ? Number(value.replaceAll(',', '')) : value
}
