/** Where in a document a hit is, for a person: `page 3`, `sheet Prices, cell A5`, `1:02:03`. */
import type { Position } from '../document/marks.ts'
import { safeLine } from './safe-text.ts'

/** '' for a document that has nothing but lines. */
export function positionLabel(position: Position | undefined): string {
  return Object.entries(position ?? {})
    .map(([kind, value]) =>
      kind === 'time' ? clock(Number(value)) : `${safeLine(kind)} ${safeLine(String(value))}`,
    )
    .join(', ')
}

/** Seconds as `m:ss`, with hours where there are any. */
function clock(seconds: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`
}
