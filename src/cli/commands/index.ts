/** `glean index`: builds an index or brings it up to date, shows how far it is, and reports what came of it. */
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import type { BuildOptions } from '../../build/plan.ts'
import type { BuildReport } from '../../build/report.ts'
import { isCluster } from '../../cluster/address.ts'
import { buildIndex } from '../../cluster/build.ts'
import { GleanError } from '../../errors.ts'
import { renderJson } from '../../render/json.ts'
import { renderReport } from '../../render/report.ts'
import { MANIFEST } from '../../segment/manifest.ts'
import { setEngineForBuild, setEngineForBytes } from '../build-engine.ts'
import { buildOptions } from '../build-options.ts'
import type { CommandContext } from '../context.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { has, wholeNumber } from '../typed.ts'

/** Files that could not be indexed are part of the report; they are no failure. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const { line, output } = context
  setEngineForBuild()
  const report = line.words.includes('-') ? await buildOfRecords(context) : await build(context)
  if (has(line, 'json')) await output.print(renderJson(report))
  else if (!output.quiet)
    await output.print(
      renderReport(report, {
        color: output.color,
        dryRun: has(line, 'dry-run'),
        width: output.isTerminal ? output.width : undefined,
      }),
    )
  return EXIT.ok
}

/**
 * Builds an index of the records on standard input. They are files only while it is built, in a folder beside it whose
 * name is always the same: the index says where its sources were.
 */
async function buildOfRecords(context: CommandContext): Promise<BuildReport> {
  const { line, interrupt, cwd } = context
  if (line.words.length > 1)
    throw new GleanError('usage', 'glean index - reads records alone: name no other paths')
  const options = indexOptions(context)
  if (isCluster(options.index))
    throw new GleanError(
      'usage',
      'glean index - makes an index in a folder; a cluster takes files and folders',
    )
  const folder = `${resolve(cwd, options.index)}.records`
  if (existsSync(folder))
    throw new GleanError('usage', `${folder} is in the way: records are kept there for a while`)
  const { writeRecordFiles } = await import('../../build/record-files.ts')
  try {
    mkdirSync(folder, { recursive: true })
    await writeRecordFiles(process.stdin, folder, interrupt.signal)
    return await build(context, { ...options, paths: [folder], ignoreFiles: false, hidden: true })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function build(context: CommandContext, options = indexOptions(context)): Promise<BuildReport> {
  const { output, interrupt } = context
  const { signal } = interrupt
  const progress = output.showsProgress
    ? await (await import('../progress.ts')).showProgress(output.color)
    : undefined
  try {
    return await buildIndex({
      ...options,
      signal,
      onProgress: told => {
        setEngineForBytes(told.totalBytes)
        progress?.update(told)
      },
    })
  } catch (thrown) {
    progress?.stop()
    if (signal.aborted)
      output.note(`stopped; ${hasIndex(options) ? 'the index is as it was' : 'nothing was written'}`)
    throw thrown
  } finally {
    progress?.stop()
  }
}

function hasIndex({ index, cwd = '.' }: BuildOptions): boolean {
  return isCluster(index) || existsSync(resolve(cwd, index, MANIFEST))
}

/** What was typed, as the library has it. */
function indexOptions(context: CommandContext): BuildOptions {
  const { line } = context
  return {
    ...buildOptions(context),
    rebuild: has(line, 'rebuild'),
    compact: has(line, 'compact'),
    dryRun: has(line, 'dry-run'),
    wait: 1000 * (wholeNumber(line, 'wait', 0) ?? 0),
  }
}
