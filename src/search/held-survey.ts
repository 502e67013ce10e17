/**
 * The survey of an index's sources, held for as long as it may be taken to be true. Where the system tells what is touched,
 * until it does, for some seconds at the most; elsewhere for a moment, for which a person could not tell the difference.
 */
import type { TreeWatch } from '../freshness/tree-watch.ts'
import type { GroundedSurvey, Survey } from './survey.ts'

/**
 * Milliseconds for which the sources need not be looked at again as a whole, where it tells nothing; longer where looking
 * takes long: so many times what it took.
 */
const MOMENT = 1000
const SHARE = 10

/** Milliseconds for which a survey is held where nothing was told: of a few things nothing ever is (tree-watch.ts). */
const QUIET = 5000

/**
 * Where it tells of a change they are looked at again at once; but in a tree in which something is always written, no more
 * than half of the time goes by with looking.
 */
const SHARE_WHERE_TOLD = 2

/** What became of a look. */
interface Looked {
  readonly survey: GroundedSurvey
  /** Whether all that was seen was watched meanwhile, and whether a change will be told from now on. */
  readonly isCovered: boolean
  readonly isWatched: boolean
}

interface Held {
  readonly survey: Promise<Survey>
  /** Whether a change since it was made would have been told. */
  isWatched: boolean
  /** Times by `performance.now()`: until when it holds in any case, and until when as long as no change is told. */
  heldUntil: number
  until: number
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

  async #holds({ isWatched, heldUntil, until }: Held): Promise<boolean> {
    const now = performance.now()
    return now < heldUntil || (now < until && (!isWatched || (await this.#watch!.isUntouched())))
  }

  #begin(look: () => Promise<GroundedSurvey>): Held {
    const began = performance.now()
    const looked =
      this.#held && this.#root !== undefined
        ? this.#watched(this.#root, look)
        : look().then(survey => ({ survey, isCovered: false, isWatched: false }))
    const until = began + MOMENT
    const held = {
      survey: looked.then(({ survey }) => survey),
      isWatched: false,
      heldUntil: until,
      until,
    }
    const end = ({ isCovered, isWatched }: Pick<Looked, 'isCovered' | 'isWatched'>): void => {
      const took = performance.now() - began
      held.isWatched = isWatched
      held.heldUntil = began + SHARE_WHERE_TOLD * took
      held.until = began + Math.max(isCovered ? QUIET : MOMENT, SHARE * took)
    }
    looked.then(end, () => end({ isCovered: false, isWatched: false }))
    this.#held = held
    return held
  }

  /** A survey of folders that are watched meanwhile, and from then on. */
  async #watched(root: string, look: () => Promise<GroundedSurvey>): Promise<Looked> {
    const { TreeWatch } = await import('../freshness/tree-watch.ts')
    this.#watch ??= new TreeWatch(root)
    this.#watch.begin()
    const survey = await look()
    const isCovered = !this.#isClosed && this.#watch.covers(survey.grounds)
    return { survey, isCovered, isWatched: !this.#isClosed && this.#watch.tells }
  }
}
