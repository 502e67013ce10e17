/** `glean index`: builds an index or brings it up to date, shows how far it is, and reports what came of it. */
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { buildIndex } from '../../build/build.ts'
import type { BuildOptions } from '../../build/plan.ts'
import type { BuildReport } from '../../build/report.ts'
import { GleanError } from '../../errors.ts'
import { renderJson } from '../../render/json.ts'
import { renderReport } from '../../render/report.ts'
import type { CommandContext } from '../context.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { indexToBuild } from '../index-location.ts'
import { parseSize } from '../size.ts'
import { has, list, type Typed, text, wholeNumber } from '../typed.ts'

/** Files that could not be indexed are part of the report; they are no failure. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const { line, output } = context
  const report = line.words.includes('-') ? await buildOfRecords(context) : await build(context)
  if (has(line, 'json')) await output.print(renderJson(report))
  else if (!output.quiet)
    await output.print(renderReport(report, { color: output.color, dryRun: has(line, 'dry-run') }))
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
  const options = buildOptions(context)
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

async function build(context: CommandContext, options = buildOptions(context)): Promise<BuildReport> {
  const { output, interrupt } = context
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

/** What was typed, as the library has it. A switch that was not given is left out: the last build's may hold. */
function buildOptions({ line, env, cwd }: CommandContext): BuildOptions {
  const size = text(line, 'max-file-size')
  return {
    paths: line.words,
    index: indexToBuild(text(line, 'index'), env, cwd, line.words.length > 0),
    cwd,
    include: list(line, 'include'),
    exclude: list(line, 'exclude'),
    ignoreFiles: given(line, 'no-ignore', false),
    hidden: given(line, 'hidden', true),
    maxFileSize: size === undefined ? undefined : parseSize('max-file-size', size),
    encoding: text(line, 'encoding'),
    jobs: wholeNumber(line, 'jobs', 1),
    rebuild: has(line, 'rebuild'),
    compact: has(line, 'compact'),
    dryRun: has(line, 'dry-run'),
  }
}

function given(line: Typed, name: string, value: boolean): boolean | undefined {
  return has(line, name) ? value : undefined
}
