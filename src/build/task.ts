/** The parts of a build that threads do: what they are asked, and who does it. */
import type { FoundFile } from '../crawl/file.ts'
import type { ReadRules } from '../document/file-identity.ts'
import { compressBlocks } from '../segment/text-writer.ts'
import { type Batch, BatchReader } from './batch.ts'
import type { PackedLists } from './packed-lists.ts'
import { RangeEncoder, type RunSet, type TermRange } from './run-merge.ts'
import { RunStore, type RunStorePlan } from './run-store.ts'

/** Blocks of text, and the dictionary of their segment if it has one. */
export interface RawText {
  readonly blocks: readonly Uint8Array[]
  readonly dictionary: Uint8Array | undefined
}

/** What can be asked, and what it gives. */
export interface BuildTasks {
  /** Reads some files. */
  read(files: readonly FoundFile[]): Promise<Batch>
  /** Compresses blocks of text, each by itself. */
  deflate(text: RawText): Promise<Uint8Array[]>
  /** Encodes the postings of some terms; the runs are those that were last placed. */
  encode(range: TermRange): Promise<PackedLists>
}

/** A task with what it is about. */
export type TaskQuestion =
  | { readonly kind: 'read'; readonly argument: readonly FoundFile[] }
  | { readonly kind: 'deflate'; readonly argument: RawText }
  | { readonly kind: 'encode'; readonly argument: TermRange }

export type TaskAnswer = { readonly given: unknown } | { readonly thrown: unknown }

/** Does a task; what is thrown is an answer too. */
export async function answerOf(performer: Performer, question: TaskQuestion): Promise<TaskAnswer> {
  try {
    return { given: await perform(performer, question) }
  } catch (thrown) {
    return { thrown }
  }
}

function perform(performer: Performer, { kind, argument }: TaskQuestion): Promise<unknown> {
  if (kind === 'read') return performer.read(argument)
  if (kind === 'deflate') return performer.deflate(argument)
  return performer.encode(argument)
}

/** Does what is asked, in the thread it is in. */
export class Performer implements BuildTasks {
  readonly #store: RunStore
  /** What reads; none any more once runs are placed. */
  #reader: BatchReader | undefined
  readonly #beforeFile: (number: number) => Promise<void> | undefined
  #encoder: RangeEncoder | undefined

  constructor(
    rules: ReadRules,
    runs: RunStorePlan,
    beforeFile: (number: number) => Promise<void> | undefined,
  ) {
    this.#store = new RunStore(runs)
    this.#reader = new BatchReader(rules, this.#store)
    this.#beforeFile = beforeFile
  }

  read(files: readonly FoundFile[]): Promise<Batch> {
    return this.#reader!.read(files, this.#beforeFile)
  }

  async deflate({ blocks, dictionary }: RawText): Promise<Uint8Array[]> {
    return compressBlocks(blocks, dictionary)
  }

  /** From now on nothing is read: the words that the reader knows are let go of. */
  place(runs: RunSet): void {
    this.#encoder = new RangeEncoder(runs)
    this.#reader = undefined
    // Much that was needed for reading is garbage from one moment to the next; where an engine can be told so, it is.
    globalThis.gc?.()
  }

  async encode(range: TermRange): Promise<PackedLists> {
    return this.#encoder!.encode(range)
  }

  /** Lets go of the rows that wait on disk, and of all that was placed. Never throws. */
  close(): void {
    this.#encoder = undefined
    this.#store.drop()
  }
}
