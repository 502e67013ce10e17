/**
 * Text that is neither UTF-8 nor UTF-16 by its bytes: read in the encoding that the user names, else the one the text
 * declares, else the likeliest. In come the bytes, out goes the text; a doubtful guess says so. Loaded only when such a
 * file turns up. Encodings are those of the WHATWG Encoding Standard, as `TextDecoder` reads them.
 */
import type { Buffer } from 'node:buffer'
import { analyse } from 'chardet'
import { type DecodedText, decode, markOf, type NoText } from './decode.ts'

/** Bytes that a guess is made from. */
const GUESSED_FROM = 1 << 16
/** Confidence, of 100, below which a guess is doubtful; and the lead over another reading that a sure one has. */
const SURE = 30
const LEAD = 8
/** Bytes in which a text declares its encoding. */
const DECLARED_IN = 1024
/** Of a text's characters beyond ASCII, how many may be broken UTF-8: one in so many. */
const BROKEN = 10
/** Of bytes that are text, at the most one in so many is a control. */
const CONTROLS = 200

/**
 * Decodes bytes. `named` is the encoding the user wants for what is not marked, and not UTF-8 beyond ASCII;
 * it is a name that {@link encodingNamed} gave.
 */
export function decodeOther(bytes: Buffer, named?: string): DecodedText | NoText {
  const unicode = decode(bytes)
  if ('reason' in unicode && unicode.reason === 'too-large') return unicode
  if (named !== undefined && !staysUnicode(bytes, unicode)) return inNamed(bytes, named)
  if ('text' in unicode || unicode.reason === 'binary') return declaredOtherwise(bytes) ?? unicode
  const declared = declaredEncoding(bytes)
  const text = declared && textIn(bytes, declared)
  if (text !== undefined) return { text, encoding: declared! }
  return brokenUtf8(bytes, unicode.detail) ?? guess(bytes) ?? noText(unicode.detail)
}

/** The standard's name of an encoding by any of its names; undefined where there is none. */
export function encodingNamed(label: string): string | undefined {
  try {
    return new TextDecoder(ALIASES[label.toLowerCase()] ?? label).encoding
  } catch {
    return undefined
  }
}

/** Text in an encoding by its standard name; what is none of it becomes U+FFFD. */
export function decodeAs(bytes: Buffer, encoding: string): string {
  return textIn(bytes, encoding, false) ?? ''
}

/** Names that people and programs use and the standard does not know. */
const ALIASES: Readonly<Record<string, string>> = {
  ansinew: 'windows-1252',
  latin9: 'iso-8859-15',
  applemac: 'macintosh',
  cp932: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  cp950: 'big5',
  cp874: 'windows-874',
  cp866: 'ibm866',
}

/** Whether the bytes tell by themselves that they are UTF-8 or UTF-16. Pure ASCII does not: ISO-2022-JP is that too. */
function staysUnicode(bytes: Buffer, unicode: DecodedText | NoText): boolean {
  return markOf(bytes) !== undefined || ('text' in unicode && unicode.text.length !== bytes.length)
}

function inNamed(bytes: Buffer, encoding: string): DecodedText | NoText {
  const text = decodeAs(bytes, encoding)
  const nul = text.indexOf('\0')
  if (nul >= 0) return { reason: 'binary', detail: `read as ${encoding}, a NUL at character ${nul + 1}` }
  const broken = count(text, '\ufffd')
  return broken === 0 ? { text, encoding } : { text, encoding, doubt: `${broken} places are no ${encoding}` }
}

/** ISO-2022 is ASCII with escapes, and so passes for UTF-8. */
function declaredOtherwise(bytes: Buffer): DecodedText | undefined {
  if (!['\x1b$B', '\x1b$@', '\x1b(J'].some(sequence => bytes.includes(sequence))) return undefined
  const text = textIn(bytes, 'iso-2022-jp')
  return text === undefined ? undefined : { text, encoding: 'iso-2022-jp' }
}

const DECLARATIONS = [
  /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)/i,
  /<meta[^>]*\scharset\s*=\s*["']?([\w.:-]+)/i,
  /<meta[^>]*content\s*=\s*["'][^"'>]*charset=([\w.:-]+)/i,
  /^@charset "([\w.:-]+)"/,
  /^content-type:[^\n]*charset="?([\w.:-]+)/im,
  /^"content-type:[^\n]*charset=([\w.:-]+)/im,
  /^(?:.*\r?\n)?.*(?:file)?(?:en)?coding[:=][ \t]*([\w.-]+)/i,
  /\\usepackage\s*\[([\w-]+)\]\s*\{inputenc\}/,
]

/** What the head of a text says: XML, HTML, CSS, a mail's or catalogue's header, an editor's line, LaTeX. */
function declaredEncoding(bytes: Buffer): string | undefined {
  const head = bytes.toString('latin1', 0, DECLARED_IN)
  for (const pattern of DECLARATIONS) {
    const label = pattern.exec(head)?.[1]
    const encoding = label && encodingNamed(label)
    if (encoding) return encoding
  }
  return undefined
}

/** UTF-8 with a few bytes broken is still that: in another encoding all of it would be nonsense. */
function brokenUtf8(bytes: Buffer, detail: string): DecodedText | undefined {
  const text = new TextDecoder('utf-8').decode(bytes)
  const broken = count(text, '\ufffd')
  const whole = text.match(/[^\p{ASCII}\ufffd]/gu)?.length ?? 0
  if (whole < BROKEN * broken) return undefined
  return { text, encoding: 'utf-8', doubt: `${detail}; ${broken} in all, each now U+FFFD` }
}

/** The likeliest reading of the bytes, if they are text at all. */
function guess(bytes: Buffer): DecodedText | undefined {
  if (hasControls(bytes)) return undefined
  const readings: { encoding: string; confidence: number; text: string }[] = []
  for (const { name, confidence } of analyse(bytes.subarray(0, GUESSED_FROM))) {
    const encoding = encodingNamed(name)
    const text = encoding && textIn(bytes, encoding)
    if (encoding && text !== undefined) readings.push({ encoding, confidence, text })
  }
  const best = readings[0] ?? { encoding: 'windows-1252', confidence: 0, text: windows1252(bytes) }
  const other = readings.find(({ text }) => text !== best.text)
  const { encoding, confidence, text } = best
  if (confidence >= SURE && confidence - (other?.confidence ?? 0) >= LEAD) return { text, encoding }
  const perhaps = other ? `, perhaps ${other.encoding}` : ''
  return { text, encoding, doubt: `read as ${encoding}, a guess${perhaps}; if it is wrong: --encoding NAME` }
}

function hasControls(bytes: Buffer): boolean {
  let controls = 0
  for (const byte of bytes)
    if (byte < 32 && (byte < 9 || byte > 13) && byte !== 0x1a && byte !== 0x1b) controls++
  return controls * CONTROLS > bytes.length
}

function noText(detail: string): NoText {
  return { reason: 'not-text', detail: `no text in an encoding that can be told; ${detail}` }
}

/** The text; undefined where `strict` and some of the bytes are not of that encoding. */
function textIn(bytes: Buffer, encoding: string, strict = true): string | undefined {
  if (encoding === 'windows-1252') return windows1252(bytes)
  try {
    const text = new TextDecoder(encoding, { fatal: strict }).decode(bytes)
    return text.replace(/\p{Surrogate}/gu, '\ufffd')
  } catch {
    return undefined
  }
}

const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** By the standard's table: some versions of Node take the range of C1 for controls. */
function windows1252(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, sign => WINDOWS_1252[sign.charCodeAt(0) - 0x80]!)
}

function count(text: string, sign: string): number {
  return text.split(sign).length - 1
}
