/**
 * Numbers of a workbook as they are shown: a date is a count of days, and only the format of its cell says that it is one.
 * Formats are ECMA-376 part 1, 18.8.30 and 18.8.31; dates become ISO 8601, whatever the order of the cell's own.
 */
import { walkXml } from './xml.ts'

/** What a number stands for. */
export type NumberKind = 'number' | 'date' | 'time' | 'date and time'

/** Formats every program has: 14 to 17 dates, 18 to 21 and 45 to 47 times, 22 both; and those of East Asia. */
function builtIn(id: number): NumberKind {
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || (id >= 50 && id <= 58)) return 'date'
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 36) || (id >= 45 && id <= 47)) return 'time'
  return id === 22 ? 'date and time' : 'number'
}

/** Tells by a cell's style what its number stands for. `source` is the part with the styles. */
export function dateFormats(source: string): (style: number) => NumberKind {
  const own = new Map<number, NumberKind>()
  const styles: number[] = []
  let inCells = false
  walkXml(source, {
    open(name, attribute) {
      if (name === 'numFmt') own.set(Number(attribute('numFmtId')), kindOf(attribute('formatCode') ?? ''))
      else if (name === 'cellXfs') inCells = true
      else if (name === 'xf' && inCells) styles.push(Number(attribute('numFmtId') ?? 0))
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
  })
  return style => {
    const id = styles[style] ?? 0
    return own.get(id) ?? builtIn(id)
  }
}

/** What a format of its own shows: by its letters, quoted and escaped ones left out. */
function kindOf(code: string): NumberKind {
  const letters = code.replace(/"[^"]*"|\\.|_.|\[[^\]hms]*\]/giu, '').split(';')[0]!
  const hasDate = /[yd]/iu.test(letters)
  const hasTime = /[hs]/iu.test(letters)
  if (hasDate && hasTime) return 'date and time'
  return hasDate || /m{3,}/iu.test(letters) ? 'date' : hasTime ? 'time' : 'number'
}

const DAY = 86_400_000
/** Days from the day that is counted from to 1970; the calendar of 1900 has a 29th of February that never was. */
const EPOCH = 25_569
const EPOCH_1904 = 24_107
const LAST_DAY = 2_958_465

/** A number as a reader sees it. */
export function shownNumber(value: string, kind: NumberKind, from1904: boolean): string {
  const number = Number(value)
  if (value.trim() === '' || !Number.isFinite(number)) return value
  if (kind === 'number') return plain(number)
  if (number < 0 || number > LAST_DAY) return plain(number)
  const iso = new Date(Math.round((number - (from1904 ? EPOCH_1904 : EPOCH)) * 86_400) * 1000).toISOString()
  const [date, time] = [iso.slice(0, 10), iso.slice(11, iso.slice(17, 19) === '00' ? 16 : 19)]
  if (kind === 'time') return number < 1 ? time : plain((number * DAY) / 3_600_000)
  return kind === 'date' ? date : `${date} ${time}`
}

/** Without the digits that binary fractions leave behind: `0.1 + 0.2` is shown as 0.3. */
function plain(number: number): string {
  return String(Number(number.toPrecision(15)))
}
