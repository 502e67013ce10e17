/**
 * The table of terms: for each term of a shard's documents a row under its English stem, and one under the stem of every
 * other language whose documents have it. Rows are added before the documents that need them, and never taken away: a
 * term too many does no harm.
 */
import { hash } from 'node:crypto'
import { formKey } from '../segment/form-table.ts'
import type { Stemmer } from '../text/stem.ts'
import { integer, keyword, literal } from './sql.ts'

/** A term under the stem of a language. */
export interface LanguageTerm {
  readonly language: string
  readonly term: string
}

/** The number of its row: 63 bits of a SHA-256. */
export function termNumber({ language, term }: LanguageTerm): bigint {
  return BigInt(`0x${hash('sha256', `${language}\0${term}`, 'hex').slice(0, 16)}`) & ((1n << 63n) - 1n)
}

/** The statement that adds some terms. A row has `letters` where it is the one that stands for the term itself. */
export function insertTerms(table: string, terms: readonly LanguageTerm[], stem: Stemmer): string {
  const rows = terms.map(each => {
    const { language, term } = each
    const key = keyword(formKey(term, stem), language.toUpperCase())
    const letters = language === 'en' ? [...term].length : 0
    return `(${integer(termNumber(each))},${literal(key)},${literal(JSON.stringify(term))},${letters})`
  })
  return `REPLACE INTO ${table} (id, keys, term, letters) VALUES ${rows.join(',')}`
}
