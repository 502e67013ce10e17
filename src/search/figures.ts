/** Figures of an index that take a look at all of its lists: where its documents are, how large, and which words lead. */
import type { DocumentList } from '../segment/document-list.ts'
import { NO_DEAD_END } from '../segment/key-cursor.ts'
import { PostingList } from '../segment/posting-list.ts'
import type { Segment } from '../segment/segment.ts'
import { FUNCTION_WORDS } from '../text/function-words.ts'
import type { IndexStats } from './result.ts'

/** Terms that are named. */
const MOST_TERMS = 20

/** Terms of each segment that may be among them. */
const CANDIDATES = 400

/** Folders, documents by size, and the commonest words but function words of the index's languages. */
export async function furtherFigures(
  segments: readonly Segment[],
  documents: DocumentList,
  languages: readonly string[],
): Promise<Pick<IndexStats, 'folders' | 'sizes' | 'topTerms'>> {
  const { folders, sizes } = await documentFigures(documents)
  return { folders, sizes, topTerms: await topTerms(segments, functionWords(languages)) }
}

/** Documents by the folder they are in, below the folder they share; and by size, each size the next power of two. */
async function documentFigures(list: DocumentList): Promise<Pick<IndexStats, 'folders' | 'sizes'>> {
  const counts = new Map<string, number>()
  const bySize: number[] = []
  for await (const { path, size } of list.from()) {
    const folder = path.slice(0, path.lastIndexOf('/') + 1)
    counts.set(folder, (counts.get(folder) ?? 0) + 1)
    const power = Math.ceil(Math.log2(Math.max(size, 1)))
    bySize[power] = (bySize[power] ?? 0) + 1
  }
  const shared = sharedFolder([...counts.keys()])
  const folders: Record<string, number> = {}
  for (const [folder, count] of counts) {
    const below = folder.slice(shared.length)
    const name = below === '' ? shared || '.' : shared + below.slice(0, below.indexOf('/') + 1)
    folders[name] = (folders[name] ?? 0) + count
  }
  const sizes = Object.fromEntries(bySize.flatMap((count, power) => (count ? [[2 ** power, count]] : [])))
  return { folders, sizes }
}

/** The longest folder that all are in; '' where that is the root. Folders end with `/`. */
function sharedFolder(folders: readonly string[]): string {
  let shared = folders[0] ?? ''
  for (const folder of folders) {
    while (!folder.startsWith(shared))
      shared = shared.slice(0, shared.lastIndexOf('/', shared.length - 2) + 1)
  }
  return shared
}

function functionWords(languages: readonly string[]): ReadonlySet<string> {
  return new Set(languages.flatMap(language => FUNCTION_WORDS[language]?.split(/\s+/) ?? []))
}

/** The terms most passages have, of those not to be passed over; shorter than two characters none. */
async function topTerms(
  segments: readonly Segment[],
  passOver: ReadonlySet<string>,
): Promise<IndexStats['topTerms']> {
  const candidates = new Set<string>()
  for (const { dictionary } of segments) {
    let best: { term: string; chunks: number }[] = []
    let least = 0
    await dictionary.scan('', key => {
      const chunks = PostingList.frequencyIn(key.information())
      if (chunks <= least) return NO_DEAD_END
      const term = key.key()
      if (passOver.has(term) || !/^[\p{L}\p{M}]{2,}$/u.test(term)) return NO_DEAD_END
      best.push({ term, chunks })
      if (best.length >= 2 * CANDIDATES) {
        best = best.sort((a, b) => b.chunks - a.chunks).slice(0, CANDIDATES)
        least = best.at(-1)!.chunks
      }
      return NO_DEAD_END
    })
    for (const { term } of best) candidates.add(term)
  }
  const found: IndexStats['topTerms'] = []
  for (const term of candidates) {
    let chunks = 0
    for (const segment of segments) {
      const information = await segment.dictionary.find(term)
      if (information) chunks += await segment.liveFrequency(information)
    }
    if (chunks > 0) found.push({ term, chunks })
  }
  return found.sort((a, b) => b.chunks - a.chunks || (a.term < b.term ? -1 : 1)).slice(0, MOST_TERMS)
}
