/** The keys that documents can be selected by, for a person: how many have each, what its values are like. */
import type { FieldFigures, IndexFields } from '../search/fields.ts'
import { type Paint, painter } from './color.ts'
import { counted, grouped } from './figure.ts'
import { safeLine } from './safe-text.ts'
import { cellWidth, clip } from './width.ts'
import { wrapWords } from './wrap.ts'

/** Cells of a key, at most: the values need room too. */
const WIDEST_KEY = 32

export function renderFields(
  { index, documents, fields, file }: IndexFields,
  { color, width }: { color: boolean; width: number },
): string {
  const paint = painter(color)
  const ordered = [...fields, ...file].find(({ numbers }) => numbers)
  const example = ordered && `${safeLine(ordered.key)} >= ${ordered.numbers![0]}`
  const head = `${paint.title(safeLine(index))}  ${counted(documents, 'document')}`
  const parts = [
    [head, ...(fields.length === 0 ? [paint.faint('  no document has metadata')] : [])],
    fields.length === 0 ? [] : [paint.title('Metadata'), ...table(fields, width, paint)],
    file.length === 0 ? [] : [paint.title('Of the files'), ...table(file, width, paint)],
    example === undefined
      ? []
      : wrapWords(`for example: glean search --where '${example}'`, width).map(paint.faint),
  ]
  return `${parts
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')}\n`
}

/** Key, documents, types, values: one line each, as wide as the terminal. */
function table(fields: readonly FieldFigures[], width: number, paint: Paint): string[] {
  const rows = fields.map(field => ({
    key: clip(safeLine(field.key), WIDEST_KEY),
    documents: grouped(field.documents),
    types: Object.keys(field.types).join(', '),
    values: valuesOf(field),
  }))
  rows.unshift({ key: 'key', documents: 'documents', types: 'type', values: 'values' })
  const widest = (of: 'key' | 'documents' | 'types') => Math.max(...rows.map(row => cellWidth(row[of])))
  const [keys, documents, types] = [widest('key'), widest('documents'), widest('types')]
  const room = width - keys - documents - types - 8
  return rows.map((row, number) => {
    const key = row.key + ' '.repeat(keys - cellWidth(row.key))
    const values = room < 8 ? '' : clip(row.values, room)
    const rest = `${row.documents.padStart(documents)}  ${row.types.padEnd(types)}  ${values}`.trimEnd()
    return number === 0 ? paint.faint(`  ${key}  ${rest}`) : `  ${paint.path(key)}  ${rest}`
  })
}

/** Ranges where the values have an order, else the commonest, with how many documents have each. */
function valuesOf({ numbers, dates, distinct, values, types }: FieldFigures): string {
  const ranges = [numbers, dates].flatMap(range => {
    if (!range) return []
    const [least, greatest] = range.map(value => safeLine(String(value)))
    return [least === greatest ? least! : `${least} to ${greatest}`]
  })
  const isOrdered = types.text === undefined && types.boolean === undefined
  if (ranges.length > 0 && isOrdered) return ranges.join('; ')
  const common = values.map(({ value, documents }) => {
    const shown = safeLine(String(value))
    return documents === 1 ? shown : `${shown} (${grouped(documents)})`
  })
  const many =
    distinct > values.length
      ? [`${grouped(distinct)} different: ${common.join(', ')}, …`]
      : [common.join(', ')]
  return [...ranges, ...many].join('; ')
}
