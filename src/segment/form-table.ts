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
import type { UnitWriter } from './unit-writer.ts'

/** The key under which the forms of a term stand. */
export function formKey(term: string, stem: Stemmer): string {
  return fold(stem(term))
}

/**
 * Writes the table of a segment's terms, given in ascending order; `countUnion` tells how many chunks have any of some
 * terms.
 */
export function writeFormTable(
  out: UnitWriter,
  terms: readonly string[],
  stem: Stemmer,
  countUnion: (terms: readonly string[]) => number,
): Root<string> {
  const groups = new Map<string, string[]>()
  for (const term of terms) {
    const key = formKey(term, stem)
    const group = groups.get(key)
    if (group) group.push(term)
    else groups.set(key, [term])
  }
  const table = new DictionaryWriter()
  const information = new ByteWriter()
  for (const key of [...groups.keys()].sort()) {
    const forms = groups.get(key)!
    if (forms.length === 1 && forms[0] === key) continue
    information.clear()
    information.varint(countUnion(forms))
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
