/** Dates in metadata: in comes an ISO 8601 text, out comes the time it covers. */

const DAY = 86_400_000

/** A stretch of time, half-open, in ms since 1970 UTC. */
export interface Interval {
  readonly start: number
  readonly end: number
}

const DATE =
  /^(\d{4})-(\d\d)(?:-(\d\d)(?:[T ](\d\d?):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?: ?(Z|[+-]\d\d(?::?\d\d)?))?)?)?$/i

/**
 * The time an ISO 8601 date covers: a month, a day, a minute, a second or a millisecond; UTC where it names no zone, so
 * that an index answers alike everywhere. Undefined for all else, also for days that no calendar has.
 */
export function readDate(text: string): Interval | undefined {
  const found = text.length <= 40 ? DATE.exec(text) : null
  if (!found) return undefined
  const [, year, month, day, hour, minute, second, fraction, zone] = found
  const date = new Date(0)
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day ?? 1))
  // A date that does not exist has become another one.
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day ?? 1)) return undefined
  const start = date.getTime()
  if (day === undefined) return { start, end: date.setUTCMonth(Number(month)) }
  if (hour === undefined) return { start, end: start + DAY }
  const ahead = zoneOffset(zone)
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59 || ahead === undefined)
    return undefined
  const ms = Number((fraction ?? '').slice(0, 3).padEnd(3, '0'))
  const at = date.setUTCHours(Number(hour), Number(minute), Number(second ?? 0), ms) - ahead
  return { start: at, end: at + (second === undefined ? 60_000 : fraction === undefined ? 1000 : 1) }
}

/** What a zone is ahead of UTC, in ms; undefined for one that cannot be. */
function zoneOffset(zone = 'Z'): number | undefined {
  if (zone === 'Z' || zone === 'z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(3).replace(':', ''))
  if (hours > 23 || minutes > 59) return undefined
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
}
