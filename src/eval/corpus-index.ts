/**
 * An index of a collection's documents, in a temporary folder: each document a file with its title as heading, named by
 * its place in the collection, since an id may be anything. The files are gone once they are indexed.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildIndex } from '../build/build.ts'
import type { Index } from '../search/index.ts'
import { openIndex } from '../search/open.ts'
import { type CorpusDocument, readCorpus } from './collection.ts'

export interface CorpusIndex {
  readonly index: Index
  /** The collection's name for the document at a path of the index. */
  readonly idOf: (path: string) => string
  /** The collection's names for all documents. */
  readonly ids: readonly string[]
  /** Closes the index and removes it. */
  readonly close: () => Promise<void>
}

/** How far the indexing is. */
export type OnDocuments = (documents: number) => void

/** Documents of a folder: a folder of millions is slow. */
const PER_FOLDER = 1000
const MAX_FILE_SIZE = 2 ** 30

/** Indexes a `corpus.jsonl`. */
export async function indexCorpus(
  file: string,
  { onDocuments, signal }: { onDocuments?: OnDocuments | undefined; signal?: AbortSignal | undefined } = {},
): Promise<CorpusIndex> {
  const folder = mkdtempSync(join(tmpdir(), 'gleaner-eval-'))
  const remove = (path: string): void => rmSync(path, { recursive: true, force: true })
  try {
    const texts = join(folder, 'texts')
    const ids: string[] = []
    for await (const document of readCorpus(file)) {
      signal?.throwIfAborted()
      const path = join(texts, pathOf(ids.length))
      if (ids.length % PER_FOLDER === 0) mkdirSync(join(path, '..'), { recursive: true })
      writeFileSync(path, contentOf(document))
      ids.push(document.id)
      if (ids.length % PER_FOLDER === 0) onDocuments?.(ids.length)
    }
    mkdirSync(texts, { recursive: true })
    const index = join(folder, 'index')
    const everything = { ignoreFiles: false, hidden: true, maxFileSize: MAX_FILE_SIZE }
    await buildIndex({
      paths: [texts],
      index,
      ...everything,
      signal,
      onProgress: progress => onDocuments?.(progress.files),
    })
    remove(texts)
    const opened = await openIndex(index)
    return {
      index: opened,
      idOf: path => ids[numberOf(path)]!,
      ids,
      close: async () => {
        await opened.close()
        remove(folder)
      },
    }
  } catch (thrown) {
    remove(folder)
    throw thrown
  }
}

/** Paths sort as the documents do, so that ties keep the order of the collection. */
function pathOf(number: number): string {
  return `${pad(Math.floor(number / PER_FOLDER))}/${pad(number % PER_FOLDER)}.md`
}

function pad(number: number): string {
  return String(number).padStart(6, '0')
}

function numberOf(path: string): number {
  const [folder, name] = path.split('/').slice(-2)
  return Number(folder) * PER_FOLDER + Number.parseInt(name!, 10)
}

/**
 * The title is the heading; one that has no text is text itself. Nothing is to be taken for metadata or for a file that
 * is no text: so a text does not stand in the first line, and has no NUL.
 */
function contentOf({ title, text }: CorpusDocument): string {
  const heading = title.replace(/\s+/g, ' ').trim()
  const content = /[\p{L}\p{N}]/u.test(text) ? `${heading === '' ? '' : `# ${heading}`}\n\n${text}` : heading
  return `${content.replaceAll('\0', ' ')}\n`
}
