/**
 * The survey of an index's sources, held for as long as it may be taken to be true: for a moment in any case, for which a
 * person could not tell the difference, and longer where the system tells that nothing has been touched since.
 */
import type { TreeWatch } from '../freshness/tree-watch.ts'
import type { GroundedSurvey, Survey } from './survey.ts'

/**
 * Milliseconds for which the sources need not be looked at again as a whole; longer where looking takes long: so many
 * times what it took.
 */
const MOMENT = 1000
const SHARE = 10

/** Milliseconds for which a survey is held where nothing is told: of a few things nothing ever is (tree-watch.ts). */
const QUIET = 5000

interface Held {
  readonly survey: Promise<Survey>
  /** Times by `performance.now()`: until when it holds in any case, and as long as its folders are untouched. */
  readonly until: number
  readonly quietUntil: number
}

export class HeldSurvey {
  readonly #root: string | undefined
  #held: Held | undefined
  /** None before the second survey: who asks once does not wait for it. */
  #watch: TreeWatch | undefined
  #isClosed = false

  /** `root` is the absolute root of the sources; undefined where the index changes too while it is open. */
  constructor(root: string | undefined) {
    this.#root = root
  }

  /** The survey as it is now; `look` makes one. */
  async current(look: () => Promise<GroundedSurvey>): Promise<Survey> {
    const before = this.#held
    if (before && (await this.#holds(before))) return before.survey
    // Who asked meanwhile has begun another.
    const held = this.#held === before ? this.#begin(look) : this.#held!
    return held.survey
  }

  close(): void {
    this.#isClosed = true
    this.#watch?.close()
  }

  async #holds({ until, quietUntil }: Held): Promise<boolean> {
    const now = performance.now()
    return now < until || (now < quietUntil && (await this.#watch!.isUntouched()))
  }

  #begin(look: () => Promise<GroundedSurvey>): Held {
    const began = performance.now()
    const survey =
      this.#held && this.#root !== undefined
        ? this.#watched(this.#root, look)
        : look().then(survey => ({ survey, isWatched: false }))
    const held = { survey: survey.then(looked => looked.survey), until: began + MOMENT, quietUntil: 0 }
    survey.then(
      ({ isWatched }) => {
        const share = SHARE * (performance.now() - began)
        held.until = began + Math.max(MOMENT, share)
        if (isWatched) held.quietUntil = began + Math.max(QUIET, share)
      },
      () => {},
    )
    this.#held = held
    return held
  }

  /** A survey of folders that are watched meanwhile, and whether all of them were. */
  async #watched(
    root: string,
    look: () => Promise<GroundedSurvey>,
  ): Promise<{ survey: GroundedSurvey; isWatched: boolean }> {
    const { TreeWatch } = await import('../freshness/tree-watch.ts')
    this.#watch ??= new TreeWatch(root)
    this.#watch.begin()
    const survey = await look()
    return { survey, isWatched: !this.#isClosed && this.#watch.covers(survey.grounds) }
  }
}
