/** `glean serve`: the search page and the HTTP API over an index, until it is stopped. */
import { availableParallelism } from 'node:os'
import { openIndex } from '../../cluster/open.ts'
import { GleanError } from '../../errors.ts'
import { isLoopback, startServer } from '../../serve/server.ts'
import type { CommandContext } from '../context.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { findIndex } from '../index-location.ts'
import { list, mustHaveWords, text, wholeNumber } from '../typed.ts'
import { version } from '../version.ts'

const DEFAULT_PORT = 7700
const DEFAULT_TIMEOUT = 10_000

/** More threads than this do not help one machine's clients, and each has its caches. */
const MOST_THREADS = 4

export function run(context: CommandContext): Promise<ExitCode> {
  return serve(context, { mcp: false })
}

/** Serves until it is stopped; `mcp` asks for the protocol of agents besides. */
export async function serve(
  { line, output, interrupt, env, cwd }: CommandContext,
  { mcp }: { readonly mcp: boolean },
): Promise<ExitCode> {
  mustHaveWords(line, 0, 0)
  const index = await findIndex(text(line, 'index'), env, cwd)
  // What is wrong with it is told now, and not to the first who asks.
  await (await openIndex(index, { cwd })).close()
  const host = text(line, 'host') ?? '127.0.0.1'
  const port = wholeNumber(line, 'port', 0) ?? DEFAULT_PORT
  if (port > 65_535) throw new GleanError('usage', `--port takes a number up to 65535; got ${port}`)
  const token = text(line, 'token') ?? (env.GLEAN_TOKEN || undefined)
  const server = await startServer({
    index,
    cwd,
    host,
    port,
    token,
    names: list(line, 'allow-host') ?? [],
    threads: Math.min(availableParallelism(), MOST_THREADS),
    timeout: wholeNumber(line, 'timeout', 1) ?? DEFAULT_TIMEOUT,
    version: version(),
    mcp,
  })
  if (!isLoopback(host) && token === undefined)
    output.note(`whoever can reach ${host} can read the index; --token SECRET asks for more`)
  await output.print(`${server.url}${mcp ? 'mcp' : ''}\n`)
  output.note('serving; Ctrl-C ends it')
  await untilStopped(interrupt.signal)
  await server.close()
  return EXIT.ok
}

function untilStopped(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
