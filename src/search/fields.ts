/**
 * The keys that documents have: for each how many have it, of which types its values are, from where to where they
 * reach, and which are the commonest. What `--where` can ask for, in short. Reads the rows of all documents, no text.
 */
import type { Metadata, MetadataValue } from '../document/document.ts'
import type { DocumentList, ListedDocument } from '../segment/document-list.ts'
import type { DocumentRows } from '../segment/document-row.ts'
import { readDate } from './date.ts'
import { documentsByPlace, fileFacts } from './file-facts.ts'
import { folded, RESERVED } from './where-parse.ts'

/** Types of single values; a date is a text that `--where` compares as one. */
export type ValueType = 'number' | 'date' | 'text' | 'boolean' | 'null'

/** One key, over all documents. */
export interface FieldFigures {
  /** As `--where` takes it, names joined by points; one that holds other signs than letters and digits is in backticks. */
  key: string
  /** Documents that have it. */
  documents: number
  /** Values of each type; the elements of a list are values by themselves. */
  types: Partial<Record<ValueType, number>>
  /** Different values, texts without regard to case; counted to {@link MOST_VALUES}. */
  distinct: number
  /** Least and greatest number. */
  numbers?: [least: number, greatest: number]
  /** Earliest and latest date, as they are written. */
  dates?: [earliest: string, latest: string]
  /** The commonest values and the documents that have each, at most {@link COMMONEST}. */
  values: { value: string | number | boolean | null; documents: number }[]
}

/** What the documents of an index can be selected by. */
export interface IndexFields {
  schema: 'gleaner.fields/1'
  index: string
  documents: number
  /** What documents say of themselves, by key. */
  fields: FieldFigures[]
  /** What is known of their files; `modified` only where they are here. */
  file: FieldFigures[]
}

/** Different values of a key that are told apart; of more, the further ones are not counted. */
export const MOST_VALUES = 100_000
export const COMMONEST = 10
/** UTF-16 units of a value; of a longer text the beginning stands for it. */
const VALUE_LIMIT = 200

interface Source {
  readonly segments: readonly { readonly rows: Pick<DocumentRows, 'all'> }[]
  readonly documents: DocumentList
  modified(document: ListedDocument): string | undefined
}

/** Keys and values of all documents. `location` is how the index was named. */
export async function indexFields(
  { segments, documents, modified }: Source,
  location: string,
): Promise<IndexFields> {
  const own = new FieldTable()
  const files = new FieldTable()
  const documentAt = await documentsByPlace(documents)
  let count = 0
  for (const [number, segment] of segments.entries()) {
    let document = 0
    for await (const row of segment.rows.all()) {
      const listed = documentAt(number, document++)
      if (!listed) continue
      own.add(row.metadata)
      files.add({ ...fileFacts(listed, row, modified(listed)) })
      count++
    }
  }
  return {
    schema: 'gleaner.fields/1',
    index: location,
    documents: count,
    fields: own.figures(),
    file: files.figures(),
  }
}

interface Field {
  readonly types: Map<ValueType, number>
  /** By type and folded value: one way to write it, and the documents that have it. */
  readonly values: Map<string, { value: MetadataValue; documents: number; last: number }>
  documents: number
  last: number
  numbers?: [number, number]
  dates?: [string, string]
}

class FieldTable {
  readonly #fields = new Map<string, Field>()
  #documents = 0

  add(metadata: Metadata): void {
    this.#documents++
    for (const [key, value] of Object.entries(metadata)) this.#value(name(key), value)
  }

  figures(): FieldFigures[] {
    return [...this.#fields]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, { documents, types, values, numbers, dates }]) => ({
        key,
        documents,
        types: Object.fromEntries([...types].sort(([, a], [, b]) => b - a)),
        distinct: values.size,
        ...(numbers ? { numbers } : {}),
        ...(dates ? { dates } : {}),
        values: commonest([...values.values()]),
      }))
  }

  /** A list stands for its elements, a mapping for its entries: as `--where` sees them. */
  #value(key: string, value: MetadataValue): void {
    if (Array.isArray(value)) for (const element of value) this.#value(key, element)
    else if (typeof value === 'object' && value !== null)
      for (const [inner, own] of Object.entries(value)) this.#value(`${key}.${name(folded(inner))}`, own)
    else this.#scalar(key, value)
  }

  #scalar(key: string, value: string | number | boolean | null): void {
    let field = this.#fields.get(key)
    if (!field) {
      field = { types: new Map(), values: new Map(), documents: 0, last: 0 }
      this.#fields.set(key, field)
    }
    if (field.last !== this.#documents) field.documents++
    field.last = this.#documents
    const type = typeOf(value)
    field.types.set(type, (field.types.get(type) ?? 0) + 1)
    if (typeof value === 'number') field.numbers = widened(field.numbers, value, (a, b) => a - b)
    if (type === 'date') field.dates = widened(field.dates, String(value), byTime)
    this.#count(field, type, typeof value === 'string' ? value.slice(0, VALUE_LIMIT) : value)
  }

  #count(field: Field, type: ValueType, value: string | number | boolean | null): void {
    const id = `${type} ${typeof value === 'string' ? folded(value) : value}`
    const known = field.values.get(id)
    if (known) {
      if (known.last !== this.#documents) known.documents++
      known.last = this.#documents
    } else if (field.values.size < MOST_VALUES) {
      field.values.set(id, { value, documents: 1, last: this.#documents })
    }
  }
}

function typeOf(value: string | number | boolean | null): ValueType {
  if (value === null) return 'null'
  if (typeof value !== 'string') return typeof value as 'number' | 'boolean'
  return readDate(value) ? 'date' : 'text'
}

/** A range that holds a value too. */
function widened<T>(range: [T, T] | undefined, value: T, order: (a: T, b: T) => number): [T, T] {
  const [least, greatest] = range ?? [value, value]
  return [order(value, least) < 0 ? value : least, order(value, greatest) > 0 ? value : greatest]
}

function byTime(a: string, b: string): number {
  return readDate(a)!.start - readDate(b)!.start
}

function commonest(values: readonly { value: MetadataValue; documents: number }[]): FieldFigures['values'] {
  return [...values]
    .sort((a, b) => b.documents - a.documents || (String(a.value) < String(b.value) ? -1 : 1))
    .slice(0, COMMONEST)
    .map(({ value, documents }) => ({ value: value as FieldFigures['values'][0]['value'], documents }))
}

/** A name as an expression takes it. */
function name(key: string): string {
  const isPlain = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_-]*$/u.test(key) && !RESERVED.test(key)
  return isPlain ? key : `\`${key.replace(/[`\\]/gu, '\\$&')}\``
}
