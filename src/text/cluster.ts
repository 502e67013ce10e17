/**
 * Clusters: a code point with the marks and joiners that continue it, and what normalising makes of it. In comes a place
 * in a text, out come the cluster's end and its normal form with the classes of its characters. Words are cut from
 * clusters, so an extent never parts a letter from its accent, however the two are encoded.
 */
import {
  type CharacterClass,
  classOf,
  DIGIT,
  IGNORE,
  LETTER,
  MARK,
  NONE,
  pointAt,
  SIGN,
} from './character.ts'

/** Code points in one cluster at most; a longer pile of marks is cut, so that its normal form costs linear time. */
const CLUSTER_LIMIT = 32

/** What normalising does to a cluster. */
export const SAME = 1
/** It is lower-cased, one unit to one, whatever its neighbours are. */
export const LOWERED = 2
export const REWRITTEN = 3
export type Change = typeof SAME | typeof LOWERED | typeof REWRITTEN

/** A cluster as it was read; filled anew by each {@link readCluster}, so that reading allocates nothing. */
export interface Cluster {
  /** Where it ends in the text, in UTF-16 units. */
  end: number
  /** Class of its first code point as it stands in the text. */
  lead: CharacterClass
  change: Change
  /** The normal form where `change` is REWRITTEN; may be empty. */
  form: string
  /** Whether the normal form is made of letters, digits and marks alone, so that it can be part of a word. */
  inWord: boolean
  /** Classes of the normal form's first code point, and of its last that is no mark; NONE where there is none. */
  first: CharacterClass
  last: CharacterClass
}

export function newCluster(): Cluster {
  return { end: 0, lead: NONE, change: SAME, form: '', inWord: false, first: NONE, last: NONE }
}

/**
 * Reads the cluster at `at` (UTF-16 units, less than `limit`) into `cluster`, looking no further than `limit`. What is
 * in class NONE or SIGN takes no marks: it is a cluster of one code point. NONE is not even normalised: engines of later
 * Unicode versions have forms for some of it.
 */
export function readCluster(text: string, at: number, limit: number, cluster: Cluster): void {
  let point = pointAt(text, at, limit)
  const lead = classOf(point)
  let end = at + (point > 0xffff ? 2 : 1)
  let ignored = lead === IGNORE
  if (lead !== NONE && lead !== SIGN) {
    for (let size = 1; end < limit && size < CLUSTER_LIMIT; size++) {
      point = pointAt(text, end, limit)
      const next = classOf(point)
      if (next < MARK) break
      if (next === IGNORE) ignored = true
      end += point > 0xffff ? 2 : 1
    }
  }
  cluster.end = end
  cluster.lead = lead
  if (lead === NONE || (end - at === 1 && !ignored)) {
    cluster.change = lead === NONE ? SAME : changeOf(text.charCodeAt(at))
    if (cluster.change !== REWRITTEN) {
      cluster.first = lead
      cluster.last = lead === MARK ? NONE : lead
      cluster.inWord = lead === LETTER || lead === DIGIT || lead === MARK
      return
    }
  }
  const raw = text.slice(at, end)
  cluster.form = normalForm(ignored ? withoutIgnored(raw) : raw)
  cluster.change = cluster.form === raw ? SAME : REWRITTEN
  classify(cluster)
}

/** The cluster's normal form, whether it had to be rewritten or not. `at` is where it was read from. */
export function formOf(text: string, at: number, cluster: Cluster): string {
  if (cluster.change === REWRITTEN) return cluster.form
  const raw = text.slice(at, cluster.end)
  return cluster.change === LOWERED ? raw.toLowerCase() : raw
}

function classify(cluster: Cluster): void {
  const { form } = cluster
  cluster.first = NONE
  cluster.last = NONE
  cluster.inWord = true
  for (let i = 0; i < form.length; ) {
    const point = pointAt(form, i, form.length)
    const value = classOf(point)
    if (i === 0) cluster.first = value
    if (value !== MARK) cluster.last = value
    if (value !== LETTER && value !== DIGIT && value !== MARK) cluster.inWord = false
    i += point > 0xffff ? 2 : 1
  }
}

function withoutIgnored(raw: string): string {
  let out = ''
  for (const character of raw) if (classOf(character.codePointAt(0)!) !== IGNORE) out += character
  return out
}

/**
 * Lower-cased NFKC. Normalised once more after lower-casing: J with caron has no composed capital, but a composed
 * small letter, and both spellings must come out alike.
 */
function normalForm(raw: string): string {
  const composed = raw.normalize('NFKC')
  const lower = composed.toLowerCase()
  return lower === composed ? composed : lower.normalize('NFKC')
}

/** By UTF-16 unit; 0 where it was not asked yet. */
let changes: Uint8Array | undefined

/** What normalising does to a unit that stands by itself. */
function changeOf(unit: number): Change {
  changes ??= new Uint8Array(0x10000)
  const known = changes[unit]!
  if (known !== 0) return known as Change
  const raw = String.fromCharCode(unit)
  const form = normalForm(raw)
  // Capital sigma lower-cases by its place in a longer string, here by itself.
  const lowered = form.length === 1 && unit !== 0x3a3 && form === raw.toLowerCase()
  const change = form === raw ? SAME : lowered ? LOWERED : REWRITTEN
  changes[unit] = change
  return change
}
