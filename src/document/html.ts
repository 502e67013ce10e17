/**
 * HTML: the text a reader is there for, without scripts, menus and what else stands around it. Where a page says which
 * part is its main text (`main`, `article`), that is taken; where that holds next to nothing, all of it. Each heading knows
 * its anchor.
 */
import type { Metadata, MetadataValue } from './document.ts'
import { TextBuilder } from './extracted.ts'
import type { TextExtractor } from './extractor.ts'
import { type Page, type Piece, readPage, writePieces } from './html-pieces.ts'

export const html: TextExtractor = {
  format: 'html',
  extensions: ['.html', '.htm', '.xhtml', '.xht'],
  takes: 'text',
  extract(text) {
    const page = readPage(text, isXhtml(text))
    if (page.tags === 0) return undefined
    const out = new TextBuilder()
    const pieces = mainPieces(page.pieces)
    writePieces(pieces, out)
    return out.finish({ title: pageTitle(page, pieces), metadata: pageMetadata(page) })
  },
}

/** Whether a page is written as XML, and so any of its tags may close itself. */
export function isXhtml(text: string): boolean {
  return /^\s*<\?xml|<html[^>]*\sxmlns=/i.test(text.slice(0, 2000))
}

/** UTF-16 units that a main text has at the least, and its share of all text where it may be one of several. */
const MAIN_LEAST = 100
const MAIN_SHARE = 0.3

/** The pieces of the main text; with the page's first heading, which may stand above it. */
export function mainPieces(pieces: readonly Piece[]): readonly Piece[] {
  const length = (least: number) =>
    pieces.reduce((sum, { main, text }) => (main >= least ? sum + text.length : sum), 0)
  const least =
    length(2) >= MAIN_LEAST ? 2 : length(1) >= Math.max(MAIN_LEAST, MAIN_SHARE * length(0)) ? 1 : 0
  const kept = pieces.filter(({ main }) => main >= least)
  const first = pieces.find(({ kind }) => kind === 'heading')
  const isApart = first && !kept.includes(first) && first.level === 1 && !kept.some(isFirstLevel)
  return isApart ? [first, ...kept] : kept
}

function isFirstLevel({ kind, level }: Piece): boolean {
  return kind === 'heading' && level === 1
}

/** The title of the head, without the name of the site, where the page's first heading shows what that is. */
export function pageTitle({ title, meta }: Page, pieces: readonly Piece[]): string {
  const heading = pieces.find(isFirstLevel)?.text.replace(/\s+/gu, ' ') ?? ''
  const given = title || (meta.find(([name]) => name === 'og:title')?.[1] ?? '')
  if (given === '') return heading || (pieces.find(({ kind }) => kind === 'heading')?.text ?? '')
  return heading !== '' && given.includes(heading) ? heading : given
}

/** What `meta` says to programs that show the page, not about it. */
const NOT_ABOUT =
  /^(?:viewport|robots|googlebot|generator|theme-color|color-scheme|format-detection|referrer|msapplication.*|apple-.*|twitter:.*|fb:.*|al:.*|.*verification.*|csrf.*|og:(?:image|video|audio|url|title|locale).*|mobile-.*|handheldfriendly|progid|docutils|next-head-count)$/
const META_LIMIT = 64
const VALUE_LIMIT = 2000

/** What the head says of the page; of names given twice, all values. */
export function pageMetadata({ meta, language }: Page): Metadata {
  const metadata = new Map<string, MetadataValue>()
  if (language !== '') metadata.set('language', language)
  for (const [name, content] of meta) {
    if (NOT_ABOUT.test(name) || content.length > VALUE_LIMIT) continue
    if (metadata.size >= META_LIMIT) break
    const value = name === 'keywords' ? content.split(/\s*[,;]\s*/).filter(Boolean) : typed(content)
    const known = metadata.get(name)
    metadata.set(name, known === undefined ? value : [known, value].flat())
  }
  return Object.fromEntries(metadata)
}

function typed(content: string): MetadataValue {
  return /^-?(?:0|[1-9]\d{0,14})(?:\.\d+)?$/.test(content) ? Number(content) : content
}
