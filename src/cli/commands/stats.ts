/** `glean stats`: figures of the index, the keys of its metadata, or the lexical profile of documents. */

import { openIndex } from '../../cluster/open.ts'
import { GleanError } from '../../errors.ts'
import type { LexicalProfile } from '../../profile/profile.ts'
import { renderJson } from '../../render/json.ts'
import type { Index } from '../../search/index.ts'
import type { CommandContext } from '../context.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { findIndex } from '../index-location.ts'
import { pathInIndex } from '../location.ts'
import { has, mustHaveWords, type Typed, text, wholeNumber } from '../typed.ts'

export async function run(context: CommandContext): Promise<ExitCode> {
  const { line, output, env, cwd } = context
  mustHaveWords(line, 0, 1)
  mustFit(line)
  const index = await openIndex(await findIndex(text(line, 'index'), env, cwd), { cwd })
  try {
    await output.print(await figures(index, context))
    return EXIT.ok
  } finally {
    await index.close()
  }
}

/** Milliseconds between two turns of the event loop. */
const TURN = 50

/** Words of each list that a person is shown. */
const SHOWN_WORDS = 10

/** Throws `usage` for flags that ask for two things at once. */
function mustFit(line: Typed): void {
  const [path] = line.words
  if (has(line, 'fields') && (path !== undefined || has(line, 'profile'))) {
    throw new GleanError(
      'usage',
      `--fields tells of the whole index, a profile of words; ask for one at a time, not for --fields and ${path ?? '--profile'}`,
    )
  }
  if (has(line, 'limit') && path === undefined && !has(line, 'profile'))
    throw new GleanError('usage', '--limit is for the words of a profile: glean stats PATH, or --profile')
}

/** What was asked for, as text. Each kind of figures has its renderer, loaded for it alone. */
async function figures(index: Index, { line, output, cwd }: CommandContext): Promise<string> {
  const isJson = has(line, 'json')
  const [path] = line.words
  if (path !== undefined || has(line, 'profile')) {
    const limit = wholeNumber(line, 'limit', 0)
    const of = path === undefined ? null : pathInIndex(path, index.sourceRoot, cwd)
    const profile = await profiled(index, of, limit ?? (isJson ? undefined : SHOWN_WORDS), output)
    if (isJson) return renderJson(profile)
    return (await import('../../render/profile.ts')).renderProfile(profile, output)
  }
  if (has(line, 'fields')) {
    const fields = await index.fields()
    return isJson ? renderJson(fields) : (await import('../../render/fields.ts')).renderFields(fields, output)
  }
  const stats = await index.stats()
  return isJson ? renderJson(stats) : (await import('../../render/stats.ts')).renderStats(stats, output)
}

/** The profile, with progress where there is much to read: of the whole index, for who knows how much a glob takes? */
async function profiled(
  index: Index,
  of: string | null,
  limit: number | undefined,
  output: CommandContext['output'],
): Promise<LexicalProfile> {
  const { lexicalProfile } = await import('../../profile/profile.ts')
  if (!output.showsProgress || of !== null) return lexicalProfile(index, of, { limit })
  const { showProgress, PATIENCE } = await import('../progress.ts')
  const progress = await showProgress(output.color, PATIENCE)
  const { documents: totalFiles, textBytes: totalBytes } = index.manifest.totals
  let last = performance.now()
  try {
    return await lexicalProfile(index, of, {
      limit,
      onDocument: async (files, units) => {
        progress.update({ phase: 'read', files, totalFiles, bytes: Math.min(units, totalBytes), totalBytes })
        if (performance.now() - last < TURN) return
        // The line is drawn by a timer, and timers get no turn otherwise.
        await new Promise(next => setImmediate(next))
        last = performance.now()
      },
    })
  } finally {
    progress.stop()
  }
}
