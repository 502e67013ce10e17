/** Sizes as people type them: `32MB`, `500k`, `1.5 GiB`, `1048576`. */
import { GleanError } from '../errors.ts'

const POWERS: Record<string, number> = { '': 0, k: 1, m: 2, g: 3 }

/** Bytes; a letter counts in powers of 1,024 whatever follows it. Throws `usage`, naming the flag. */
export function parseSize(flag: string, value: string): number {
  const [, number, letter] = /^(\d+(?:\.\d+)?) *([kmg]?)i?b?$/i.exec(value.trim()) ?? []
  const power = POWERS[letter?.toLowerCase() ?? '']
  const bytes =
    number === undefined || power === undefined ? Number.NaN : Math.floor(Number(number) * 1024 ** power)
  if (Number.isSafeInteger(bytes) && bytes >= 1) return bytes
  throw new GleanError('usage', `--${flag} takes a size such as 32MB, 500k or 1048576; got "${value}"`)
}
