/** `glean mcp`: the index for agents, over standard input and output, or over HTTP beside the page and the API. */
import { openIndex } from '../../cluster/open.ts'
import type { CommandContext } from '../context.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { findIndex } from '../index-location.ts'
import { has, mustHaveWords, text } from '../typed.ts'
import { version } from '../version.ts'

export async function run(context: CommandContext): Promise<ExitCode> {
  const { line, output, interrupt, env, cwd } = context
  mustHaveWords(line, 0, 0)
  if (has(line, 'http')) return (await import('./serve.ts')).serve(context, { mcp: true })
  const location = await findIndex(text(line, 'index'), env, cwd)
  // What is wrong with it is told now, and not to the first who asks.
  await (await openIndex(location, { cwd })).close()
  const [{ serveStdio }, { mcpServer }, { outcomeOf }, { LiveIndex }] = await Promise.all([
    import('@modelcontextprotocol/server/stdio'),
    import('../../serve/mcp.ts'),
    import('../../serve/answer.ts'),
    import('../../serve/live-index.ts'),
  ])
  const live = new LiveIndex(location, cwd)
  const server = serveStdio(() => mcpServer(job => outcomeOf(job, live), version()))
  output.note('serving the Model Context Protocol on standard input and output')
  await ended(interrupt.signal)
  await server.close()
  await live.close()
  return EXIT.ok
}

/** Until the client hangs up, or the user stops it. */
function ended(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    process.stdin.once('end', resolve)
    process.stdin.once('close', resolve)
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
