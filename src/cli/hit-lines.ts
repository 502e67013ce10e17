/** The lines of the sources that hits stand in, from the text each hit was made of. */
import { join } from 'node:path'
import { readFileDocument } from '../document/read-file.ts'
import { matchedLine, type SourceLines, sourceLines, type Wanted } from '../render/source-lines.ts'
import type { HitLine } from '../render/vimgrep.ts'
import type { Index } from '../search/index.ts'
import type { Hit } from '../search/result.ts'

/** Each hit with the lines its matches stand in, or what else is wanted of them. */
export async function linesOfHits(
  index: Index,
  hits: readonly Hit[],
  wanted: Wanted,
): Promise<SourceLines[]> {
  const textOf = textReader(index)
  const lines: SourceLines[] = []
  for (const hit of hits) lines.push(sourceLines(hit, await textOf(hit), wanted))
  return lines
}

/** Each hit with the line it points at: an excerpt may begin in the middle of it. */
export async function matchedLines(index: Index, hits: readonly Hit[]): Promise<HitLine[]> {
  const textOf = textReader(index)
  const lines: HitLine[] = []
  for (const hit of hits) lines.push({ hit, line: matchedLine(hit, await textOf(hit)) ?? '' })
  return lines
}

/** Reads the text of a hit's document, each once: the index's, or the file's where that has changed since. */
function textReader(index: Index): (hit: Hit) => Promise<string | undefined> {
  const texts = new Map<string, Promise<string | undefined>>()
  return hit => {
    // Two indexes may each have a document of the same path.
    const key = JSON.stringify([hit.index, hit.path])
    const known = texts.get(key)
    if (known) return known
    const member = index.memberOf(hit)
    const text = hit.state === 'changed' ? fileText(member, hit.path) : indexedText(member, hit.path)
    texts.set(key, text)
    return text
  }
}

async function indexedText(index: Index, path: string): Promise<string | undefined> {
  const passage = await index.show(path).catch(() => undefined)
  return passage?.text
}

async function fileText(index: Index, path: string): Promise<string | undefined> {
  if (index.sourceRoot === null) return undefined
  const file = { path, absolute: join(index.sourceRoot, path), size: 0 }
  const read = await readFileDocument(file, index.rules)
  return 'document' in read ? read.document.text : undefined
}
