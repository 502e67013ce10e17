/**
 * Marks as bytes, as they stand in a document's row: nothing at all where there are none. Otherwise a varint of how many
 * kinds there are and their names as strings, then the marks in order of line, each
 *
 *     varint    lines since the mark before
 *     varint    2 * place of its kind + 1 where its value is a string
 *     value     a string; or a varint, the number less the last number of that kind: 2n for n, -2n - 1 for less than 0
 */
import type { Mark } from '../document/marks.ts'
import { ByteReader, ByteWriter } from './bytes.ts'

const NONE = new Uint8Array(0)

export function writeMarks(marks: readonly Mark[]): Uint8Array {
  if (marks.length === 0) return NONE
  const kinds = [...new Set(marks.map(({ kind }) => kind))]
  const out = new ByteWriter(4 * marks.length + 32)
  out.varint(kinds.length)
  for (const kind of kinds) out.string(kind)
  const last = kinds.map(() => 0)
  let before = 0
  for (const { line, kind, value } of marks) {
    const place = kinds.indexOf(kind)
    out.varint(line - before)
    before = line
    if (typeof value === 'string' || !Number.isInteger(value) || Math.abs(value) > 2 ** 48) {
      out.varint(2 * place + 1)
      out.string(String(value))
      continue
    }
    const step = value - last[place]!
    out.varint(2 * place)
    out.varint(step < 0 ? -2 * step - 1 : 2 * step)
    last[place] = value
  }
  return out.copy()
}

export function readMarks(bytes: Uint8Array): Mark[] {
  if (bytes.length === 0) return []
  const reader = new ByteReader(bytes)
  const kinds = Array.from({ length: reader.varint() }, () => reader.string())
  const last = kinds.map(() => 0)
  const marks: Mark[] = []
  let line = 0
  while (!reader.done) {
    line += reader.varint()
    const code = reader.varint()
    const place = Math.floor(code / 2)
    const kind = kinds[place] ?? ''
    if (code % 2 === 1) {
      marks.push({ line, kind, value: reader.string() })
      continue
    }
    const step = reader.varint()
    last[place] = (last[place] ?? 0) + (step % 2 === 1 ? -(step + 1) / 2 : step / 2)
    marks.push({ line, kind, value: last[place] })
  }
  return marks
}
