/**
 * A file to a document, or why it is none: the one way in, for building and for looking again at a file of a hit. Reads
 * the bytes, decodes them or takes the text out of them, and takes the text apart.
 */
import type { Buffer } from 'node:buffer'
import { decode, sniff } from '../crawl/decode.ts'
import type { LeftOut, SourceFile } from '../crawl/file.ts'
import { readBytes } from '../crawl/read-bytes.ts'
import type { Document } from './document.ts'
import { extractedDocument } from './extracted.ts'
import { Refusal } from './extractor.ts'
import { type FileIdentity, identityOf } from './file-identity.ts'
import { extractorOf } from './formats.ts'
import { readDocument } from './read.ts'

/**
 * Goes up whenever the same bytes under the same name become another document, or are cut into other chunks: an index
 * made by another version is built anew instead of being brought up to date.
 */
export const READING_VERSION = 2

/** How files are read: the same for every file of an index. */
export interface ReadRules {
  /** Bytes; larger files are left out. */
  readonly maxFileSize: number
}

/** A file that was read. */
export interface FileDocument extends FileIdentity {
  readonly document: Document
}

/** Reads a file now, whatever it was when it was listed. Throws nothing about the file. */
export async function readFileDocument(file: SourceFile, rules: ReadRules): Promise<FileDocument | LeftOut> {
  const bytes = readBytes(file, rules.maxFileSize, sniff)
  if ('reason' in bytes) return bytes
  const identity = identityOf(bytes)
  const document = await documentOf(file.path, bytes)
  return 'reason' in document ? { path: file.path, ...document } : { document, ...identity }
}

/** `bytes` are used before the first wait only: the next file overwrites them. */
async function documentOf(path: string, bytes: Buffer): Promise<Document | Omit<LeftOut, 'path'>> {
  const extractor = extractorOf(path)
  const decoded = decode(bytes)
  if ('reason' in decoded) return decoded
  if (!extractor) return readDocument(path, decoded.text)
  try {
    const extracted = extractor.extract(decoded.text)
    return extracted ? extractedDocument(extractor.format, extracted) : readDocument(path, decoded.text)
  } catch (thrown) {
    if (thrown instanceof Refusal) return { reason: thrown.reason, detail: thrown.message }
    throw thrown
  }
}
