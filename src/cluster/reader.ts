/**
 * Asks the cluster. The server that is asked only whispers when a shard does not answer: the rows of the others come as
 * though they were all, with a warning beside. Here that is heard: what was asked is asked once more, and then the answer
 * says which shards are missing from it.
 */
import { GleanError } from '../errors.ts'
import type { ClusterAddress } from './address.ts'
import { Connection, type Row } from './connection.ts'

export interface Answer {
  readonly rows: readonly Row[]
  /** Rows that match, whatever the limit. */
  readonly total: number
  /** Rows that have each of the words asked for. */
  readonly frequencies: ReadonlyMap<string, number>
  /** Servers that did not answer, as the one that was asked names them. */
  readonly silent: readonly string[]
}

/** Statements sent at once. */
const BATCH = 64

/** How often something is asked at the most; where shards have copies, and another one may answer. */
const TRIES = 2
const TRIES_WITH_COPIES = 4

export class ClusterReader {
  readonly address: ClusterAddress
  #tries = TRIES
  readonly #connection: Connection

  constructor(address: ClusterAddress) {
    this.address = address
    this.#connection = new Connection(address.reader, address.timeout)
  }

  /** Answers of some SELECTs. Throws `unreachable` where nothing answers at all, `io` where a statement is refused. */
  async askAll(selects: readonly string[]): Promise<Answer[]> {
    const answers: Answer[] = []
    for (let from = 0; from < selects.length; from += BATCH)
      answers.push(...(await this.#ask(selects.slice(from, from + BATCH))))
    return answers
  }

  async ask(select: string): Promise<Answer> {
    return (await this.askAll([select]))[0]!
  }

  /** To be told whether any shard has copies. */
  set hasCopies(copies: boolean) {
    this.#tries = copies ? TRIES_WITH_COPIES : TRIES
  }

  close(): void {
    this.#connection.close()
  }

  /**
   * Asks, and asks again what was answered in part: a connection that was kept may be to a server that has gone since,
   * and where shards have copies another one may answer.
   */
  async #ask(selects: readonly string[]): Promise<Answer[]> {
    let answers: Answer[] | undefined
    for (let left = this.#tries; ; left--) {
      try {
        answers = await this.#mended(selects, answers)
        if (left <= 1 || answers.every(isWhole)) return answers
      } catch (thrown) {
        if (!isSilence(thrown)) throw thrown
        if (left > 1) continue
        if (answers) return answers
        throw noAnswer(thrown)
      }
    }
  }

  /** The answers, those that were not whole asked for anew. */
  async #mended(selects: readonly string[], answers: readonly Answer[] = []): Promise<Answer[]> {
    const open = selects.filter((_, place) => !answers[place] || !isWhole(answers[place]))
    const fresh = await this.#askOnce(open)
    return selects.map((_, place) =>
      answers[place] && isWhole(answers[place]) ? answers[place] : fresh.shift()!,
    )
  }

  async #askOnce(selects: readonly string[]): Promise<Answer[]> {
    const results = await this.#connection.query(selects.flatMap(select => [select, 'SHOW META']))
    return selects.map((_, place) => answerOf(results[2 * place]!, results[2 * place + 1]!))
  }
}

function isWhole({ silent }: Answer): boolean {
  return silent.length === 0
}

/** What the server that is asked says where none of those behind it has answered, in our words. */
function noAnswer(thrown: unknown): unknown {
  if (!(thrown instanceof GleanError) || thrown.code === 'unreachable') return thrown
  return new GleanError(
    'unreachable',
    `none of the shards has answered in time: ${thrown.message}; see glean cluster status, or ask for less`,
    { cause: thrown },
  )
}

/** Whether a failure may be over by now: nothing answered, or none of the servers behind the one that was asked. */
function isSilence(thrown: unknown): boolean {
  return thrown instanceof GleanError && (thrown.code === 'unreachable' || AGENT_FAULT.test(thrown.message))
}

const AGENT_FAULT =
  /\bagent ([^\s:]+:\d+|[^\s:]+):.*\b(connect|timed out|timeout|receive|handshake|closed|failed|refused)/i

/** Rows, and what was said of them. */
export function answerOf(rows: readonly Row[], meta: readonly Row[]): Answer {
  const values = new Map(meta.map(row => [row.Variable_name!, row.Value!]))
  const frequencies = new Map<string, number>()
  for (const [name, word] of values) {
    const [, place] = /^keyword\[(\d+)\]$/.exec(name) ?? []
    if (place !== undefined) frequencies.set(word, Number(values.get(`docs[${place}]`) ?? 0))
  }
  const warnings = meta.filter(row => row.Variable_name === 'warning').map(row => row.Value!)
  return {
    rows,
    total: Number(values.get('total_found') ?? rows.length),
    frequencies,
    silent: [...new Set(warnings.flatMap(silentIn))],
  }
}

/** The servers a warning says have not answered; it may speak of other things than that. */
function silentIn(warning: string): string[] {
  return warning.split(/;\s*(?=index |agent )/).flatMap(part => AGENT_FAULT.exec(part)?.[1] ?? [])
}
