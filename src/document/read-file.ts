/**
 * A file to a document, or why it is none: the one way in, for building and for looking again at a file of a hit. Reads
 * the bytes, decodes them or takes the text out of them, and takes the text apart.
 */
import { Buffer } from 'node:buffer'
import { type DecodedText, decode, type NoText, sniff } from '../crawl/decode.ts'
import type { LeftOut, SourceFile } from '../crawl/file.ts'
import { readBytes } from '../crawl/read-bytes.ts'
import type { Document } from './document.ts'
import { type Extracted, extractedDocument } from './extracted.ts'
import { type AnyFormat, Refusal } from './extractor.ts'
import { type FileIdentity, identityOf, type ReadRules } from './file-identity.ts'
import { extractorOf } from './formats.ts'
import { readDocument } from './read.ts'

/** A file that was read. */
export interface FileDocument extends FileIdentity {
  readonly document: Document
  /** What may be wrong with it, for the report: one line. */
  readonly doubt?: string
}

/** Reads a file now, whatever it was when it was listed. Throws nothing about the file. */
export async function readFileDocument(file: SourceFile, rules: ReadRules): Promise<FileDocument | LeftOut> {
  const mayHaveNul =
    rules.encoding?.startsWith('utf-16') || extractorOf(file.path, rules.formats)?.takes === 'bytes'
  const bytes = readBytes(file, rules.maxFileSize, mayHaveNul ? undefined : sniff)
  if ('reason' in bytes) return bytes
  const identity = identityOf(bytes)
  const read = await documentOf(file.path, bytes, rules)
  return 'reason' in read ? { path: file.path, ...read } : { ...read, ...identity }
}

type Read = Pick<FileDocument, 'document' | 'doubt'>
type NoDocument = Omit<LeftOut, 'path'>

/** `bytes` are used before the first wait only: the next file overwrites them. */
async function documentOf(path: string, bytes: Buffer, rules: ReadRules): Promise<Read | NoDocument> {
  const extractor = extractorOf(path, rules.formats)
  try {
    if (extractor?.takes === 'bytes') return await fromBytes(path, Buffer.from(bytes), extractor, rules)
    const decoded = await textOf(bytes, rules.encoding)
    return 'reason' in decoded ? decoded : await fromText(path, decoded, extractor)
  } catch (thrown) {
    if (thrown instanceof Refusal) return { reason: thrown.reason, detail: thrown.message }
    throw thrown
  }
}

async function fromBytes(
  path: string,
  bytes: Buffer,
  extractor: AnyFormat,
  rules: ReadRules,
): Promise<Read | NoDocument> {
  const extracted = await extractedBy(extractor, bytes)
  if (extracted) return readOf(extractedDocument(extractor.format, extracted), extracted.doubt)
  // Not what its name says. Under the names of other formats there are web pages, as servers send them for errors.
  const decoded = sniff(bytes) ?? (await textOf(bytes, rules.encoding))
  const said = `it is no ${extractor.format}, whatever its name says`
  if ('reason' in decoded) return { ...decoded, detail: `${said}; ${decoded.detail}` }
  const isPage = /^\s*<(?:!doctype html|html)[\s>]/i.test(decoded.text.slice(0, 1000))
  return fromText(path, { ...decoded, doubt: said }, isPage ? extractorOf('.html') : undefined)
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
