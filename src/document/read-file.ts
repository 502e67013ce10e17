/**
 * A file to a document, or why it is none: the one way in, for building and for looking again at a file of a hit. Reads
 * the bytes, decodes them or takes the text out of them, and takes the text apart.
 */
import { Buffer } from 'node:buffer'
import { hash } from 'node:crypto'
import { type DecodedText, decode, type NoText, sniff } from '../crawl/decode.ts'
import type { LeftOut, SourceFile } from '../crawl/file.ts'
import { readBytes } from '../crawl/read-bytes.ts'
import type { Document } from './document.ts'
import { extractedDocument } from './extracted.ts'
import { Refusal } from './extractor.ts'
import { extractorOf } from './formats.ts'
import { readDocument } from './read.ts'

/** How files are read: the same for every file of an index. */
export interface ReadRules {
  /** Bytes; larger files are left out. */
  readonly maxFileSize: number
  /** The encoding of text that does not tell its own, by its standard name; detected where left out. */
  readonly encoding?: string | undefined
}

/** A file that was read. */
export interface FileDocument extends FileIdentity {
  readonly document: Document
  /** What may be wrong with it, for the report: one line. */
  readonly doubt?: string
}

/** What a file is known by. */
export interface FileIdentity {
  /** Length of the file. */
  readonly bytes: number
  /** The first 32 hexadecimal digits of the SHA-256 of the file's bytes. */
  readonly hash: string
}

/** Reads a file now, whatever it was when it was listed. Throws nothing about the file. */
export async function readFileDocument(file: SourceFile, rules: ReadRules): Promise<FileDocument | LeftOut> {
  const bytes = readBytes(file, rules.maxFileSize, rules.encoding?.startsWith('utf-16') ? undefined : sniff)
  if ('reason' in bytes) return bytes
  const identity = identityOf(bytes)
  const read = await documentOf(file.path, bytes, rules)
  return 'reason' in read ? { path: file.path, ...read } : { ...read, ...identity }
}

/** What a file is known by now; or why it cannot be read. */
export function readIdentity(file: SourceFile, { maxFileSize }: ReadRules): FileIdentity | LeftOut {
  const bytes = readBytes(file, maxFileSize)
  return 'reason' in bytes ? bytes : identityOf(bytes)
}

function identityOf(bytes: Buffer): FileIdentity {
  return { bytes: bytes.length, hash: hash('sha256', bytes, 'hex').slice(0, 32) }
}

type Read = Pick<FileDocument, 'document' | 'doubt'>

/** `bytes` are used before the first wait only: the next file overwrites them. */
async function documentOf(
  path: string,
  bytes: Buffer,
  { encoding }: ReadRules,
): Promise<Read | Omit<LeftOut, 'path'>> {
  const extractor = extractorOf(path)
  const decoded = await textOf(bytes, encoding)
  if ('reason' in decoded) return decoded
  const { text, doubt } = decoded
  const known = doubt === undefined ? {} : { doubt }
  if (!extractor) return { document: readDocument(path, text), ...known }
  try {
    const extracted = extractor.extract(text)
    const document = extracted ? extractedDocument(extractor.format, extracted) : readDocument(path, text)
    return { document, ...known }
  } catch (thrown) {
    if (thrown instanceof Refusal) return { reason: thrown.reason, detail: thrown.message }
    throw thrown
  }
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
