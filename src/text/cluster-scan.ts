/**
 * The analyzer's rule (analyzer.ts states it) for any characters: reads a text cluster by cluster and visits its
 * tokens. The analyzer sends here whatever is not plain ASCII.
 */
import {
  type CharacterClass,
  classOf,
  DIGIT,
  IGNORE,
  isApostrophe,
  isPoint,
  isWide,
  LETTER,
  MARK,
  NONE,
  SIGN,
} from './character.ts'
import { type Cluster, formOf, LOWERED, newCluster, REWRITTEN, readCluster } from './cluster.ts'

/** Receives one token. `term` may be a slice that keeps the whole text alive: copy what is to outlive it. */
export type TokenVisitor = (term: string, start: number, end: number) => void

/** UTF-16 units of a term at most; what is longer is cut into several tokens, never inside a cluster. */
export const TERM_LIMIT = 128

/** What may follow an apostrophe inside a token, up to the word's end. */
export const SUFFIXES: ReadonlySet<string> = new Set(['s', 't', 'd', 'm', 'll', 're', 've'])
const LONGEST_SUFFIX = 2

/** What parts words, whatever it stands for. */
function isSeparator(cluster: Cluster): boolean {
  return cluster.lead === NONE || cluster.lead === SIGN
}

/** One text being read, up to `end` (UTF-16 units). */
export class ClusterScan {
  /** Tokens visited since it was last set. */
  count = 0
  readonly #text: string
  readonly #end: number
  readonly #visit: TokenVisitor
  readonly #cluster = newCluster()
  readonly #ahead = newCluster()
  /** The open token: its extent, and the class of its last character that is no mark. */
  #open = false
  #start = 0
  #stop = 0
  #last: CharacterClass = NONE
  /** Its term; not used as long as the term can be sliced from the text (and lower-cased). */
  #term = ''
  #sliced = true
  #lowered = false

  constructor(text: string, end: number, visit: TokenVisitor) {
    this.#text = text
    this.#end = end
    this.#visit = visit
  }

  /**
   * Reads from `from`, where no token is open, until one ends before an ASCII character, and returns where that is. Ends
   * early once `limit` tokens were visited.
   */
  read(from: number, limit: number): number {
    const text = this.#text
    const end = this.#end
    const cluster = this.#cluster
    let at = from
    while (at < end && (this.#open || at === from || text.charCodeAt(at) >= 128) && this.count < limit) {
      readCluster(text, at, end, cluster)
      if (isSeparator(cluster)) {
        if (!this.#join(at)) this.#setApart(at)
      } else if (cluster.inWord) this.#append(at)
      else this.#setApart(at)
      at = cluster.end
    }
    this.#close()
    return at
  }

  /**
   * Adds the cluster to the open token, or opens one with it. A term that would grow too long is cut before it. Marks and
   * joiners with no letter before them in their cluster (stray ones, and the end of a very long pile) add nothing.
   */
  #append(at: number): void {
    const cluster = this.#cluster
    if (cluster.first !== LETTER && cluster.first !== DIGIT) return
    const rewritten = cluster.change === REWRITTEN
    const length = rewritten ? cluster.form.length : cluster.end - at
    if (this.#open && this.#length() + length > TERM_LIMIT) this.#close()
    if (!this.#open) {
      this.#open = true
      this.#start = at
      this.#stop = at
      this.#sliced = true
      this.#lowered = false
    }
    if (this.#sliced && at === this.#stop && !rewritten) this.#lowered ||= cluster.change === LOWERED
    else this.#extend(formOf(this.#text, at, cluster))
    this.#stop = cluster.end
    this.#last = cluster.last
  }

  /** Ends the open token and makes tokens of the cluster by itself, all of its extent. */
  #setApart(at: number): void {
    this.#close()
    const cluster = this.#cluster
    if (cluster.lead === NONE) return
    let term = ''
    let isWord = false
    for (const sign of formOf(this.#text, at, cluster)) {
      const value = classOf(sign.codePointAt(0)!)
      if (value === MARK) {
        if (term !== '') term += sign
        continue
      }
      const inWord = value === LETTER || value === DIGIT
      if (!(inWord && isWord)) {
        this.#emit(term, at, cluster.end)
        term = ''
      }
      isWord = inWord
      if (value !== NONE && value !== SIGN && value !== IGNORE) term += sign
    }
    this.#emit(term, at, cluster.end)
  }

  /** Takes a point or an apostrophe into the open token where it is inside a word; says whether it did. */
  #join(at: number): boolean {
    if (!this.#open) return false
    const unit = this.#text.charCodeAt(at)
    if (isApostrophe(unit)) {
      if (!this.#suffixFollows(at + 1)) return false
    } else if (!(isPoint(unit) && this.#digitFollows(at))) return false
    if (unit >= 128 || !this.#sliced || at !== this.#stop) {
      this.#extend(isApostrophe(unit) ? "'" : formOf(this.#text, at, this.#cluster))
    }
    this.#stop = at + 1
    return true
  }

  /** Whether what follows, from `from` to the word's end, is a suffix that an apostrophe keeps, and has room. */
  #suffixFollows(from: number): boolean {
    if (this.#last !== LETTER) return false
    const ahead = this.#ahead
    let suffix = ''
    for (let at = from; at < this.#end && suffix.length <= LONGEST_SUFFIX; at = ahead.end) {
      readCluster(this.#text, at, this.#end, ahead)
      if (isSeparator(ahead) || !ahead.inWord) break
      suffix += formOf(this.#text, at, ahead)
    }
    return SUFFIXES.has(suffix) && this.#length() + 1 + suffix.length <= TERM_LIMIT
  }

  /** Whether a digit follows the point at `at`, and has room. A full-width point joins full-width digits alone. */
  #digitFollows(at: number): boolean {
    const next = at + 1
    if (this.#last !== DIGIT || next >= this.#end) return false
    if (isWide(this.#text.charCodeAt(at)) && !isWide(this.#text.charCodeAt(next))) return false
    const ahead = this.#ahead
    readCluster(this.#text, next, this.#end, ahead)
    if (isSeparator(ahead) || !ahead.inWord || ahead.first !== DIGIT) return false
    return this.#length() + 1 + formOf(this.#text, next, ahead).length <= TERM_LIMIT
  }

  #length(): number {
    return this.#sliced ? this.#stop - this.#start : this.#term.length
  }

  #extend(form: string): void {
    if (this.#sliced) this.#term = this.#slice()
    this.#sliced = false
    this.#term += form
  }

  #slice(): string {
    const raw = this.#text.slice(this.#start, this.#stop)
    return this.#lowered ? raw.toLowerCase() : raw
  }

  #close(): void {
    if (this.#open) this.#emit(this.#sliced ? this.#slice() : this.#term, this.#start, this.#stop)
    this.#open = false
  }

  #emit(term: string, start: number, end: number): void {
    if (term === '') return
    this.#visit(term, start, end)
    this.count++
  }
}
