/**
 * A page of HTML as pieces of text: paragraphs, headings, lines of lists and tables, code, in order, with scripts and
 * ways to other pages left out. In comes the source, out go the pieces and what its head says. Any text is read; nothing
 * is run or fetched. Walks tag by tag, so that depth costs no stack.
 */
import { Parser } from 'htmlparser2'
import type { TextBuilder } from './extracted.ts'
import { type Attributes, BLOCKS, CELLS, ITEMS, isPassedOver, LISTS, mainness } from './html-elements.ts'

/** One piece of the text. */
export interface Piece {
  readonly kind: 'paragraph' | 'line' | 'code' | 'heading' | 'break'
  readonly text: string
  /** Of a heading, from 1. */
  readonly level: number
  /** How surely it is in the main text: 2, 1 or 0. */
  readonly main: number
  /** Of a heading: the `id` that leads to it. */
  readonly anchor?: string | undefined
}

/** A page taken apart. */
export interface Page {
  readonly pieces: readonly Piece[]
  /** Of the head, '' without one. */
  readonly title: string
  /** Of `html`, '' without one. */
  readonly language: string
  /** `meta` elements: name or property, lower-case, and content; in order. */
  readonly meta: readonly (readonly [name: string, content: string])[]
  /** Tags seen; without any it is no HTML. */
  readonly tags: number
}

/** UTF-16 units of a block in a table's cell that still is part of its row. */
const CELL_LIMIT = 200
/** And of a list's item that is a line of its paragraph. */
const ITEM_LIMIT = 400

/** What is no part of its row, in a table's cell. */
const APART_IN_CELL = /^(?:h[1-6]|pre|table|ul|ol|dl|menu|dir)$/

/** What holds inside an element. */
interface State {
  readonly name: string
  /** Whether all in it is passed over. */
  readonly over: boolean
  readonly main: number
  /** Level of the heading it is, or is in; 0 for none. */
  readonly heading: number
  readonly code: boolean
  readonly cell: boolean
  readonly item: boolean
}

const OUTSIDE: State = {
  name: '',
  over: false,
  main: 0,
  heading: 0,
  code: false,
  cell: false,
  item: false,
}

/** Takes a page apart. `xml` for XHTML: there any tag may close itself. */
export function readPage(source: string, xml = false): Page {
  const reader = new PageReader()
  const parser = new Parser(
    {
      onopentag: (name, attributes) => reader.open(name, attributes),
      onclosetag: name => reader.close(name),
      ontext: text => reader.text(text),
    },
    { recognizeSelfClosing: xml, lowerCaseTags: true },
  )
  parser.end(source)
  return reader.finish()
}

/** Puts pieces down, each heading with its anchor. */
export function writePieces(pieces: readonly Piece[], out: TextBuilder): void {
  for (const { kind, text, level, anchor } of pieces) {
    if (kind === 'heading') {
      if (anchor) out.mark('anchor', anchor)
      out.heading(level, text)
    } else if (kind === 'break') out.break()
    else out[kind](text)
  }
}

class PageReader {
  readonly #pieces: Piece[] = []
  readonly #states: State[] = []
  readonly #meta: [string, string][] = []
  #state = OUTSIDE
  /** Text of the piece that is being read. */
  #buffer: string[] = []
  #length = 0
  #title = ''
  #inTitle = false
  #language = ''
  #anchor: string | undefined
  #tags = 0

  open(name: string, attributes: Attributes): void {
    this.#tags++
    const outer = this.#state
    if (name === 'html') this.#language ||= attributes.lang ?? attributes['xml:lang'] ?? ''
    if (name === 'title' && this.#title === '' && !outer.over) this.#inTitle = true
    if (name === 'meta') this.#noteMeta(attributes)
    const over = outer.over || isPassedOver(name, attributes, outer.main > 0)
    if (!over) this.#enter(name, attributes, outer)
    this.#states.push(outer)
    this.#state = {
      name,
      over,
      main: Math.max(outer.main, mainness(name, attributes)),
      heading: /^h[1-6]$/.test(name) ? Number(name[1]) : outer.heading,
      code: outer.code || name === 'pre',
      cell: CELLS.has(name) || (outer.cell && name !== 'table'),
      item: ITEMS.has(name) || (outer.item && name !== 'table'),
    }
  }

  close(name: string): void {
    if (name === 'title') this.#inTitle = false
    const outer = this.#states.pop()
    if (!outer) return
    if (!this.#state.over && BLOCKS.has(name)) this.#leave(name)
    this.#state = outer
  }

  text(text: string): void {
    if (this.#inTitle) this.#title += text
    else if (!this.#state.over) this.#add(this.#state.code ? text : text.replace(/\s+/gu, ' '))
  }

  finish(): Page {
    this.#flush()
    const title = this.#title.replace(/\s+/gu, ' ').trim()
    return { pieces: this.#pieces, title, language: this.#language, meta: this.#meta, tags: this.#tags }
  }

  #enter(name: string, attributes: Attributes, outer: State): void {
    const id = attributes.id ?? (name === 'a' ? attributes.name : undefined)
    if (BLOCKS.has(name)) {
      // The cells of a row are one line.
      if (!CELLS.has(name)) this.#begin(name, outer.cell)
      if (LISTS.has(name) || name === 'table') this.#put('break', '')
    } else if (name === 'br') this.#add('\n')
    else if (name === 'img' && (attributes.alt?.trim().split(/\s+/).length ?? 0) > 2)
      this.#add(` ${attributes.alt!} `)
    // An anchor may stand before its heading, around it or within it.
    if (id) this.#anchor = id
  }

  #begin(name: string, inCell: boolean): void {
    if (inCell && !APART_IN_CELL.test(name)) this.#flushLong()
    else this.#flush()
  }

  #leave(name: string): void {
    if (CELLS.has(name)) this.#add(' | ')
    else this.#begin(name, this.#state.cell)
    if (LISTS.has(name) || name === 'table') this.#put('break', '')
  }

  #add(text: string): void {
    this.#buffer.push(text)
    this.#length += text.length
  }

  /** In a cell a short block is part of the row; a long one is a paragraph. */
  #flushLong(): void {
    if (this.#length > CELL_LIMIT) this.#flush()
    else this.#add(' ')
  }

  #flush(): void {
    if (this.#length === 0) return
    const whole = this.#buffer.join('')
    this.#buffer = []
    this.#length = 0
    const { heading, code, cell, item, name } = this.#state
    if (code) {
      this.#put('code', whole)
      return
    }
    const text = tidy(whole, cell || name === 'tr')
    if (text === '') return
    if (heading > 0) this.#put('heading', text, heading)
    else if (name === 'tr' || cell || (item && text.length <= ITEM_LIMIT)) this.#put('line', text)
    else this.#put('paragraph', text)
  }

  #put(kind: Piece['kind'], text: string, level = 0): void {
    const { main } = this.#state
    if (kind === 'heading') this.#pieces.push({ kind, text, level, main, anchor: this.#anchor })
    else this.#pieces.push({ kind, text, level, main })
    if (kind !== 'break') this.#anchor = undefined
  }

  #noteMeta({ name, property, content }: Attributes): void {
    const key = (name ?? property ?? '').trim().toLowerCase()
    if (key !== '' && content?.trim()) this.#meta.push([key, content.replace(/\s+/gu, ' ').trim()])
  }
}

/** Without white space at the ends of lines; a row without empty cells at its end. */
function tidy(text: string, isRow: boolean): string {
  const lines = text
    .replace(/[ \t]{2,}/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim()
  return isRow ? lines.replace(/^[\s|]+|[\s|]+$/gu, '') : lines
}
