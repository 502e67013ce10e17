/** Term dictionaries in a temporary folder, with how many chunks have each term and nothing more. */
import { ByteWriter } from '../../src/segment/bytes.ts'
import { Dictionary } from '../../src/segment/dictionary.ts'
import { DictionaryWriter } from '../../src/segment/dictionary-writer.ts'
import type { UnitWriter } from '../../src/segment/unit-writer.ts'
import { withUnitFile } from '../segment/memory-file.ts'

/** A dictionary as a test gives it: its terms, or its terms with their document frequencies. */
export type Terms = readonly string[] | Readonly<Record<string, number>>

export async function withDictionaries(
  contents: readonly Terms[],
  use: (dictionaries: readonly Dictionary[]) => Promise<void>,
): Promise<void> {
  const write = (out: UnitWriter) =>
    contents.map(terms => {
      const writer = new DictionaryWriter()
      const frequencies = new Map(
        Array.isArray(terms) ? terms.map(term => [term, 1] as const) : Object.entries(terms),
      )
      for (const term of [...frequencies.keys()].sort()) writer.add(term, information(frequencies.get(term)!))
      return writer.finish(out)
    })
  await withUnitFile(write, (file, roots) => use(roots.map(root => new Dictionary(file, root))))
}

/** The terms of all dictionaries, each once, in their order. */
export function union(contents: readonly (readonly string[])[]): string[] {
  return [...new Set(contents.flat())].sort()
}

function information(frequency: number): Uint8Array {
  const writer = new ByteWriter()
  writer.varint(frequency * 2)
  writer.varint(0)
  return writer.copy()
}
