/**
 * Records as files: JSON Lines in, one file each out, so that they are indexed as everything else is. A record has a
 * `path` (or an `id`) and a `text`, and may have a `title` and `metadata`, which stand before the text as front matter.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { extractorOf } from '../document/formats.ts'
import { readDocument } from '../document/read.ts'
import { GleanError, messageOf } from '../errors.ts'

interface DocumentRecord {
  readonly path: string
  readonly text: string
  readonly title: string | undefined
  readonly metadata: Record<string, unknown> | undefined
}

/**
 * Writes the records of a stream below `folder` and gives their number. Throws `usage`, with the line, for what is no
 * record, for a path that leads out of the folder and for one that comes twice.
 */
export async function writeRecordFiles(
  input: Readable,
  folder: string,
  signal: AbortSignal,
): Promise<number> {
  const seen = new Set<string>()
  const folders = new Set<string>()
  let line = 0
  for await (const read of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    signal.throwIfAborted()
    line++
    // A byte-order mark is white space, too.
    const text = read.trim()
    if (text === '') continue
    const record = readRecord(text, line)
    if (seen.has(record.path))
      throw wrong(line, `there was a record of ${JSON.stringify(record.path)} before`)
    seen.add(record.path)
    const file = join(folder, record.path)
    try {
      if (!folders.has(dirname(file))) mkdirSync(dirname(file), { recursive: true })
      folders.add(dirname(file))
      writeFileSync(file, contentOf(record))
    } catch (thrown) {
      throw new GleanError('io', `line ${line}: cannot write ${record.path}: ${messageOf(thrown)}`, {
        cause: thrown,
      })
    }
  }
  return seen.size
}

function readRecord(line: string, number: number): DocumentRecord {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (thrown) {
    throw wrong(number, messageOf(thrown))
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw wrong(number, `expected an object, got ${line.slice(0, 40)}`)
  const { path, id, text, title, metadata } = value as Record<string, unknown>
  const name = path ?? (typeof id === 'number' ? String(id) : id)
  if (typeof name !== 'string' || name === '') throw wrong(number, 'expected a "path" or an "id", got none')
  if (typeof text !== 'string')
    throw wrong(number, `expected a "text", got ${JSON.stringify(text) ?? 'none'}`)
  if (title !== undefined && typeof title !== 'string') throw wrong(number, 'expected "title" to be a text')
  if (
    metadata !== undefined &&
    (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata))
  )
    throw wrong(number, 'expected "metadata" to be an object')
  return { path: safePath(name, number), text, title, metadata: metadata as DocumentRecord['metadata'] }
}

/** A path below the folder. A text that has been taken out of a PDF is none: it gets an ending of its own. */
function safePath(path: string, line: number): string {
  const normal = posix.normalize(path.replaceAll('\\', '/'))
  if (normal.startsWith('/') || normal.split('/').includes('..') || normal === '.' || /\0|\/$/.test(normal))
    throw wrong(line, `expected a path below the root, got ${JSON.stringify(path.slice(0, 80))}`)
  return extractorOf(normal) === undefined ? normal : `${normal}.txt`
}

/** A text that says of itself what the record says of it stands as it is: so do all that an index has given out. */
function contentOf({ path, text, title, metadata }: DocumentRecord): string {
  const own = readDocument(path, text)
  const isSaid = own.title === (title ?? own.title) && isEqual(own.metadata, metadata ?? own.metadata)
  if (isSaid) return text
  const facts = { ...metadata, ...(title === undefined ? {} : { title }) }
  return `---\n${JSON.stringify(facts)}\n---\n\n${text}`
}

function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function wrong(line: number, message: string): GleanError {
  return new GleanError('usage', `line ${line} of the records: ${message}`)
}
