/**
 * Text of others, made safe for a terminal: what would move the cursor, change colours or turn the reading direction
 * becomes a visible sign. Every UTF-16 unit is replaced by exactly one, so ranges over the text stay true. JSON does
 * not pass here: it escapes.
 */

/**
 * C0 but tab and line feed, DEL, C1; the marks that embed, override or isolate a direction; the separators some
 * terminals take for line ends; halves of surrogate pairs.
 */
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** The text with every unsafe unit shown: `\x1b` as `␛`, what has no picture as `�`. Same length. */
export function safeText(text: string): string {
  return text.replace(UNSAFE, unit => {
    const code = unit.charCodeAt(0)
    if (code < 0x20) return String.fromCharCode(0x2400 + code)
    if (code === 0x7f) return '\u2421'
    return code === 0x2028 || code === 0x2029 ? '\u2424' : '\ufffd'
  })
}

/** The same on one line: tabs and line breaks become spaces. Same length. */
export function safeLine(text: string): string {
  return safeText(text.replace(/[\t\r\n\u2028\u2029]/g, ' '))
}
