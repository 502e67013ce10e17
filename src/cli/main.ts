/**
 * The command `glean`: from the arguments to the exit code. Only here is it decided how a run ends. What is imported
 * here is what a search needs, and becomes one script with it (`cli/script.ts`); the other commands, yargs and the
 * renderers are loaded by whom they serve.
 */
import { run as runSearch } from './commands/search.ts'
import type { CommandContext, RunCommand } from './context.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import type { CommandName } from './flags.ts'
import { Interrupt } from './interrupt.ts'
import { Output } from './output.ts'
import { readPlainLine } from './plain-line.ts'
import { withSettings } from './settings.ts'
import type { Typed } from './typed.ts'

const LOAD: Record<CommandName, () => Promise<{ run: RunCommand }>> = {
  index: () => import('./commands/index.ts'),
  watch: () => import('./commands/watch.ts'),
  search: async () => ({ run: runSearch }),
  show: () => import('./commands/show.ts'),
  stats: () => import('./commands/stats.ts'),
  check: () => import('./commands/check.ts'),
  eval: () => import('./commands/eval.ts'),
  export: () => import('./commands/export.ts'),
  serve: () => import('./commands/serve.ts'),
  mcp: () => import('./commands/mcp.ts'),
  cluster: () => import('./commands/cluster.ts'),
  completion: () => import('./commands/completion.ts'),
}

const interrupt = new Interrupt(process)

/** Runs the command with its arguments; gives the code to exit with. */
export async function main(args: readonly string[]): Promise<ExitCode> {
  try {
    const typed = (await readPlainLine(args)) ?? (await readAny(args))
    if (typed === undefined) return EXIT.ok
    const line = await withSettings(typed, process.env, process.cwd())
    const { run } = await LOAD[line.command]()
    const exitCode = await run(contextOf(line))
    return interrupt.exitCode ?? exitCode
  } catch (thrown) {
    if (interrupt.exitCode !== undefined) return interrupt.exitCode
    const { failureLines } = await import('./failure.ts')
    process.stderr.write(failureLines(thrown, process.env, process.stderr.columns))
    return EXIT.error
  }
}

/** Any line but that of a plain search; undefined where help or the version was asked for and is printed. */
async function readAny(args: readonly string[]): Promise<Typed | undefined> {
  const { readWithYargs } = await import('./yargs.ts')
  const reading = await readWithYargs(args, process.stdout.columns)
  if ('line' in reading) return reading.line
  await new Output(process, undefined).print(reading.text)
  return undefined
}

function contextOf(line: Typed): CommandContext {
  const output = new Output(process, line)
  return { line, output, interrupt, env: process.env, cwd: process.cwd() }
}
