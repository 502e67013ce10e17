/** `glean show`: prints a passage from the index itself, whether or not its file is here. */
import { renderJson } from '../../render/json.ts'
import { safeText } from '../../render/safe-text.ts'
import { openIndex } from '../../search/open.ts'
import type { CommandContext } from '../context.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { findIndex } from '../index-location.ts'
import { has, mustHaveWords, text } from '../typed.ts'

export async function run({ line, output, env, cwd }: CommandContext): Promise<ExitCode> {
  mustHaveWords(line, 1, 1)
  const index = await openIndex(await findIndex(text(line, 'index'), env, cwd), { cwd })
  try {
    const passage = await index.show(line.words[0]!)
    if (has(line, 'json')) {
      await output.print(renderJson({ schema: 'gleaner.passage/1', ...passage }))
    } else {
      const lines = safeText(passage.text.replace(/\r\n?/g, '\n'))
      await output.print(lines.endsWith('\n') || lines === '' ? lines : `${lines}\n`)
    }
    return EXIT.ok
  } finally {
    await index.close()
  }
}
