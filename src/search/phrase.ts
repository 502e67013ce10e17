/**
 * The postings of a phrase: the chunks in which the words of its groups stand one after the other, and how often. The
 * lists are walked together, rarest first, and positions are read only of chunks that all groups have.
 */
import { END, type PostingList } from '../segment/posting-list.ts'
import { FIELDS } from '../text/field.ts'
import { MemoryPostings } from './postings.ts'

/** A place in a chunk: the token's ordinal, and the field it stands in. */
interface Place {
  readonly position: number
  readonly field: number
}

/**
 * Postings of the phrase whose n-th word is any of the terms of `groups[n]`. An occurrence counts for the field of
 * its first word; `fields` says which fields any of its words may stand in.
 */
export async function phrasePostings(
  groups: readonly (readonly PostingList[])[],
  fields: readonly boolean[],
): Promise<MemoryPostings> {
  const postings = new MemoryPostings()
  if (groups.some(lists => lists.length === 0)) return postings
  const cursors = groups.map(lists => new GroupCursor(lists, fields))
  const byFrequency = cursors.toSorted((a, b) => a.estimate - b.estimate)
  for (let chunk = await agreed(byFrequency, 0); chunk < END; chunk = await agreed(byFrequency, chunk + 1)) {
    const starts = await occurrences(cursors)
    if (starts.length === 0) continue
    const frequencies = FIELDS.map(() => 0)
    for (const { field } of starts) frequencies[field]!++
    postings.push(chunk, cursors[0]!.length, frequencies)
  }
  return postings
}

/** The first chunk from `from` on that all cursors have; they all stand at it afterwards. */
async function agreed(cursors: readonly GroupCursor[], from: number): Promise<number> {
  let candidate = from
  for (let number = 0; number < cursors.length && candidate < END; ) {
    const chunk = await cursors[number]!.advance(candidate)
    if (chunk === candidate) number++
    else {
      candidate = chunk
      number = cursors[0]!.chunk === chunk ? 1 : 0
    }
  }
  return candidate
}

/** Places where the first word stands and the others follow. */
async function occurrences(cursors: readonly GroupCursor[]): Promise<Place[]> {
  let starts = await cursors[0]!.places()
  for (let number = 1; number < cursors.length && starts.length > 0; number++) {
    const following = new Set((await cursors[number]!.places()).map(place => place.position - number))
    starts = starts.filter(place => following.has(place.position))
  }
  return starts
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
  readonly #lists: ListCursor[]
  readonly #fields: readonly boolean[]

  constructor(lists: readonly PostingList[], fields: readonly boolean[]) {
    this.#lists = lists.map(list => ({ list, at: 0, chunk: -1 }))
    this.#fields = fields
    this.estimate = lists.reduce((sum, list) => sum + list.documentFrequency, 0)
  }

  /** Length code of the chunk it stands at. */
  get length(): number {
    const cursor = this.#lists.find(({ chunk }) => chunk === this.chunk)!
    return cursor.list.block.lengths[cursor.at]!
  }

  /** Moves to the first chunk that is not before `target`. */
  async advance(target: number): Promise<number> {
    this.chunk = END
    for (const cursor of this.#lists) {
      if (cursor.chunk < target) await moveTo(cursor, target)
      if (cursor.chunk < this.chunk) this.chunk = cursor.chunk
    }
    return this.chunk
  }

  /** Places of the group's words in the chunk it stands at, ascending. */
  async places(): Promise<Place[]> {
    const places: Place[] = []
    for (const { list, at, chunk } of this.#lists) {
      if (chunk !== this.chunk) continue
      const { positions, starts } = await list.positions()
      let next = starts[at]!
      for (const [field, frequencies] of list.block.frequencies.entries()) {
        for (const end = next + frequencies[at]!; next < end; next++) {
          if (this.#fields[field]) places.push({ position: positions[next]!, field })
        }
      }
    }
    return places.sort((a, b) => a.position - b.position)
  }
}

async function moveTo(cursor: ListCursor, target: number): Promise<void> {
  const { list } = cursor
  const { block } = list
  if (cursor.chunk < 0 || block.chunks[block.size - 1]! < target) {
    const found = list.seek(target)
    if (!(found instanceof Promise ? await found : found)) {
      cursor.chunk = END
      return
    }
    cursor.at = 0
  }
  while (cursor.at < block.size && block.chunks[cursor.at]! < target) cursor.at++
  cursor.chunk = cursor.at < block.size ? block.chunks[cursor.at]! : END
}
