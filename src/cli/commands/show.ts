/**
 * `glean show`: prints passages from the index itself, whether or not their files are here. A citation is checked again:
 * its passage is the one that is there today, and the exit code says whether it still holds.
 */
import { openIndex } from '../../cluster/open.ts'
import { GleanError } from '../../errors.ts'
import { renderJson } from '../../render/json.ts'
import { passageHead, renderPassage, verdictLine } from '../../render/passage.ts'
import { checkCitation, citedBy } from '../../search/cited.ts'
import type { Index } from '../../search/index.ts'
import { parseReference } from '../../search/reference.ts'
import type { CheckedPassage, Passage } from '../../search/result.ts'
import type { CommandContext } from '../context.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { findIndexes } from '../index-location.ts'
import { pathInIndex } from '../location.ts'
import { show } from '../show.ts'
import { has, mustHaveWords } from '../typed.ts'

export async function run(context: CommandContext): Promise<ExitCode> {
  const { line, output, env, cwd } = context
  mustHaveWords(line, 1, Number.MAX_SAFE_INTEGER)
  const index = await openIndex(await findIndexes(line, env, cwd), { cwd })
  const progress = output.showsProgress
    ? (await import('../progress.ts')).showLater('Looking for the passage elsewhere', output.color)
    : undefined
  try {
    let holds = true
    let shown = ''
    const missing: GleanError[] = []
    for (const reference of line.words) {
      const passage = await resolved(index, reference, cwd).catch(thrown => notFound(thrown))
      if (passage instanceof GleanError) {
        missing.push(passage)
        continue
      }
      if (isChecked(passage)) holds &&= passage.verdict === 'same' || passage.verdict === 'moved'
      if (has(line, 'json')) await output.print(renderJson({ schema: 'gleaner.passage/1', ...passage }))
      else {
        if (isChecked(passage)) output.note(verdictLine(passage))
        const head = line.words.length > 1 ? passageHead(reference) : ''
        shown += head + renderPassage(passage)
      }
    }
    progress?.stop()
    await show(shown, context)
    // What is not there keeps nobody from the rest; the last of it ends the run.
    for (const { message } of missing.slice(0, -1)) output.note(message)
    if (missing.length > 0) throw missing.at(-1)
    return holds ? EXIT.ok : EXIT.noHits
  } finally {
    progress?.stop()
    await index.close()
  }
}

/** A citation as the files have it today, any other reference as the index has it. */
async function resolved(index: Index, typed: string, cwd: string): Promise<Passage | CheckedPassage> {
  const reference = (await asIndexed(index, typed, cwd)) ?? typed
  const isPath = (await index.documents.find(reference)) !== undefined
  return !isPath && citedBy(reference) ? checkCitation(index, reference) : index.show(reference)
}

/** A path, a place in it and a column, as a search prints them; and what makes a citation. */
const PLACE = /^(.+?)(:\d{1,9}(?:-\d{1,9})?)?(?::\d{1,9})?(@[0-9a-f]{4,16})?$/s

/** The reference with a path of the index: as it was typed, else with the path of the file as it is seen from here. */
async function asIndexed(index: Index, typed: string, cwd: string): Promise<string | undefined> {
  const [, path = typed, lines = '', hash = ''] = PLACE.exec(typed) ?? []
  for (const reference of [typed, path + lines + hash]) {
    for (const meant of parseReference(reference))
      if (await index.documents.find(meant.path)) return reference
  }
  for (const { sourceRoot, documents } of index.members) {
    const here = pathInIndex(path, sourceRoot, cwd)
    if (await documents.find(here)) return here + lines + hash
  }
  return undefined
}

/** A fault that is of one reference alone. Throws any other. */
function notFound(thrown: unknown): GleanError {
  if (thrown instanceof GleanError && thrown.code === 'not-found') return thrown
  throw thrown
}

function isChecked(passage: Passage | CheckedPassage): passage is CheckedPassage {
  return 'verdict' in passage
}
