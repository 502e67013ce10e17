/** `glean completion`: prints a script for a shell. */
import { GleanError } from '../../errors.ts'
import { completionScript } from '../completion.ts'
import type { CommandContext } from '../context.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { SHELLS } from '../flags.ts'
import { mustHaveWords } from '../typed.ts'

export async function run({ line, output }: CommandContext): Promise<ExitCode> {
  if (line.words.length === 0) {
    throw new GleanError('usage', `name the shell to complete in: glean completion ${SHELLS.join('|')}`)
  }
  mustHaveWords(line, 1, 1)
  const shell = SHELLS.find(each => each === line.words[0])
  if (!shell) {
    throw new GleanError(
      'usage',
      `there is no completion for "${line.words[0]}", only for ${SHELLS.join(', ')}`,
    )
  }
  await output.print(completionScript(shell))
  return EXIT.ok
}
