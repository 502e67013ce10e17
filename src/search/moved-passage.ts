/**
 * Finds passages again in a file that has changed since it was indexed. Loaded only then: it takes the file apart as
 * building does, once for all passages of an answer.
 */
import type { Document } from '../document/document.ts'
import { type Position, positionAt } from '../document/marks.ts'
import { chunkHash } from '../segment/chunk-hash.ts'
import { countTokens } from '../text/analyzer.ts'
import { cutChunks } from '../text/chunk.ts'
import { lineAndColumn } from '../text/lines.ts'

/** A passage as a file has it. */
export interface FoundPassage {
  readonly text: string
  /** Place of its first character in the file's text, in UTF-16 units. */
  readonly start: number
  readonly startLine: number
  readonly endLine: number
  /** 1-based, in UTF-16 units. */
  readonly column: number
  readonly trail: readonly string[]
  /** Where a 1-based line of it is. */
  positionAt(line: number): Position | undefined
}

/** What is looked for. */
export interface Wanted {
  /** Hash of the passage as it was indexed. */
  readonly hash: string
  /** Its first line then, 1-based. */
  readonly line: number
  /** What a passage must say that would answer the query as well. */
  readonly question: Question
  /** Whether the passage that begins at a place is another hit already. */
  taken(start: number): boolean
}

/** What is asked of a passage's text. `name` tells it from the other questions of an answer. */
export interface Question {
  readonly name: string
  isAnsweredBy(text: string): boolean
}

/** A passage, with the hash of its text. */
interface HashedPassage extends FoundPassage {
  readonly hash: string
}

/** The passages of a file as it is now. */
export class PassagesNow {
  readonly #passages: readonly HashedPassage[]
  readonly #byHash = new Map<string, HashedPassage[]>()
  /** The passages that answer a question. Many hits ask the same one. */
  readonly #answers = new Map<string, readonly HashedPassage[]>()

  constructor(document: Document) {
    this.#passages = passagesOf(document)
    for (const passage of this.#passages) {
      const same = this.#byHash.get(passage.hash)
      if (same) same.push(passage)
      else this.#byHash.set(passage.hash, [passage])
    }
  }

  /** The first passage of that hash, else the one nearest to its line that answers; undefined without one. */
  find({ hash, line, question, taken }: Wanted): FoundPassage | undefined {
    const same = this.#byHash.get(hash)?.find(({ start }) => !taken(start))
    if (same) return same
    let best: FoundPassage | undefined
    for (const passage of this.#answering(question)) {
      if (taken(passage.start)) continue
      if (!best || Math.abs(passage.startLine - line) < Math.abs(best.startLine - line)) best = passage
    }
    return best
  }

  #answering(question: Question): readonly HashedPassage[] {
    const known = this.#answers.get(question.name)
    if (known) return known
    const answers = this.#passages.filter(({ text }) => question.isAnsweredBy(text))
    this.#answers.set(question.name, answers)
    return answers
  }
}

function passagesOf(document: Document): HashedPassage[] {
  const { text, marks } = document
  return Array.from(cutChunks(document, countTokens), ({ start, end, startLine, endLine, trail }) => {
    const own = text.slice(start, end)
    return {
      text: own,
      hash: chunkHash(own),
      start,
      startLine,
      endLine,
      trail,
      // Of the few that are shown: in a file of one line it takes as long as all that stands before.
      get column() {
        return columnOf(text, start)
      },
      positionAt: (line: number) => positionAt(marks, line),
    }
  })
}

/** 1-based column of a place in its line. */
function columnOf(text: string, place: number): number {
  const lineBreak = Math.max(text.lastIndexOf('\n', place - 1), text.lastIndexOf('\r', place - 1))
  return place === 0 ? 1 : lineAndColumn(text.slice(lineBreak + 1, place), place - lineBreak - 1).column
}
