/**
 * The answer for a person at a terminal: hits by document, each with its place, heading trail and excerpt, wrapped to
 * the width; then what has to be said beside; last, a line of figures.
 */
import type { Hit, SearchResult } from '../search/result.ts'
import { alsoIn } from './also.ts'
import { byDocument } from './by-document.ts'
import { type Paint, painter } from './color.ts'
import { bar, counted, grouped, lasted } from './figure.ts'
import { linked } from './hyperlink.ts'
import { lit, type Marked, sliceMarked } from './marked.ts'
import { leftOutIn, notesOf } from './notes.ts'
import { numberedLines } from './numbered-lines.ts'
import type { PathOf } from './plain.ts'
import { positionLabel } from './position.ts'
import { safeLine, safeText } from './safe-text.ts'
import type { SourceLines } from './source-lines.ts'
import { cellWidth, clip } from './width.ts'
import { wrap, wrapPlain } from './wrap.ts'

export interface PrettyOptions {
  readonly pathOf: PathOf
  /** Cells of a line. */
  readonly width: number
  readonly color: boolean
  /** The address a hit's place links to; undefined for none. */
  readonly addressOf?: ((hit: Hit) => string | undefined) | undefined
  /** For each hit the lines to show in place of its excerpt. */
  readonly lines?: readonly SourceLines[] | undefined
}

/** What drawing a hit takes beside it. */
interface Drawing extends PrettyOptions {
  /** The highest score of the answer. */
  readonly best: number
}

const INDENT = '    '

/** Formats whose lines are no width's doing: programs, data and tables. */
const LINED: ReadonlySet<string> = new Set(['code', 'json', 'yaml', 'csv', 'jsonl'])

/** Cells of the bar of the best score. */
const LONGEST_BAR = 20

/** Narrower than this, text is wrapped as for this width and the terminal breaks it further. */
const NARROWEST = 20

export function renderPretty(result: SearchResult, options: PrettyOptions): string {
  const paint = painter(options.color)
  const width = Math.max(options.width, NARROWEST)
  const best = Math.max(...result.hits.map(({ score }) => score))
  const groups = byDocument(result.hits, hit => hit).map(hits =>
    renderDocument(hits, { ...options, width, best }, paint),
  )
  const notes = notesOf(result).flatMap(note => wrapPlain(sentence(safeLine(note)), width))
  const parse = parseOf(result).flatMap(line => wrapPlain(line, width))
  const figures = [...parse, ...wrapPlain(figuresOf(result), width)].map(paint.faint)
  return `${[...groups, [...notes, ...figures].join('\n')].join('\n\n')}\n`
}

/** How the query was understood, where that was asked for. */
function parseOf({ parse, ignored }: SearchResult): string[] {
  if (parse === undefined) return []
  const left = ignored.length > 0 ? [`Left out: ${ignored.map(safeLine).join(' ')}`] : []
  return [`Read as: ${safeLine(parse)}`, ...left]
}

function renderDocument(hits: readonly Hit[], options: Drawing, paint: Paint): string {
  const title = safeLine(hits[0]?.title ?? '').trim()
  const head = title === '' ? [] : [paint.title(clip(title, options.width))]
  return [...head, ...hits.flatMap(hit => renderHit(hit, title, options, paint))].join('\n')
}

function renderHit(hit: Hit, title: string, options: Drawing, paint: Paint): string[] {
  const { pathOf, width, addressOf, lines, best } = options
  const path = safeLine(pathOf(hit))
  const where = positionLabel(hit.position)
  const page = where === '' ? '' : `  ${where}`
  const address = addressOf?.(hit)
  const named = `${paint.path(path)}:${paint.line(String(hit.line))}`
  const place = `${address === undefined ? named : linked(named, address)}${page}`
  const shown = lines?.find(each => each.hit === hit)
  const excerpt = shown
    ? numberedLines(shown, width, paint)
    : wrap(dotted(hit), width - INDENT.length, LINED.has(hit.file.format)).map(
        line => `${INDENT}${lit(line, paint.match)}`,
      )
  const after = [alsoIn(hit, pathOf), ...moreOf(hit), ...explanationOf(hit, best)]
    .filter(line => line !== '')
    .flatMap(line => wrapPlain(line, width - INDENT.length))
  excerpt.push(...after.map(line => `${INDENT}${paint.faint(line)}`))
  const trail = trailOf(hit, title)
  if (trail === '') return [place, ...excerpt]
  const room = width - cellWidth(`${path}:${hit.line}${page}  `)
  if (cellWidth(trail) <= room) return [`${place}  ${paint.heading(trail)}`, ...excerpt]
  return [place, `${INDENT}${paint.heading(clip(trail, width - INDENT.length))}`, ...excerpt]
}

/** How many passages of the document are not shown. */
function moreOf({ more }: Hit): string[] {
  return more === undefined || more === 0 ? [] : [`and ${counted(more, 'more passage')} of this document`]
}

/** The score, with a bar that holds it against the best, and what each leaf and ranking add to it. */
function explanationOf({ score, explanation, refinement = [] }: Hit, best: number): string[] {
  if (!explanation) return []
  const shares = explanation.map(({ leaf, score: share, frequency, documentFrequency }) => {
    const times = `${Number(frequency.toFixed(2))}× here, in ${counted(documentFrequency, 'passage')}`
    return `  ${share.toFixed(3)}  ${safeLine(leaf)} (${times})`
  })
  const parts = refinement.map(({ part, score: share }) => `  ${share.toFixed(3)}  from ${part}`)
  return [`score ${score.toFixed(3)} ${bar(best > 0 ? score / best : 0, LONGEST_BAR)}`, ...shares, ...parts]
}

/** The headings above the hit; the document's title is said already. */
function trailOf({ heading }: Hit, title: string): string {
  const headings = heading.map(each => safeLine(each).trim())
  return (headings[0] === title ? headings.slice(1) : headings).join(' › ')
}

/** The excerpt with a dot wherever the passage goes on. */
function dotted(hit: Hit): Marked {
  const [before, after] = hit.truncated
  const text = safeText(hit.excerpt.replace(/\r\n?/g, end => (end === '\r' ? '\n' : ' \n'))).trimEnd()
  const { text: body, ranges } = withoutHeading({ text, ranges: hit.highlights }, hit)
  const shift = before ? 1 : 0
  const end = after ? (/[.!?:;]$/.test(body) ? ' …' : '…') : ''
  return {
    text: `${before ? '…' : ''}${body}${end}`,
    ranges: ranges.map(([start, end]) => [start + shift, end + shift]),
  }
}

/** A heading the excerpt begins with has been said already, in the trail or as the title; it stays where it is lit. */
function withoutHeading(marked: Marked, { heading, title, truncated: [before] }: Hit): Marked {
  const [line = ''] = marked.text.split('\n', 1)
  const said = [heading.at(-1), title].map(each => each && safeLine(each).trim())
  const words = line
    .replace(/^#+/, '')
    .replace(/#+\s*$/, '')
    .trim()
  if (before || words === '' || !said.includes(words)) return marked
  const [underline = ''] = marked.text.slice(line.length + 1).split('\n', 1)
  const isUnderlined = /^([!-/:-@[-`{-~])\1{2,}\s*$/.test(underline)
  const start = line.length + 1 + (isUnderlined ? underline.length + 1 : 0)
  const isLit = marked.ranges.some(range => range[0] < start)
  const isAll = marked.text.slice(start).trim() === ''
  return isLit || isAll ? marked : sliceMarked(marked, start, marked.text.length)
}

/** `Hits 1–10 of 120 in 9,976 documents · 3.1 ms · checked against the files`. */
function figuresOf({ hits, total, tookMs, freshness, indexes, notIndexed }: SearchResult): string {
  const files = leftOutIn(indexes)
  const documents = `in ${counted(
    indexes.reduce((sum, index) => sum + index.documents, 0),
    'document',
  )}`
  const first = hits[0]?.rank ?? 0
  const last = hits.at(-1)?.rank ?? 0
  const found =
    total === 0 && hits.length === 0
      ? 'No hits'
      : hits.length === 0
        ? `No hits to show, ${counted(total, 'match', 'matches')}`
        : hits.length === total
          ? counted(total, 'hit')
          : `${first === last ? `Hit ${grouped(first)}` : `Hits ${grouped(first)}–${grouped(last)}`} of ${grouped(total)}`
  const checked = { none: [], hits: ['checked against the files'], tree: ['checked against all files'] }[
    freshness
  ]
  return [
    `${found} ${documents}`,
    lasted(tookMs),
    ...(hits.length > 0 || freshness === 'tree' ? checked : []),
    ...(files > 0 && notIndexed === undefined ? [`${counted(files, 'file')} not indexed`] : []),
  ].join(' · ')
}

function sentence(note: string): string {
  return `${note[0]?.toUpperCase() ?? ''}${note.slice(1)}.`
}
