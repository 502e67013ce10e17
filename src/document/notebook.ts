/**
 * Jupyter notebooks: the text of their cells, each at its number, counted from 1. Markdown cells keep their headings and
 * code; of what a code cell printed the text is taken, after its code; pictures and HTML are left out.
 */
import type { Metadata } from './document.ts'
import { type Extracted, TextBuilder } from './extracted.ts'
import type { TextExtractor } from './extractor.ts'
import { LineCursor } from './line.ts'
import { markdown } from './markdown.ts'

export const notebook: TextExtractor = {
  format: 'notebook',
  extensions: ['.ipynb'],
  takes: 'text',
  extract: text => {
    const root = parsed(text)
    // The third format of notebooks keeps its cells in worksheets.
    const cells =
      list(root?.cells) ?? list(root?.worksheets)?.flatMap(sheet => list(record(sheet)?.cells) ?? [])
    return root && cells ? takenFrom(root, cells) : undefined
  },
}

type Fields = Readonly<Record<string, unknown>>

function takenFrom(root: Fields, cells: readonly unknown[]): Extracted {
  const out = new TextBuilder()
  for (const [number, each] of cells.entries()) {
    const cell = record(each)
    if (!cell) continue
    out.break()
    out.mark('cell', number + 1)
    const source = joined(cell.source ?? cell.input)
    if (cell.cell_type === 'markdown') addMarkdown(out, source)
    else if (cell.cell_type === 'heading') out.heading(Number(cell.level) || 1, source)
    else if (cell.cell_type === 'code') addCode(out, source, list(cell.outputs) ?? [])
    else out.paragraph(source)
  }
  return out.finish({ metadata: metadataOf(record(root.metadata) ?? {}) })
}

function addCode(out: TextBuilder, source: string, outputs: readonly unknown[]): void {
  out.code(source)
  for (const each of outputs) {
    const output = record(each)
    if (output) out.code(printed(output))
  }
}

/** What an output says in words: what went to a stream, the plain form of a value, an error. */
function printed(output: Fields): string {
  const text =
    output.output_type === 'error' || output.output_type === 'pyerr'
      ? `${joined(output.ename)}: ${joined(output.evalue)}\n${(list(output.traceback) ?? []).map(joined).join('\n')}`
      : joined(output.text ?? record(output.data)?.['text/plain'])
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal
  return text.replace(/\u001b\[[\d;]*[A-Za-z]/gu, '')
}

/** A text in Markdown, with its headings and code as such. */
export function addMarkdown(out: TextBuilder, text: string): void {
  const { headings, fences } = markdown.outline(text, 0)
  const apart = [
    ...headings.map(each => ({ ...each, isHeading: true as const })),
    ...fences.map(each => ({ ...each, isHeading: false as const })),
  ].sort((a, b) => a.start - b.start)
  let at = 0
  for (const each of apart) {
    if (each.start < at) continue
    out.paragraphs(text.slice(at, each.start))
    if (each.isHeading) out.heading(each.level, each.text)
    else out.code(withoutFence(text.slice(each.start, each.end)))
    at = each.end
  }
  out.paragraphs(text.slice(at))
}

/** Fenced code without the lines of its fence. */
function withoutFence(code: string): string {
  const line = new LineCursor(code)
  line.advance()
  const inner = code.slice(line.next)
  const last = inner.lastIndexOf('\n') + 1
  return /^[`~]{3,}$/u.test(inner.slice(last).trim()) ? inner.slice(0, last).trimEnd() : inner
}

function metadataOf({ title, authors, kernelspec, language_info: language }: Fields): Metadata {
  const names = (list(authors) ?? []).map(each => record(each)?.name ?? each).filter(isText)
  const kernel = record(language)?.name ?? record(kernelspec)?.language
  return {
    ...(isText(title) ? { title } : {}),
    ...(names.length > 0 ? { authors: names } : {}),
    ...(isText(kernel) ? { kernel } : {}),
  }
}

function parsed(text: string): Fields | undefined {
  try {
    return record(JSON.parse(text))
  } catch {
    return undefined
  }
}

function record(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined
}

function list(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

/** Texts may be written as lists of lines. */
function joined(value: unknown): string {
  if (typeof value === 'string') return value
  return Array.isArray(value) ? value.filter(line => typeof line === 'string').join('') : ''
}
