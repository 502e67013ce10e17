/** A lexical profile for a person: a table of figures beside those the document claims, and bars for its words. */
import type { Claims, LexicalProfile } from '../profile/profile.ts'
import { barChart } from './chart.ts'
import { type Paint, painter } from './color.ts'
import { counted, grouped } from './figure.ts'
import { safeLine } from './safe-text.ts'
import { cellWidth, clip } from './width.ts'

/** How hard a text of that LIX is, by Björnsson's own scale. */
const LIX_SCALE: readonly (readonly [below: number, words: string])[] = [
  [30, 'very easy'],
  [40, 'easy'],
  [50, 'medium'],
  [60, 'difficult'],
  [Number.POSITIVE_INFINITY, 'very difficult'],
]

export function renderProfile(
  profile: LexicalProfile,
  { color, width }: { color: boolean; width: number },
): string {
  const paint = painter(color)
  const { commonest, typical, tokens } = profile
  const parts = [
    [headOf(profile, width, paint), ...figuresOf(profile, width, paint)],
    tokens === 0 ? [] : readabilityOf(profile, width, paint),
    barChart(
      'Commonest words',
      commonest.map(({ word, count }) => ({ label: word, value: count, shown: grouped(count) })),
      width,
      paint,
    ),
    barChart(
      'Most typical words: how often here and in all, by log-likelihood',
      (typical ?? []).map(({ word, count, elsewhere, logLikelihood }) => ({
        label: word,
        value: logLikelihood,
        shown: `${grouped(count)} of ${grouped(count + elsewhere)}`,
      })),
      width,
      paint,
    ),
  ]
  return `${parts
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')}\n`
}

function headOf({ index, of, title, documents }: LexicalProfile, width: number, paint: Paint): string {
  const name = clip(safeLine(of ?? index), width)
  const beside =
    documents === 1 && of !== null ? safeLine(title ?? '').trim() : counted(documents, 'document')
  const room = width - cellWidth(name) - 2
  return beside === '' || room < 8 ? paint.title(name) : `${paint.title(name)}  ${clip(beside, room)}`
}

function figuresOf(profile: LexicalProfile, width: number, paint: Paint): string[] {
  const { tokens, types, typeTokenRatio, sentences, meanSentenceLength, claims } = profile
  return rowsOf(
    [
      ['words (tokens)', grouped(tokens), claim(claims, 'tokens')],
      ['different words (types)', grouped(types), claim(claims, 'types')],
      ['type-token ratio', fixed(typeTokenRatio, 3), claim(claims, 'typeTokenRatio')],
      ['sentences', grouped(sentences), claim(claims, 'sentences')],
      ['words in a sentence', fixed(meanSentenceLength, 1), ''],
    ],
    width,
    paint,
  )
}

/** The formulas, and beside the nearest of them the level that the document claims: it does not say by which it went. */
function readabilityOf({ readability, claims }: LexicalProfile, width: number, paint: Paint): string[] {
  const { fleschKincaid, automatedReadability, colemanLiau, lix } = readability
  const grades: [string, number | null][] = [
    ['Flesch-Kincaid grade', fleschKincaid],
    ['Automated Readability Index', automatedReadability],
    ['Coleman-Liau index', colemanLiau],
  ]
  const level = claims?.level
  const distance = (value: number | null) =>
    value === null || level === undefined ? null : Math.abs(value - level)
  const nearest = Math.min(...grades.map(([, value]) => distance(value) ?? Number.POSITIVE_INFINITY))
  const scale = lix === null ? '' : LIX_SCALE.find(([below]) => lix < below)![1]
  const rows = grades.map(([label, value]): Cells => {
    const isNearest = level !== undefined && distance(value) === nearest
    return [label, fixed(value, 1), isNearest ? `the document says: level ${level}` : '']
  })
  const note = 'grades: school years, for English; a dash: does not apply'
  return [
    `${paint.title('Readability')}  ${paint.faint(width < 30 ? '' : clip(note, width - 13))}`.trimEnd(),
    ...rowsOf([...rows, ['LIX', fixed(lix, 1), scale]], width, paint),
  ]
}

type Cells = [label: string, figure: string, beside: string]

/** What stands beside a figure is cut where the terminal ends. */
function rowsOf(rows: readonly Cells[], width: number, paint: Paint): string[] {
  const labels = Math.max(...rows.map(([label]) => label.length))
  const figures = Math.max(...rows.map(([, figure]) => figure.length))
  return rows.map(([label, figure, beside]) => {
    const value = `${paint.faint(label.padEnd(labels))}  ${figure.padStart(figures)}`
    const room = width - labels - figures - 6
    return `  ${value}  ${paint.faint(room < 8 ? '' : clip(beside, room))}`.trimEnd()
  })
}

function claim(claims: Claims | null, key: keyof Claims): string {
  const value = claims?.[key]
  return value === undefined ? '' : `the document says: ${Number.isInteger(value) ? grouped(value) : value}`
}

function fixed(value: number | null, decimals: number): string {
  return value === null ? '-' : value.toFixed(decimals)
}
