/**
 * A connection to a server that speaks SphinxQL, over the protocol of MySQL. Made when it is first needed, and made anew
 * after a failure; statements take turns. Whatever is sent was put together by sql.ts: there is no other way in.
 */
import type { Connection as MysqlConnection, QueryError } from 'mysql2'
import { GleanError, messageOf } from '../errors.ts'
import { type Endpoint, shownEndpoint } from './address.ts'

/** A row: every value as text, or null. */
export type Row = Readonly<Record<string, string>>

export class Connection {
  readonly endpoint: Endpoint
  readonly #timeout: number
  #connecting: Promise<MysqlConnection> | undefined

  /** `timeout` is in milliseconds: for connecting, and for each answer. */
  constructor(endpoint: Endpoint, timeout: number) {
    this.endpoint = endpoint
    this.#timeout = timeout
  }

  /**
   * Runs statements one after the other, all sent at once; gives the rows of each. Several may be SELECT and SHOW META
   * only. Throws `unreachable` where the server does not answer in time, `io` where it refuses.
   */
  async query(statements: readonly string[]): Promise<Row[][]> {
    const connection = await this.#connected()
    const sql = statements.join(';\n')
    const rows = await new Promise<unknown>((resolve, reject) => {
      const done = (error: QueryError | null, result: unknown): void =>
        error ? reject(this.#failure(error)) : resolve(result)
      connection.query({ sql, timeout: this.#timeout }, done)
    })
    if (statements.length === 1) return [Array.isArray(rows) ? (rows as Row[]) : []]
    return rows as Row[][]
  }

  /** Runs one statement that changes something; gives how many rows it touched. Throws like {@link query}. */
  async change(statement: string): Promise<void> {
    await this.query([statement])
  }

  close(): void {
    const connecting = this.#connecting
    this.#connecting = undefined
    connecting?.then(
      connection => connection.destroy(),
      () => {},
    )
  }

  #connected(): Promise<MysqlConnection> {
    this.#connecting ??= this.#connect()
    return this.#connecting
  }

  async #connect(): Promise<MysqlConnection> {
    const { default: mysql } = await import('mysql2')
    const { host, port } = this.endpoint
    const connection = mysql.createConnection({
      host,
      port,
      connectTimeout: this.#timeout,
      multipleStatements: true,
      // No code is made from a server's answer.
      disableEval: true,
      // The server calls its UTF-8 by the name of another character set.
      typeCast: field => field.buffer()?.toString('utf8') ?? null,
    })
    // What fails between two statements fails again with the next.
    connection.on('error', () => this.close())
    return new Promise((resolve, reject) => {
      connection.connect(error => {
        if (!error) return resolve(connection)
        connection.destroy()
        reject(this.#failure(error))
      })
    })
  }

  /** What the server says, it refuses; anything else means that it cannot be reached, or that nothing more can be read. */
  #failure(error: QueryError): GleanError {
    const where = shownEndpoint(this.endpoint)
    if (error.errno !== undefined && error.sqlState !== undefined)
      return new GleanError(
        'io',
        `the search engine at ${where} refused: ${messageOf(error).replaceAll('\0', '').trim()}`,
        {
          cause: error,
        },
      )
    this.close()
    return new GleanError(
      'unreachable',
      `the search engine at ${where} does not answer: ${reasonOf(error)}; is it running, and reachable from here?`,
      { cause: error },
    )
  }
}

function reasonOf(error: QueryError): string {
  if (error.code === 'PROTOCOL_SEQUENCE_TIMEOUT') return 'timed out'
  // Of a host with several addresses the system's error has no message.
  return messageOf(error) || error.code || 'no reason given'
}
