/** `glean serve`: the search page and the HTTP API over an index, until it is stopped; with `--watch` it is kept fresh. */
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import type { IndexWatch } from '../../build/watch.ts'
import { isCluster } from '../../cluster/address.ts'
import { openIndex } from '../../cluster/open.ts'
import { GleanError, messageOf } from '../../errors.ts'
import { safeLine } from '../../render/safe-text.ts'
import { isUrl } from '../../search/open.ts'
import { isLoopback, type RunningServer, startServer } from '../../serve/server.ts'
import type { CommandContext } from '../context.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { findIndex } from '../index-location.ts'
import { has, list, mustHaveWords, text, wholeNumber } from '../typed.ts'
import { version } from '../version.ts'

const DEFAULT_PORT = 7700
const DEFAULT_TIMEOUT = 10_000

/** More threads than this do not help one machine's clients, and each has its caches. */
const MOST_THREADS = 4

/** Milliseconds between two words to pages of how far an update is. */
const GLANCE = 250

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
  if (has(line, 'watch') && isUrl(index))
    throw new GleanError('usage', `--watch keeps an index on this machine fresh, not ${index}`)
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
  const note = (words: string): void => output.note(safeLine(words))
  const watch = has(line, 'watch')
    ? await watchFor(server, isCluster(index) ? index : resolve(cwd, index), note)
    : undefined
  output.note(`serving${watch ? ' and watching for changes' : ''}; Ctrl-C ends it`)
  await untilStopped(interrupt.signal)
  await watch?.close()
  await server.close()
  return EXIT.ok
}

/** Keeps the index fresh, and tells the pages how that goes. */
async function watchFor(
  server: RunningServer,
  index: string,
  note: (words: string) => void,
): Promise<IndexWatch> {
  const { watchIndex } = await import('../../cluster/build.ts')
  let told = Number.NEGATIVE_INFINITY
  const tellProblem = (thrown: unknown): void => {
    const message = messageOf(thrown)
    note(message)
    server.tell('problem', { message })
  }
  const watch = watchIndex({
    index,
    onProgress: ({ phase, files, totalFiles, bytes, totalBytes }) => {
      if (performance.now() - told < GLANCE) return
      told = performance.now()
      server.tell('progress', { phase, files, totalFiles, bytes, totalBytes })
    },
    onUpdate: ({ documents, changes, changed, tookMs }) =>
      server.tell('update', { documents, changes, changed, tookMs }),
    onProblem: tellProblem,
    onPolling: reason =>
      note(`the system does not tell of changes (${reason}): looking every few seconds instead`),
  })
  watch.ready.catch(tellProblem)
  return watch
}

function untilStopped(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
