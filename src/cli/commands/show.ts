/**
 * `glean show`: prints passages from the index itself, whether or not their files are here. A citation is checked again:
 * its passage is the one that is there today, and the exit code says whether it still holds.
 */
import { renderJson } from '../../render/json.ts'
import { passageHead, renderPassage, verdictLine } from '../../render/passage.ts'
import { checkCitation, citedBy } from '../../search/cited.ts'
import type { Index } from '../../search/index.ts'
import { openIndex } from '../../search/open.ts'
import type { CheckedPassage, Passage } from '../../search/result.ts'
import type { CommandContext } from '../context.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { findIndexes } from '../index-location.ts'
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
    for (const reference of line.words) {
      const passage = await resolved(index, reference)
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
    return holds ? EXIT.ok : EXIT.noHits
  } finally {
    progress?.stop()
    await index.close()
  }
}

/** A citation as the files have it today, any other reference as the index has it. */
async function resolved(index: Index, reference: string): Promise<Passage | CheckedPassage> {
  const isPath = (await index.documents.find(reference)) !== undefined
  return !isPath && citedBy(reference) ? checkCitation(index, reference) : index.show(reference)
}

function isChecked(passage: Passage | CheckedPassage): passage is CheckedPassage {
  return 'verdict' in passage
}
