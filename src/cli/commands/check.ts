/** `glean check`: reads all of the index, holds it against its sources, and on request repairs what is damaged. */

import { repairIndex } from '../../check/repair.ts'
import type { CheckReport } from '../../check/report.ts'
import { isCluster } from '../../cluster/address.ts'
import { checkIndex } from '../../cluster/check.ts'
import { GleanError } from '../../errors.ts'
import { renderCheck } from '../../render/check.ts'
import { renderJson } from '../../render/json.ts'
import { renderProgress } from '../../render/progress.ts'
import type { CommandContext } from '../context.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { findIndex } from '../index-location.ts'
import { setupOf } from '../setup.ts'
import { has, mustHaveWords, text } from '../typed.ts'

const CODES = { sound: EXIT.ok, stale: EXIT.outOfDate, damaged: EXIT.error } as const

export async function run(context: CommandContext): Promise<ExitCode> {
  const { line, output, env, cwd } = context
  mustHaveWords(line, 0, 0)
  const report = await check(context)
  const setup = setupOf(line, env, cwd)
  if (has(line, 'json')) await output.print(renderJson({ ...report, setup }))
  else if (!output.quiet) {
    const width = output.isTerminal ? output.width : undefined
    await output.print(renderCheck(report, setup, { color: output.color, width }))
  }
  return CODES[report.state]
}

async function check({ line, output, interrupt, env, cwd }: CommandContext): Promise<CheckReport> {
  const index = await findIndex(text(line, 'index'), env, cwd)
  const { signal } = interrupt
  const progress = output.showsProgress
    ? await (await import('../progress.ts')).showText(output.color)
    : undefined
  const onCheck = ({ file }: { file: string }) => progress?.update(`Reading ${file}`)
  const began = performance.now()
  try {
    if (has(line, 'repair') && isCluster(index))
      throw new GleanError(
        'usage',
        'a cluster is repaired by glean index: it brings up to date what lacks something',
      )
    if (!has(line, 'repair')) return await checkIndex({ index, cwd, signal, onProgress: onCheck })
    return await repairIndex({
      index,
      cwd,
      signal,
      onCheck,
      onProgress: build =>
        progress?.update(
          renderProgress(build, { elapsed: performance.now() - began }, process.stderr.columns - 3),
        ),
    })
  } finally {
    progress?.stop()
  }
}
