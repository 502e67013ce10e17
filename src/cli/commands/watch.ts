/** `glean watch`: keeps an index fresh until it is told to stop, and says what each update did. */
import { watchIndex } from '../../cluster/build.ts'
import { messageOf } from '../../errors.ts'
import { renderJson } from '../../render/json.ts'
import { safeLine } from '../../render/safe-text.ts'
import { renderUpdate } from '../../render/update.ts'
import { setEngineForBuild } from '../build-engine.ts'
import { buildOptions } from '../build-options.ts'
import type { CommandContext } from '../context.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { has } from '../typed.ts'

/** Ends by a signal only, or where the first update fails. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const { line, output, interrupt } = context
  const { signal } = interrupt
  setEngineForBuild()
  const progress = output.showsProgress
    ? await (await import('../progress.ts')).showProgress(output.color)
    : undefined
  const watch = watchIndex({
    ...buildOptions(context),
    ...(progress && { onProgress: progress.update }),
    onUpdate: report => {
      progress?.stop()
      if (has(line, 'json')) void output.print(renderJson(report))
      output.note(renderUpdate(report, new Date()))
    },
    onProblem: thrown => output.note(safeLine(messageOf(thrown))),
    onPolling: reason =>
      output.note(
        safeLine(`the system does not tell of changes (${reason}): looking every few seconds instead`),
      ),
  })
  const stopped = new Promise(resolve => signal.addEventListener('abort', resolve))
  try {
    await Promise.race([watch.ready, stopped])
    if (!signal.aborted) output.note('watching for changes; Ctrl-C ends it')
    await stopped
  } finally {
    progress?.stop()
    await watch.close()
  }
  return EXIT.ok
}
