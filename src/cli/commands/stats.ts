/** `glean stats`: figures of the index, or the keys that its documents can be selected by. */
import { renderJson } from '../../render/json.ts'
import type { Index } from '../../search/index.ts'
import { openIndex } from '../../search/open.ts'
import type { CommandContext } from '../context.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { findIndex } from '../index-location.ts'
import { has, mustHaveWords, text } from '../typed.ts'

export async function run(context: CommandContext): Promise<ExitCode> {
  const { line, output, env, cwd } = context
  mustHaveWords(line, 0, 0)
  const index = await openIndex(await findIndex(text(line, 'index'), env, cwd), { cwd })
  try {
    await output.print(await figures(index, context))
    return EXIT.ok
  } finally {
    await index.close()
  }
}

/** What was asked for, as text. Each kind of figures has its renderer, loaded for it alone. */
async function figures(index: Index, { line, output }: CommandContext): Promise<string> {
  const isJson = has(line, 'json')
  if (has(line, 'fields')) {
    const fields = await index.fields()
    return isJson ? renderJson(fields) : (await import('../../render/fields.ts')).renderFields(fields, output)
  }
  const stats = await index.stats()
  return isJson ? renderJson(stats) : (await import('../../render/stats.ts')).renderStats(stats, output)
}
