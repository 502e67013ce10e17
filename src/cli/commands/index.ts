/** `glean index`: builds an index or brings it up to date, shows how far it is, and reports what came of it. */
import { buildIndex } from '../../build/build.ts'
import type { BuildReport } from '../../build/report.ts'
import { renderJson } from '../../render/json.ts'
import { renderReport } from '../../render/report.ts'
import { buildOptions } from '../build-options.ts'
import type { CommandContext } from '../context.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { has, wholeNumber } from '../typed.ts'

/** Files that could not be indexed are part of the report; they are no failure. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const { line, output } = context
  const report = await build(context)
  if (has(line, 'json')) await output.print(renderJson(report))
  else if (!output.quiet)
    await output.print(renderReport(report, { color: output.color, dryRun: has(line, 'dry-run') }))
  return EXIT.ok
}

async function build(context: CommandContext): Promise<BuildReport> {
  const { output, interrupt } = context
  const options = {
    ...buildOptions(context),
    rebuild: has(context.line, 'rebuild'),
    compact: has(context.line, 'compact'),
    dryRun: has(context.line, 'dry-run'),
    wait: 1000 * (wholeNumber(context.line, 'wait', 0) ?? 0),
  }
  const { signal } = interrupt
  const progress = output.showsProgress
    ? await (await import('../progress.ts')).showProgress(output.color)
    : undefined
  try {
    return await buildIndex({ ...options, signal, ...(progress && { onProgress: progress.update }) })
  } catch (thrown) {
    progress?.stop()
    if (signal.aborted) output.note('stopped; the index is as it was')
    throw thrown
  } finally {
    progress?.stop()
  }
}
