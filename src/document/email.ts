/**
 * E-mail: a message (`.eml`), or a box of them (mbox). Of each the plain text is taken, else the words of its HTML, under
 * the names of who wrote it to whom; headers are metadata, the subject is the title. Attachments are named, not read.
 */
import PostalMime, { type Address, type Email } from 'postal-mime'
import type { Metadata } from './document.ts'
import { TextBuilder } from './extracted.ts'
import type { BytesExtractor } from './extractor.ts'
import { readPage, writePieces } from './html-pieces.ts'

/** Parts inside parts; mail that people write has three or four. */
const NESTING_LIMIT = 50

export const email: BytesExtractor = {
  format: 'email',
  extensions: ['.eml'],
  takes: 'bytes',
  async extract(bytes) {
    if (!/^(?:[!-9;-~]+:|From )/u.test(headOf(bytes))) return undefined
    const message = await parsed(bytes)
    const out = new TextBuilder()
    writeMessage(message, out)
    return out.finish({ title: subjectOf(message), metadata: headersOf(message) })
  },
}

export const mailbox: BytesExtractor = {
  format: 'mbox',
  extensions: ['.mbox', '.mbx'],
  takes: 'bytes',
  async extract(bytes) {
    if (!headOf(bytes).startsWith('From ')) return undefined
    const out = new TextBuilder()
    let count = 0
    let failed = 0
    for (const piece of messagesIn(bytes)) {
      out.break()
      out.mark('message', ++count)
      try {
        const message = await parsed(piece)
        out.heading(1, subjectOf(message))
        writeMessage(message, out)
      } catch {
        failed++
      }
    }
    const doubt = `${failed} of ${count} messages could not be read`
    return { ...out.finish({ title: '', metadata: { messages: count } }), ...(failed > 0 ? { doubt } : {}) }
  },
}

function headOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, 100))
    .toString('latin1')
    .replace(/^(?:\xef\xbb\xbf)?\s*/u, '')
}

function parsed(bytes: Uint8Array): Promise<Email> {
  return PostalMime.parse(bytes, { maxNestingDepth: NESTING_LIMIT })
}

/** The messages of a box: each begins with a line `From `, the first in the file or after an empty line. */
function* messagesIn(bytes: Uint8Array): Generator<Uint8Array> {
  const box = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  let start = box.indexOf('From ')
  for (let at = start; at >= 0; ) {
    at = box.indexOf('\nFrom ', at + 1)
    if (at >= 0 && !isEmptyLineBefore(box, at)) continue
    const end = at < 0 ? box.length : at + 1
    // The line itself is the box's, not the message's.
    const body = box.indexOf('\n', start) + 1
    if (body > 0 && body < end) yield box.subarray(body, end)
    start = end
  }
}

function isEmptyLineBefore(box: Buffer, at: number): boolean {
  return box[at - 1] === 10 || (box[at - 1] === 13 && box[at - 2] === 10)
}

function writeMessage(message: Email, out: TextBuilder): void {
  for (const [name, addresses] of [
    ['From', message.from ? [message.from] : []],
    ['To', message.to ?? []],
    ['Cc', message.cc ?? []],
  ] as const) {
    if (addresses.length > 0) out.line(`${name}: ${addresses.map(shown).join(', ')}`)
  }
  if (message.date) out.line(`Date: ${message.date}`)
  out.break()
  // A box writes `>From` where a line of the text begins with that word.
  const text = message.text?.replace(/^>(>*From )/gmu, '$1') ?? ''
  if (text.trim() !== '') out.paragraphs(text)
  else if (message.html) writePieces(readPage(message.html).pieces, out)
}

function subjectOf({ subject }: Email): string {
  return subject?.replace(/\s+/gu, ' ').trim() ?? ''
}

function headersOf(message: Email): Metadata {
  const { from, to, cc, date, messageId, inReplyTo, attachments } = message
  const files = attachments.map(({ filename }) => filename).filter(name => name !== null)
  const known: Record<string, string | string[] | undefined> = {
    from: from && shown(from),
    to: to?.map(shown),
    cc: cc?.map(shown),
    date,
    subject: subjectOf(message),
    'message-id': messageId,
    'in-reply-to': inReplyTo,
    attachments: files,
  }
  return Object.fromEntries(
    Object.entries(known).filter((entry): entry is [string, string | string[]] => Boolean(entry[1]?.length)),
  )
}

function shown({ name, address, group }: Address): string {
  if (group) return `${name}: ${group.map(shown).join(', ')}`
  return name === '' || name === address ? (address ?? name) : `${name} <${address}>`
}
