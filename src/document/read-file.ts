/**
 * A file to a document, or why it is none: the one way in, for building and for looking again at a file of a hit. Reads
 * the bytes, decodes them or takes the text out of them, and takes the text apart.
 */
import { Buffer } from 'node:buffer'
import { type DecodedText, decode, type NoText, sniff } from '../crawl/decode.ts'
import type { LeftOut, SourceFile } from '../crawl/file.ts'
import { looksGzipped, unpacked, unpackedName } from '../crawl/gzip.ts'
import { readBytes } from '../crawl/read-bytes.ts'
import { Refusal, refused } from '../crawl/refusal.ts'
import type { Document } from './document.ts'
import { type Extracted, extractedDocument } from './extracted.ts'
import type { AnyFormat } from './extractor.ts'
import { type FileIdentity, identityOf, type ReadRules } from './file-identity.ts'
import { extractorOf, formatsByHead } from './formats.ts'
import { readDocument } from './read.ts'

/** A file that was read. */
export interface FileDocument extends FileIdentity {
  readonly document: Document
  /** What may be wrong with it, for the report: one line. */
  readonly doubt?: string
}

/** Reads a file now, whatever it was when it was listed. Throws nothing about the file. */
export async function readFileDocument(file: SourceFile, rules: ReadRules): Promise<FileDocument | LeftOut> {
  const bytes = readBytes(file, rules.maxFileSize, mayHaveNul(file.path, rules) ? undefined : sniff)
  if ('reason' in bytes) return bytes
  const identity = identityOf(bytes)
  try {
    const read = await documentOf(file.path, bytes, rules)
    return 'reason' in read ? { path: file.path, ...read } : { ...read, ...identity }
  } catch (thrown) {
    if (thrown instanceof Refusal) return refused(file.path, thrown)
    throw thrown
  }
}

/** Whether a NUL in a file of that name does not show that it cannot be read. */
function mayHaveNul(path: string, { encoding, formats }: ReadRules): boolean {
  if (encoding?.startsWith('utf-16') || unpackedName(path) !== undefined) return true
  return extractorOf(path, formats)?.takes === 'bytes'
}

type Read = Pick<FileDocument, 'document' | 'doubt'>
type NoDocument = Omit<LeftOut, 'path'>

/** `bytes` are used before the first wait only: the next file overwrites them. */
async function documentOf(path: string, bytes: Buffer, rules: ReadRules): Promise<Read | NoDocument> {
  const inner = unpackedName(path)
  if (inner !== undefined && looksGzipped(bytes))
    return documentOf(inner, unpacked(bytes, rules.maxFileSize), rules)
  const extractor = extractorOf(path, rules.formats)
  if (extractor?.takes === 'bytes') return fromBytes(path, Buffer.from(bytes), extractor, rules)
  const decoded = await textOf(bytes, rules.encoding)
  return 'reason' in decoded ? decoded : fromText(path, decoded, extractor)
}

async function fromBytes(
  path: string,
  bytes: Buffer,
  extractor: AnyFormat,
  rules: ReadRules,
): Promise<Read | NoDocument> {
  const extracted = await extractedBy(extractor, bytes)
  if (extracted) return readOf(extractedDocument(extractor.format, extracted), extracted.doubt)
  // Not what its name says: another program's kind of it, or a page that a server sent for an error.
  const others = formatsByHead(bytes).filter(({ format }) => format !== extractor.format)
  for (const other of others.filter(({ takes }) => takes === 'bytes')) {
    const found = await extractedBy(other, bytes)
    if (found) return readOf(extractedDocument(other.format, found), misnamed(other.format), found.doubt)
  }
  const decoded = sniff(bytes) ?? (await textOf(bytes, rules.encoding))
  if ('reason' in decoded) return { ...decoded, detail: `not what its name says; ${decoded.detail}` }
  const doubt = misnamed(others[0]?.format ?? 'plain text')
  return fromText(path, { ...decoded, doubt }, others[0])
}

function misnamed(format: string): string {
  return `${format}, whatever its name says`
}

async function fromText(
  path: string,
  { text, doubt }: DecodedText,
  extractor: AnyFormat | undefined,
): Promise<Read> {
  const extracted = extractor?.takes === 'text' ? await extractedBy(extractor, text) : undefined
  if (!extracted) return readOf(readDocument(path, text), doubt)
  return readOf(extractedDocument(extractor!.format, extracted), doubt, extracted.doubt)
}

/** Ours that need a parser run in a thread of their own; a caller's run here. */
async function extractedBy(extractor: AnyFormat, input: string | Uint8Array): Promise<Extracted | undefined> {
  if (!('apart' in extractor)) return extractor.extract(input as string & Uint8Array)
  const { extractApart } = await import('./extraction.ts')
  return extractApart({ format: extractor.format, input })
}

function readOf(document: Document, ...doubts: (string | undefined)[]): Read {
  const doubt = doubts.filter(each => each !== undefined).join('; ')
  return doubt === '' ? { document } : { document, doubt }
}

/** What is not plainly Unicode is read by what is loaded for it. */
async function textOf(bytes: Buffer, encoding: string | undefined): Promise<DecodedText | NoText> {
  const decoded = decode(bytes)
  const isPlain = 'text' in decoded ? !bytes.includes('\x1b$') : decoded.reason === 'too-large'
  if (encoding === undefined && (isPlain || ('reason' in decoded && decoded.reason === 'binary')))
    return decoded
  const copy = Buffer.from(bytes)
  const { decodeOther } = await import('../crawl/other-encoding.ts')
  return decodeOther(copy, encoding)
}
