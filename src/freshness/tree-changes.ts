/**
 * What has changed in the sources since they were indexed: the files that are there now, held against the list of
 * documents. Files that look as they did when they were read are taken to hold what they held; where there is a doubt,
 * their bytes are hashed.
 */
import type { FoundFile, LeftOut } from '../crawl/file.ts'
import { type ReadRules, readIdentity } from '../document/file-identity.ts'
import type { ListedDocument } from '../segment/document-list.ts'
import type { CachedFile, FileOutcome, StatCache } from './stat-cache.ts'

/** What there is to compare. */
export interface Comparison {
  /** In order of path. */
  readonly files: readonly FoundFile[]
  /** In order of path. */
  readonly listed: AsyncIterable<ListedDocument> | Iterable<ListedDocument>
  readonly cache: StatCache
  readonly rules: ReadRules
  /** Whether a file that looks as it did holds what it held; true where left out. */
  readonly trustsStamps?: boolean | undefined
  /** Documents whose content is to be read again, whatever the files say. */
  readonly distrusted?: ((document: ListedDocument) => boolean) | undefined
  /** Called for every file: lets others have their turn, and throws where the caller has asked to stop. */
  readonly turn?: ((number: number) => Promise<void> | undefined) | undefined
}

export interface TreeChanges {
  /** Documents whose files are as they were. */
  readonly same: ListedDocument[]
  /** Files that are listed and hold something else now, their documents, and files that are not listed. */
  readonly changed: FoundFile[]
  readonly replaced: ListedDocument[]
  readonly added: FoundFile[]
  /** Documents whose files are no longer there. */
  readonly gone: ListedDocument[]
  /** Files that were left out when they were read, and look as they did. */
  readonly leftOut: LeftOut[]
  /** What is known by now of files that need not be read again, in order of path. */
  readonly known: CachedFile[]
  /** Whether the bytes of any file had to be hashed. */
  readonly hashed: boolean
}

/** Compares. Throws only what `turn` throws. */
export async function compareTree(comparison: Comparison): Promise<TreeChanges> {
  const { files, listed, turn } = comparison
  const changes = new Changes(comparison)
  let number = 0
  for await (const document of listed) {
    for (; number < files.length && files[number]!.path < document.path; number++) {
      changes.unlisted(files[number]!)
      await turn?.(number)
    }
    if (files[number]?.path === document.path) {
      changes.both(files[number]!, document)
      number++
      await turn?.(number)
    } else changes.gone.push(document)
  }
  for (; number < files.length; number++) {
    changes.unlisted(files[number]!)
    await turn?.(number)
  }
  return changes
}

class Changes implements TreeChanges {
  readonly same: ListedDocument[] = []
  readonly changed: FoundFile[] = []
  readonly replaced: ListedDocument[] = []
  readonly added: FoundFile[] = []
  readonly gone: ListedDocument[] = []
  readonly leftOut: LeftOut[] = []
  readonly known: CachedFile[] = []
  hashed = false
  readonly #comparison: Comparison

  constructor(comparison: Comparison) {
    this.#comparison = comparison
  }

  /** A file that the index has no document of. */
  unlisted(file: FoundFile): void {
    const outcome = this.#comparison.cache.outcomeOf(file)
    if (outcome && 'reason' in outcome) {
      this.leftOut.push({ path: file.path, ...outcome })
      this.#note(file, outcome)
    } else this.added.push(file)
  }

  /** A file that the index has a document of. */
  both(file: FoundFile, document: ListedDocument): void {
    const { cache, trustsStamps = true } = this.#comparison
    const outcome = trustsStamps ? cache.outcomeOf(file) : undefined
    const hash = outcome && 'hash' in outcome ? outcome.hash : this.#hashOf(file, document)
    if (hash === document.hash && !this.#comparison.distrusted?.(document)) {
      this.same.push(document)
      this.#note(file, { hash })
    } else {
      this.changed.push(file)
      this.replaced.push(document)
    }
  }

  /** The hash of the bytes of a file that may hold the document; undefined where its size tells that it does not. */
  #hashOf(file: FoundFile, { size }: ListedDocument): string | undefined {
    if (file.size !== size) return undefined
    this.hashed = true
    const identity = readIdentity(file, this.#comparison.rules)
    return 'reason' in identity ? undefined : identity.hash
  }

  #note({ path, stamp }: FoundFile, outcome: FileOutcome): void {
    this.known.push({ path, stamp, outcome })
  }
}
