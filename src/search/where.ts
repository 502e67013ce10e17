/**
 * Filters on metadata: in comes an expression, out comes a function that says of a document's metadata whether it
 * passes. where-parse.ts reads the expression. A value is compared with values of its own type only.
 */
import type { Metadata, MetadataValue } from '../document/document.ts'
import { type Interval, readDate } from './date.ts'
import {
  type Comparison,
  type Condition,
  DATE_LIKE,
  folded,
  type Key,
  NUMBER,
  parseCondition,
  type Value,
  wrong,
} from './where-parse.ts'

/** Whether a document with this metadata passes. Pure, throws nothing. */
export type DocumentPredicate = (metadata: Metadata) => boolean

/** An expression that was read. */
export interface Filter {
  readonly accepts: DocumentPredicate
  /** The keys it names, in order. */
  readonly keys: readonly Key[]
  /** Whether metadata has a key. */
  hasKey(metadata: Metadata, key: Key): boolean
}

/** What JSON has besides texts and numbers. */
const CONSTANTS: ReadonlyMap<string, MetadataValue> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
])

type Order = Exclude<Comparison, '~'>

/** Whether one value passes. */
type ValueTest = (value: MetadataValue) => boolean

/**
 * The filter of an expression of at most 10,000 UTF-16 units. Reading it takes linear time. Throws `usage` for an
 * expression that is none, with the column, counted from 1 in UTF-16 units.
 */
export function parseWhere(expression: string): Filter {
  const condition = parseCondition(expression)
  return {
    accepts: predicate(condition),
    keys: keysOf(condition),
    hasKey: (metadata, key) => valuesAt(metadata, key).length > 0,
  }
}

function keysOf(condition: Condition): Key[] {
  if ('children' in condition) return condition.children.flatMap(keysOf)
  return 'child' in condition ? keysOf(condition.child) : [condition.key]
}

/** Made once, asked for every document. */
function predicate(condition: Condition): DocumentPredicate {
  switch (condition.kind) {
    case 'and': {
      const children = condition.children.map(predicate)
      return metadata => children.every(accepts => accepts(metadata))
    }
    case 'or': {
      const children = condition.children.map(predicate)
      return metadata => children.some(accepts => accepts(metadata))
    }
    case 'not': {
      const accepts = predicate(condition.child)
      return metadata => !accepts(metadata)
    }
    case 'exists':
      return metadata => valuesAt(metadata, condition.key).length > 0
    case 'set':
      return forAny(condition.key, isSet)
    case 'compare':
      return forAny(condition.key, comparison(condition.operator, condition.value))
    case 'in': {
      const tests = condition.values.map(value => comparison('=', value))
      return forAny(condition.key, value => tests.some(accepts => accepts(value)))
    }
  }
}

function forAny(key: Key, accepts: ValueTest): DocumentPredicate {
  return metadata => valuesAt(metadata, key).some(value => anyElement(value, accepts))
}

function anyElement(value: MetadataValue, accepts: ValueTest): boolean {
  return Array.isArray(value) ? value.some(element => anyElement(element, accepts)) : accepts(value)
}

/** Whether a key alone counts as true. */
function isSet(value: MetadataValue): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0
  return Boolean(value)
}

/** The values a key stands for: none where it is not there, several where it leads through an array. */
function valuesAt(metadata: Metadata, { path, whole }: Key): MetadataValue[] {
  const direct = whole === undefined ? [] : valuesNamed(metadata, whole)
  if (direct.length > 0) return direct
  let values: MetadataValue[] = [metadata]
  for (const name of path) values = values.flatMap(value => valuesNamed(value, name))
  return values
}

/** Only outermost keys are lower-cased already, so that below them several may fold to one name. */
function valuesNamed(value: MetadataValue, name: string): MetadataValue[] {
  if (Array.isArray(value)) return value.flatMap(element => valuesNamed(element, name))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, own]) => (key === name || folded(key) === name ? [own] : []))
}

function comparison(operator: Comparison, value: Value): ValueTest {
  const { text, token, isQuoted } = value
  if (operator === '~') {
    const part = folded(text)
    return own => typeof own === 'string' && folded(own).includes(part)
  }
  if (isQuoted) return textComparison(operator, text)
  if (NUMBER.test(text)) {
    const number = Number(text)
    return own => typeof own === 'number' && holds(operator, own, number)
  }
  if (DATE_LIKE.test(text)) {
    const date = readDate(text)
    if (!date) throw wrong(token, 'a date of the calendar', 'date >= 2026-01-31, or quotes around a text')
    return own => {
      const ownDate = typeof own === 'string' ? readDate(own) : undefined
      return ownDate !== undefined && holdsInTime(operator, ownDate, date)
    }
  }
  const constant = CONSTANTS.get(text.toLowerCase())
  if (constant === undefined) return textComparison(operator, text)
  if (operator === '=') return own => own === constant
  throw wrong(token, `a number, a date or a text after ${operator}`, `level ${operator} 14`)
}

/** Equal without regard to case, but ordered by code point. */
function textComparison(operator: Order, text: string): ValueTest {
  const equal = folded(text)
  const ordered = text.normalize('NFC')
  return value => {
    if (typeof value !== 'string') return false
    if (operator.includes('=') && folded(value) === equal) return true
    return operator !== '=' && holds(operator, codePointOrder(value.normalize('NFC'), ordered), 0)
  }
}

function holds(operator: Order, left: number, right: number): boolean {
  if (operator === '=') return left === right
  if (operator === '<') return left < right
  if (operator === '<=') return left <= right
  return operator === '>' ? left > right : left >= right
}

/** A date of less detail is a longer stretch of time. What is not certain from the one given does not hold. */
function holdsInTime(operator: Order, date: Interval, other: Interval): boolean {
  if (operator === '<') return date.end <= other.start
  if (operator === '>') return date.start >= other.end
  const isFromStart = date.start >= other.start
  const isUntilEnd = date.end <= other.end
  return operator === '=' ? isFromStart && isUntilEnd : operator === '<=' ? isUntilEnd : isFromStart
}

/** Negative where `left` comes first. JavaScript orders by UTF-16 unit, which puts surrogates before U+E000. */
function codePointOrder(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let at = 0; at < length; at++) {
    const a = left.charCodeAt(at)
    const b = right.charCodeAt(at)
    if (a === b) continue
    return isSurrogate(a) === isSurrogate(b) ? a - b : isSurrogate(a) ? 1 : -1
  }
  return left.length - right.length
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff
}
