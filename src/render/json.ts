/** JSON, one object on one line. Safe to look at in a terminal too: no control character is printed as it is. */

/** What JSON may hold as it is and a terminal should not see: DEL, C1, direction marks, line separators. */
const UNESCAPED = /[\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029]/g

export function renderJson(value: unknown): string {
  const json = JSON.stringify(value).replace(
    UNESCAPED,
    unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return `${json}\n`
}
