/**
 * Values of other notations as metadata: what a parser of YAML, TOML or JSON gives becomes what JSON can hold and an
 * index can keep. Knows none of these notations.
 */
import type { Metadata, MetadataValue } from './document.ts'

/** Depth of values that are kept; deeper ones are no metadata a person wrote. */
export const DEPTH_LIMIT = 32

/** A mapping's values by lower-cased key; of keys that differ in case alone the last counts. Throws `RangeError` where it is too deep. */
export function metadataOf(mapping: object): Metadata {
  return Object.fromEntries(
    Object.entries(mapping).map(([key, own]) => [key.toLowerCase(), plainValue(own, 1)]),
  )
}

/** A value as JSON can hold it. A number that is not finite has no place there; a date is what it prints as. */
function plainValue(value: unknown, depth: number): MetadataValue {
  if (depth > DEPTH_LIMIT) throw new RangeError('metadata nested too deep')
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (Array.isArray(value)) return value.map(item => plainValue(item, depth + 1))
  if (typeof value !== 'object' || value === null) return null
  return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, plainValue(own, depth + 1)]))
}
