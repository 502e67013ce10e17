/**
 * Passages that say the same word for word are one hit. In comes a ranking, out comes one in which each text stands
 * once, where it stood first, with its twins. Only what has the very score, length and frequencies of another can be
 * its twin, so that hardly any text is read that is not shown.
 */
import { chunkHash } from '../segment/chunk-hash.ts'
import type { Segment } from '../segment/segment.ts'
import type { Candidate } from './pool.ts'
import type { Ranked } from './rank.ts'

/** Texts that are read to be compared, at the most; what may be a twin beyond them stands for itself. */
const MOST_READ = 200

/** Hits behind those wanted that may be twins of them. */
const AHEAD = 10

/** A hit to be, with those that will stand behind it. */
interface Group {
  readonly first: Ranked
  readonly twins: Ranked[]
  hash?: string
}

/**
 * The ranking without repeated texts, as far as its first `wanted`; what follows is as it was. Of several indexes each
 * keeps its own: a place is told by its path in the index of the hit.
 */
export async function collapse(
  segments: readonly Segment[],
  ranked: readonly Ranked[],
  { wanted, memberAt }: { readonly wanted: number; readonly memberAt: (segment: number) => number },
): Promise<Ranked[]> {
  const groups: Group[] = []
  const bySignature = new Map<string, Group[]>()
  const signatureOf = ({ segment, length, frequencies, score }: Candidate): string =>
    `${memberAt(segment)} ${length} ${score.toPrecision(9)} ${frequencies.join(' ')}`
  readAhead(segments, ranked.slice(0, wanted + AHEAD), wanted, signatureOf)
  const alikeTo = (item: Ranked): Group[] => bySignature.get(signatureOf(item.candidate)) ?? []
  let read = 0
  const hashOf = async ({ candidate: { segment, chunk } }: Ranked): Promise<string> => {
    read++
    return chunkHash((await segments[segment]!.text.chunk(chunk)).text)
  }
  /** The group whose text an item has, and the hash of that text where it was read. */
  const groupOf = async (item: Ranked): Promise<{ group?: Group | undefined; hash?: string | undefined }> => {
    const alike = alikeTo(item)
    if (alike.length === 0 || read >= MOST_READ) return {}
    const hash = await hashOf(item)
    for (const group of alike) group.hash ??= await hashOf(group.first)
    return { group: alike.findLast(group => group.hash === hash), hash }
  }
  let at = 0
  for (; at < ranked.length && groups.length < wanted; at++) {
    const item = ranked[at]!
    const { group: twin, hash } = await groupOf(item)
    if (twin) twin.twins.push(item)
    else {
      const group: Group = { first: item, twins: [], ...(hash === undefined ? {} : { hash }) }
      bySignature.set(signatureOf(item.candidate), [...alikeTo(item), group])
      groups.push(group)
    }
  }
  const behind = ranked.slice(at)
  const found = new Set<Ranked>()
  for (const item of behind.slice(0, AHEAD)) {
    const { group } = await groupOf(item)
    if (!group) continue
    group.twins.push(item)
    found.add(item)
  }
  return [
    ...groups.map(({ first, twins }) => (twins.length === 0 ? first : { ...first, twins })),
    ...behind.filter(item => !found.has(item)),
  ]
}

/**
 * Begins to read the texts of hits to be, and of what may be their twins, where reading takes long: compared one by one,
 * each would be waited for. What fails here fails again when it is needed.
 */
function readAhead(
  segments: readonly Segment[],
  ranked: readonly Ranked[],
  wanted: number,
  signatureOf: (candidate: Candidate) => string,
): void {
  const counts = new Map<string, number>()
  const signatures = ranked.map(({ candidate }) => signatureOf(candidate))
  for (const each of signatures) counts.set(each, (counts.get(each) ?? 0) + 1)
  for (const [place, { candidate }] of ranked.entries()) {
    const { segment, chunk } = candidate
    const { isFar, text } = segments[segment]!
    const isNeeded = place < wanted || counts.get(signatures[place]!)! > 1
    if (isFar && isNeeded) text.chunk(chunk).catch(() => {})
  }
}
