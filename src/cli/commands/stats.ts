/** `glean stats`: figures of the index. */
import { renderJson } from '../../render/json.ts'
import { renderStats } from '../../render/stats.ts'
import { openIndex } from '../../search/open.ts'
import type { CommandContext } from '../context.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { findIndex } from '../index-location.ts'
import { has, mustHaveWords, text } from '../typed.ts'

export async function run({ line, output, env, cwd }: CommandContext): Promise<ExitCode> {
  mustHaveWords(line, 0, 0)
  const index = await openIndex(await findIndex(text(line, 'index'), env, cwd), { cwd })
  try {
    const stats = await index.stats()
    await output.print(has(line, 'json') ? renderJson(stats) : renderStats(stats, output))
    return EXIT.ok
  } finally {
    await index.close()
  }
}
