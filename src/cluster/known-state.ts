/**
 * How a cluster stood when it was last asked, and what was read of it since: asked again after a moment, and forgotten
 * once the cluster has another state.
 */
import { GleanError } from '../errors.ts'
import type { PartialAnswer } from '../search/result.ts'
import type { Dictionary } from '../segment/dictionary.ts'
import type { Manifest } from '../segment/manifest.ts'
import { ClusterDocuments } from './documents.ts'
import { clusterManifest } from './manifest.ts'
import { partialAnswer } from './partial.ts'
import type { ClusterReader } from './reader.ts'
import { askStates, type ClusterState } from './state.ts'

/** Milliseconds for which the state of the cluster need not be asked again. */
const MOMENT = 1000

export class KnownState {
  readonly #reader: ClusterReader
  #state: ClusterState
  #askedAt = performance.now()
  #manifest: Manifest
  #documents: ClusterDocuments
  #dictionary: Promise<Dictionary> | undefined

  /** `state` is that of the cluster a moment ago. */
  constructor(reader: ClusterReader, state: ClusterState) {
    this.#reader = reader
    this.#state = state
    this.#manifest = clusterManifest(state)
    this.#documents = new ClusterDocuments(reader)
  }

  get state(): ClusterState {
    return this.#state
  }

  get manifest(): Manifest {
    return this.#manifest
  }

  get documents(): ClusterDocuments {
    return this.#documents
  }

  /** The dictionary of all terms, which `read` reads where it is not known. */
  dictionary(read: () => Promise<Dictionary>): Promise<Dictionary> {
    this.#dictionary ??= read()
    return this.#dictionary
  }

  /** Asks how the cluster stands, unless that was a moment ago. Throws `no-index` where it holds nothing any more. */
  async refresh(): Promise<void> {
    if (performance.now() - this.#askedAt < MOMENT) return
    const state = await askStates(this.#reader)
    if (!state) throw new GleanError('no-index', `${this.#reader.address.location} holds nothing any more`)
    this.#askedAt = performance.now()
    const { latest, missing } = this.#state
    const isSame = state.latest.epoch === latest.epoch && state.missing.size === missing.size
    this.#state = state
    if (isSame) return
    this.#manifest = clusterManifest(state)
    this.#documents = new ClusterDocuments(this.#reader)
    this.#dictionary = undefined
  }

  /** What an answer lacks; undefined where nothing. `silent` are shards that just did not answer. */
  async lackingOf(silent: readonly string[]): Promise<PartialAnswer | undefined> {
    const all = [...silent, ...this.#documents.silent]
    if (all.length > 0) {
      // Something has gone since the state was asked.
      this.#askedAt = Number.NEGATIVE_INFINITY
      await this.refresh()
    }
    return partialAnswer(this.#state, all)
  }

  /** What an answer lacks that looks at documents alone. */
  get lacking(): PartialAnswer | undefined {
    return partialAnswer(this.#state, [...this.#documents.silent])
  }

  /** Throws `unreachable` where a shard is silent, and so what is not found may be there. */
  mustBeWhole(): void {
    const partial = this.lacking
    if (partial && partial.missing > 0)
      throw new GleanError(
        'unreachable',
        `shard ${partial.shards.join(', ')} of ${this.#reader.address.location} does not answer: ${Math.round(100 * partial.missing)} % of the documents cannot be looked at; see glean cluster status`,
      )
  }
}
