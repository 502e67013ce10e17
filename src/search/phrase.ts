/**
 * The postings of a phrase, or of words near each other: the chunks in which the pattern stands, and how often. The
 * lists of its words are walked together, rarest first, and positions are read only of chunks that all have.
 */
import { END, type PostingList } from '../segment/posting-list.ts'
import { FIELDS } from '../text/field.ts'
import { adjacentPostings } from './adjacent.ts'
import { groupsOf, type Pattern, type TermGroup } from './leaf.ts'
import { MemoryPostings } from './postings.ts'
import { spansOf } from './span.ts'

/**
 * Postings of a pattern; `listsOf` gives the lists of a group's terms. An occurrence counts for the field of its first
 * word; `fields` says which fields its words may stand in; no more than `most` chunks are
 * looked for.
 */
export async function patternPostings(
  pattern: Pattern,
  listsOf: (group: TermGroup) => readonly PostingList[],
  fields: readonly boolean[],
  most = Number.POSITIVE_INFINITY,
): Promise<MemoryPostings> {
  const single = singleLists(pattern, listsOf)
  if (single && fields.every(allowed => allowed)) return adjacentPostings(single, most)
  const postings = new MemoryPostings()
  const cursors = new Map(
    [...new Set(groupsOf(pattern))].map(group => [group, new GroupCursor(listsOf(group), fields)]),
  )
  if ([...cursors.values()].some(({ estimate }) => estimate === 0)) return postings
  const byFrequency = [...cursors.values()].sort((a, b) => a.estimate - b.estimate)
  for (let chunk = await agreed(byFrequency, 0); chunk < END; chunk = await agreed(byFrequency, chunk + 1)) {
    for (const cursor of byFrequency) await cursor.readPlaces()
    const spans = spansOf(pattern, group => cursors.get(group)!.places)
    if (spans.length === 0) continue
    const frequencies = FIELDS.map(() => 0)
    for (const [first] of spans) frequencies[fieldAt(byFrequency, first!)]!++
    postings.push(chunk, byFrequency[0]!.length, frequencies)
    if (postings.documentFrequency >= most) break
  }
  return postings
}

/** The lists of words side by side that have one each; undefined for any other pattern. */
function singleLists(
  pattern: Pattern,
  listsOf: (group: TermGroup) => readonly PostingList[],
): PostingList[] | undefined {
  if (pattern.kind !== 'phrase' || pattern.slop > 0 || new Set(pattern.groups).size < pattern.groups.length)
    return undefined
  const lists = pattern.groups.map(listsOf)
  return lists.every(({ length }) => length === 1) ? lists.map(([list]) => list!) : undefined
}

/** The first chunk from `from` on that all cursors have; they all stand at it afterwards. */
async function agreed(cursors: readonly GroupCursor[], from: number): Promise<number> {
  let candidate = from
  for (let number = 0; number < cursors.length && candidate < END; ) {
    const moved = cursors[number]!.advance(candidate)
    const chunk = moved instanceof Promise ? await moved : moved
    if (chunk === candidate) number++
    else {
      candidate = chunk
      number = 0
    }
  }
  return candidate
}

function fieldAt(cursors: readonly GroupCursor[], place: number): number {
  for (const { places, fields } of cursors) {
    const at = places.indexOf(place)
    if (at >= 0) return fields[at]!
  }
  return 0
}

interface ListCursor {
  readonly list: PostingList
  at: number
  chunk: number
}

/** Walks the union of some lists. */
class GroupCursor {
  readonly estimate: number
  /** The chunk it stands at. */
  chunk = -1
  /** Places of the group's words in that chunk, ascending, and the field of each; after `readPlaces`. */
  places: number[] = []
  fields: number[] = []
  readonly #lists: ListCursor[]
  readonly #allowed: readonly boolean[]

  constructor(lists: readonly PostingList[], allowed: readonly boolean[]) {
    this.#lists = lists.map(list => ({ list, at: 0, chunk: -1 }))
    this.#allowed = allowed
    this.estimate = lists.reduce((sum, list) => sum + list.documentFrequency, 0)
  }

  /** Length code of the chunk it stands at. */
  get length(): number {
    const cursor = this.#lists.find(({ chunk }) => chunk === this.chunk)!
    return cursor.list.block.lengths[cursor.at]!
  }

  /** Moves to the first chunk that is not before `target`. */
  advance(target: number): number | Promise<number> {
    for (const cursor of this.#lists) {
      if (cursor.chunk >= target) continue
      const moved = moveTo(cursor, target)
      if (moved instanceof Promise) return moved.then(() => this.advance(target))
    }
    this.chunk = END
    for (const { chunk } of this.#lists) if (chunk < this.chunk) this.chunk = chunk
    return this.chunk
  }

  /** Reads where the group's words stand in the chunk. */
  async readPlaces(): Promise<void> {
    const found: { place: number; field: number }[] = []
    for (const { list, at, chunk } of this.#lists) {
      if (chunk !== this.chunk) continue
      const { positions, starts } = await list.positionsOf(at)
      let next = starts[at]!
      for (const [field, frequencies] of list.block.frequencies.entries()) {
        for (const end = next + frequencies[at]!; next < end; next++) {
          if (this.#allowed[field]) found.push({ place: positions[next]!, field })
        }
      }
    }
    found.sort((a, b) => a.place - b.place)
    this.places = found.map(({ place }) => place)
    this.fields = found.map(({ field }) => field)
  }
}

function moveTo(cursor: ListCursor, target: number): void | Promise<void> {
  const { block } = cursor.list
  if (cursor.chunk < 0 || block.chunks[block.size - 1]! < target) {
    const found = cursor.list.seek(target)
    return found instanceof Promise
      ? found.then(there => land(cursor, target, there))
      : land(cursor, target, found)
  }
  land(cursor, target, true, cursor.at)
}

/** Finds the target in the block the cursor has come to. */
function land(cursor: ListCursor, target: number, there: boolean, from = 0): void {
  const { chunks, size } = cursor.list.block
  cursor.at = from
  while (there && cursor.at < size && chunks[cursor.at]! < target) cursor.at++
  cursor.chunk = there && cursor.at < size ? chunks[cursor.at]! : END
}
