/**
 * Words that the end of a line has parted. In come the lines of a paragraph, out go the same with such words whole, on
 * the line they begin. Whether the hyphen is part of the word the rest of the document tells: `read-only` is written so
 * elsewhere, `hyphen-ation` is not.
 */
import type { PdfLine } from './pdf-lines.ts'

const PARTED = /(\p{L}[\p{L}\p{M}]*)[-‐\u00ad]$/u
const REST = /^(\p{Ll}[\p{L}\p{M}]*)(\S*)\s*/u

/** A line and what it says now. */
export interface WholeLine {
  readonly line: PdfLine
  readonly text: string
}

export class HyphenatedWords {
  /** Words with a hyphen within a line, lower-case. */
  readonly #hyphenated = new Set<string>()

  constructor(lines: readonly PdfLine[]) {
    for (const { text } of lines) {
      for (const [word] of text.matchAll(/\p{L}+-\p{L}+/gu)) this.#hyphenated.add(word.toLowerCase())
    }
  }

  whole(lines: readonly PdfLine[]): WholeLine[] {
    const texts = lines.map(({ text }) => text)
    for (let at = 0; at + 1 < texts.length; at++) {
      const [, first] = PARTED.exec(texts[at]!) ?? []
      const [taken, second, signs] = REST.exec(texts[at + 1]!) ?? []
      if (first === undefined || taken === undefined) continue
      const hyphen = this.#hyphenated.has(`${first}-${second}`.toLowerCase()) ? '-' : ''
      texts[at] = `${texts[at]!.slice(0, -1)}${hyphen}${second}${signs}`
      texts[at + 1] = texts[at + 1]!.slice(taken.length)
    }
    return lines.map((line, at) => ({ line, text: texts[at]! }))
  }
}
