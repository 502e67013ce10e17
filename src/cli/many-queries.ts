/**
 * Many queries in one run: one on each line of a file or of standard input, answered in turn as JSON Lines, each as soon
 * as it has come. A query that cannot be answered is an event like the others, and the next one is answered.
 */
import { createReadStream } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { GleanError, messageOf } from '../errors.ts'
import { renderJson } from '../render/json.ts'
import { hasFound } from '../search/found.ts'
import type { Index } from '../search/index.ts'
import { renderAnswer } from './answer.ts'
import { answerTo, type Request } from './commands/search.ts'
import type { CommandContext } from './context.ts'
import { EXIT, type ExitCode } from './exit-code.ts'

/** 0 where any query found something, 1 where none did, 2 where one could not be answered. */
export async function answerMany(index: Index, request: Request, context: CommandContext): Promise<ExitCode> {
  if (request.form !== 'jsonl' && request.form !== 'json') {
    throw new GleanError(
      'usage',
      `-f answers in JSON Lines: give --jsonl, --json or nothing; got ${request.form}`,
    )
  }
  if (request.query !== '') {
    throw new GleanError(
      'usage',
      `-f takes its queries from ${request.file}; leave out the words "${request.query}"`,
    )
  }
  let found = false
  let failed = false
  for await (const query of queriesOf(request.file!, context.cwd)) {
    try {
      const result = await answerTo(index, { ...request, query })
      found ||= hasFound(result)
      failed ||= result.partial !== undefined && !request.allowPartial
      if (!request.silent) await context.output.print(await renderAnswer(result, request, index, context))
    } catch (thrown) {
      if (!(thrown instanceof GleanError) || thrown.code !== 'usage') throw thrown
      failed = true
      const data = { query, code: thrown.code, message: thrown.message }
      await context.output.print(renderJson({ type: 'error', data }))
    }
  }
  if (failed) return EXIT.error
  return found ? EXIT.ok : EXIT.noHits
}

/** The lines of a file, without blank ones. Throws `not-found` or `io`. */
async function* queriesOf(file: string, cwd: string): AsyncGenerator<string> {
  const input = file === '-' ? process.stdin : createReadStream(resolve(cwd, file), 'utf8')
  const failure = new Promise<never>((_, reject) => {
    input.once('error', (error: NodeJS.ErrnoException) => {
      const code = error.code === 'ENOENT' ? 'not-found' : 'io'
      reject(
        new GleanError(
          code,
          `cannot read queries from ${file}: ${messageOf(error)}; name a file, or - for standard input`,
        ),
      )
    })
  })
  failure.catch(() => {})
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]()
  for (;;) {
    const { value, done } = await Promise.race([lines.next(), failure])
    if (done) return
    const query = value.replace(/^\ufeff/, '')
    if (query.trim() !== '') yield query
  }
}
