/** Figures as people read them: grouped digits, sizes, spans of time. */

/** A whole number with commas: `9,976`. */
export function grouped(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** A number of things: `1 file`, `2 files`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${grouped(value)} ${value === 1 ? one : many}`
}

/** A size in bytes, in units of 1,000: `512 B`, `1.4 kB`, `72 MB`. */
export function sized(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${rounded(value, unit === 0 ? 0 : 1)} ${units[unit]}`
}

/** A span of time in milliseconds: `3.1 ms`, `240 ms`, `31 s`, `2 min 5 s`. */
export function lasted(ms: number): string {
  if (ms < 999.5) return `${rounded(ms, 1)} ms`
  if (ms < 59_950) return `${rounded(ms / 1000, 1)} s`
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** With decimals only where they say something: below ten. */
function rounded(value: number, decimals: number): string {
  return value < 9.95 ? String(Number(value.toFixed(decimals))) : String(Math.round(value))
}

/** A bar of a share from 0 to 1, in eighths of a cell; '' where there is no room for one. */
export function bar(share: number, longest: number): string {
  if (longest < 4) return ''
  const eighths = Math.max(Math.round(share * longest * 8), 1)
  return '█'.repeat(eighths >> 3) + ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths & 7]!
}

/** Figures as a row of bars, one cell each; nothing for none at all. */
export function sparkline(values: readonly number[]): string {
  const most = Math.max(...values, 1)
  return values
    .map(value => (value === 0 ? ' ' : '▁▂▃▄▅▆▇█'[Math.min(Math.floor((value / most) * 8), 7)]!))
    .join('')
}
