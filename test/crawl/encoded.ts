/** Text as bytes of an old encoding. There is no encoder for these: the decoder is asked what every byte, or two, mean. */
import { Buffer } from 'node:buffer'

export function encoded(text: string, encoding: string): Buffer {
  const table = tableOf(encoding)
  return Buffer.concat(
    [...text].map(character => {
      const bytes = table.get(character)
      if (!bytes) throw new Error(`${character} is not in ${encoding}`)
      return Buffer.from(bytes)
    }),
  )
}

const tables = new Map<string, Map<string, number[]>>()

function tableOf(encoding: string): Map<string, number[]> {
  const known = tables.get(encoding)
  if (known) return known
  const table = new Map<string, number[]>()
  const decoder = new TextDecoder(encoding, { fatal: true })
  const note = (...bytes: number[]) => {
    try {
      const text = decoder.decode(Uint8Array.from(bytes))
      if ([...text].length === 1 && !table.has(text)) table.set(text, bytes)
    } catch {
      // No character.
    }
  }
  for (let byte = 0; byte < 256; byte++) note(byte)
  if (table.size < 230)
    for (let first = 0x81; first < 255; first++)
      for (let second = 0x40; second < 255; second++) note(first, second)
  tables.set(encoding, table)
  return table
}
