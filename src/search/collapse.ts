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

/** What a reader far away begins to read before it is compared. */
interface Foresight {
  /** Which of several indexes a segment is of. */
  readonly memberAt: (segment: number) => number
  /** Told which chunks may be hits, or stand behind one. */
  readonly onHead: (chunks: readonly Candidate[]) => void
}

/**
 * Begins to read the texts of chunks that may be twins of each other, in whichever order they will stand, where reading
 * takes long: of the first `wanted` of a ranking, and some behind them.
 */
export function foreseeTwins(
  segments: readonly Segment[],
  ranked: readonly Ranked[],
  wanted: number,
  foresight: Foresight,
): void {
  if (!anyFar(segments)) return
  const first = ranked.slice(0, wanted + AHEAD)
  const signatures = first.map(({ candidate }) => signatureOf(candidate, foresight))
  const counts = new Map<string, number>()
  for (const each of signatures) counts.set(each, (counts.get(each) ?? 0) + 1)
  readAhead(
    segments,
    first.filter((_, place) => counts.get(signatures[place]!)! > 1),
    foresight,
  )
}

/**
 * The ranking without repeated texts, as far as its first `wanted`; what follows is as it was. Of several indexes each
 * keeps its own: a place is told by its path in the index of the hit.
 */
export async function collapse(
  segments: readonly Segment[],
  ranked: readonly Ranked[],
  { wanted, ...foresight }: { readonly wanted: number } & Foresight,
): Promise<Ranked[]> {
  const groups: Group[] = []
  const bySignature = new Map<string, Group[]>()
  const alikeTo = ({ candidate }: Ranked): Group[] => bySignature.get(signatureOf(candidate, foresight)) ?? []
  const isFar = anyFar(segments)
  if (isFar) readAhead(segments, ranked.slice(0, wanted), foresight)
  foreseeTwins(segments, ranked, wanted, foresight)
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
      bySignature.set(signatureOf(item.candidate, foresight), [...alikeTo(item), group])
      groups.push(group)
    }
  }
  const behind = ranked.slice(at)
  const found = new Set<Ranked>()
  const next = behind.slice(0, AHEAD)
  if (isFar)
    readAhead(
      segments,
      next.filter(item => alikeTo(item).length > 0),
      foresight,
    )
  for (const item of next) {
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

/** Whether reading any of them takes long. */
function anyFar(segments: readonly Segment[]): boolean {
  return segments.some(({ isFar }) => isFar)
}

/** What twins have in common but for their text, as a string. */
function signatureOf(
  { segment, length, frequencies, score }: Candidate,
  { memberAt }: Pick<Foresight, 'memberAt'>,
): string {
  return `${memberAt(segment)} ${length} ${score.toPrecision(9)} ${frequencies.join(' ')}`
}

/**
 * Begins to read texts, and what hits say of their documents, where reading takes long: compared one by one, each would
 * be waited for. What fails here fails again when it is needed.
 */
function readAhead(
  segments: readonly Segment[],
  ranked: readonly Ranked[],
  { onHead }: Pick<Foresight, 'onHead'>,
): void {
  const far = ranked.map(({ candidate }) => candidate).filter(({ segment }) => segments[segment]!.isFar)
  onHead(far)
  for (const { segment, chunk } of far) segments[segment]!.text.chunk(chunk).catch(() => {})
}
