/**
 * Word forms: for a language, which terms of the dictionary are forms of one word. The dictionary holds words as they
 * are written; this table, made with the language's stemmer, is what lets a query for `walk` find `walked`.
 *
 * A dictionary (dictionary-writer.ts) whose keys are fold(stem(term)). Its information is a varint, the chunks that have
 * any of the terms with that key, and then those terms: for each, a varint of the characters (UTF-16 units) it shares
 * with the key and a string of the rest. A key whose only term is the key itself has no entry: a reader tries the key as
 * a term anyway.
 */
import { fold } from '../text/fold.ts'
import type { Stemmer } from '../text/stem.ts'
import { ByteReader, ByteWriter } from './bytes.ts'
import type { Dictionary } from './dictionary.ts'
import { DictionaryWriter } from './dictionary-writer.ts'
import type { Root } from './paged-index.ts'
import type { UnitSink } from './unit.ts'
import type { WaitingRoom } from './waiting-units.ts'

/** The key under which the forms of a term stand. */
export function formKey(term: string, stem: Stemmer): string {
  return fold(stem(term))
}

/** The forms of one word in a segment: all its terms with one key. */
export interface FormGroup {
  readonly key: string
  /** Ascending; more than the key alone. */
  readonly forms: readonly string[]
  /** Chunks that have any of them. */
  readonly documentFrequency: number
}

/** Writes the table of some groups, in ascending order of key; it may wait in the room until they are all there. */
export function writeFormTable(out: UnitSink, groups: Iterable<FormGroup>, room?: WaitingRoom): Root<string> {
  const table = new DictionaryWriter({ room })
  const information = new ByteWriter()
  for (const { key, forms, documentFrequency } of groups) {
    information.clear()
    information.varint(documentFrequency)
    for (const form of forms) {
      const shared = sharedPrefix(key, form)
      information.varint(shared)
      information.string(form.slice(shared))
    }
    table.add(key, information.view())
  }
  return table.finish(out)
}

/** The forms of a word in a segment. */
export interface Forms {
  /** Ascending. Empty where the table has no entry: then the key is the only one, if it is a term with that key. */
  readonly terms: readonly string[]
  /** Chunks that have any of them; undefined where the table has no entry. */
  readonly documentFrequency: number | undefined
}

/** The terms whose key is `key`. */
export async function formsOf(table: Dictionary, key: string): Promise<Forms> {
  const information = await table.find(key)
  if (!information) return { terms: [], documentFrequency: undefined }
  const reader = new ByteReader(information)
  const documentFrequency = reader.varint()
  const terms: string[] = []
  while (!reader.done) {
    const shared = reader.varint()
    terms.push(key.slice(0, shared) + reader.string())
  }
  return { terms, documentFrequency }
}

/** Never parts a surrogate pair: the rest of a form is written as UTF-8. */
function sharedPrefix(a: string, b: string): number {
  const limit = Math.min(a.length, b.length)
  let length = 0
  while (length < limit && a.charCodeAt(length) === b.charCodeAt(length)) length++
  return length > 0 && (a.charCodeAt(length - 1) & 0xfc00) === 0xd800 ? length - 1 : length
}
