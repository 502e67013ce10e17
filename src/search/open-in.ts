/**
 * Opens an index in a folder of bytes, wherever that is: reads its manifest, nothing else. The same whatever the size
 * of the index, and in every reader: this machine's files (open.ts), a web server's, memory (open-url.ts).
 */
import { GleanError } from '../errors.ts'
import type { ByteFolder } from '../segment/byte-source.ts'
import { DocumentCards } from '../segment/document-cards.ts'
import { type DocumentList, openDocumentList } from '../segment/document-list.ts'
import { DocumentOrder } from '../segment/document-order.ts'
import { keepHead, readHead } from '../segment/head.ts'
import { MANIFEST, type Manifest, readManifest } from '../segment/manifest.ts'
import { Segment } from '../segment/segment.ts'
import { ANALYZER } from '../text/analyzer.ts'
import { STEMMERS } from '../text/stem.ts'
import { Index } from './index.ts'
import type { Sources } from './sources.ts'

/** Tries to open while a writer replaces the files a manifest names. */
const ATTEMPTS = 3

/**
 * Opens the index in a folder; `location` is how the user named it, `sourcesOf` finds its sources. Throws GleanError:
 * `not-an-index`, `format-too-new`, `format-too-old`, `unknown-analyzer`, `damaged`, `io`.
 */
export async function openIn(
  files: ByteFolder,
  location: string,
  sourcesOf?: (manifest: Manifest) => Sources | undefined,
): Promise<Index> {
  for (let attempt = 1; ; attempt++) {
    const bytes = await readWhole(files, MANIFEST)
    try {
      return await openAs(files, location, readManifest(bytes, location), { sourcesOf })
    } catch (thrown) {
      // A file that is not there was replaced since the manifest was read, or the index is not whole.
      if (!(thrown instanceof GleanError) || thrown.code !== 'not-found') throw thrown
      if (attempt < ATTEMPTS) continue
      throw new GleanError(
        'damaged',
        `${location} is not whole: ${thrown.message}; rebuild it: glean index --rebuild, with its --index`,
      )
    }
  }
}

/**
 * Opens the index as its head (segment/head.ts) has it, reading nothing else: what the head names may have been replaced
 * since. Throws what {@link openIn} throws.
 */
export async function openWithHead(files: ByteFolder, location: string, bytes: Uint8Array): Promise<Index> {
  const head = readHead(bytes)
  const cards = await DocumentCards.open(files, head.cards)
  const index = await openAs(files, location, head.manifest, { cards })
  keepHead(head, cards, index)
  return index
}

async function openAs(
  files: ByteFolder,
  location: string,
  manifest: Manifest,
  {
    sourcesOf,
    cards,
  }: {
    readonly sourcesOf?: ((manifest: Manifest) => Sources | undefined) | undefined
    readonly cards?: DocumentCards
  },
): Promise<Index> {
  checkAnalyzer(manifest, location)
  const parts = await openParts(files, manifest)
  return new Index({ location, manifest, sources: sourcesOf?.(manifest), cards, ...parts })
}

async function openParts(
  files: ByteFolder,
  manifest: Manifest,
): Promise<{ segments: Segment[]; documents: DocumentList; order: DocumentOrder }> {
  const order = new DocumentOrder(manifest.documents.runs, manifest.segments.length)
  const documents = await openDocumentList(files, manifest.documents)
  const segments: Segment[] = []
  try {
    for (const [number, entry] of manifest.segments.entries())
      segments.push(await Segment.open(files, entry, manifest.version, order.chunks(number)))
  } catch (thrown) {
    documents.close()
    for (const segment of segments) segment.close()
    throw thrown
  }
  return { segments, order, documents }
}

async function readWhole(files: ByteFolder, name: string): Promise<Uint8Array> {
  const source = await files.open(name)
  try {
    return await source.read(0, source.size)
  } finally {
    source.close()
  }
}

/** Words made by another analyzer would not be found, and that would look like an answer. */
function checkAnalyzer({ analyzer }: Manifest, location: string): void {
  const made = `${analyzer.id} ${analyzer.version} (Unicode ${analyzer.unicode})`
  const ours = `${ANALYZER.id} ${ANALYZER.version} (Unicode ${ANALYZER.unicode})`
  const stemmer = Object.entries(analyzer.stemmers).find(([language, id]) => STEMMERS[language]?.id !== id)
  if (made === ours && !stemmer) return
  const [wanted, known] = stemmer ? [stemmer[1], STEMMERS[stemmer[0]]?.id ?? 'none'] : [made, ours]
  throw new GleanError(
    'unknown-analyzer',
    `${location} was made with the analyzer ${wanted}, this gleaner has ${known}: rebuild it, glean index --rebuild, with its --index, or use the gleaner it was made with`,
  )
}
