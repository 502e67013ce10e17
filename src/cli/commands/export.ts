/** `glean export`: writes the index in another form to standard output. */
import { GleanError } from '../../errors.ts'
import { exportMinisearch } from '../../export/minisearch.ts'
import { openIndex } from '../../search/open.ts'
import type { CommandContext } from '../context.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { findIndex } from '../index-location.ts'
import { mustHaveWords, text } from '../typed.ts'

const FORMS = ['minisearch']

export async function run({ line, output, env, cwd }: CommandContext): Promise<ExitCode> {
  mustHaveWords(line, 1, 1)
  const form = line.words[0]!
  if (!FORMS.includes(form)) {
    throw new GleanError('usage', `cannot export to "${form}"; the forms are ${FORMS.join(', ')}`)
  }
  const index = await openIndex(await findIndex(text(line, 'index'), env, cwd), { cwd })
  try {
    await output.print(`${await exportMinisearch(index)}\n`)
    return EXIT.ok
  } finally {
    await index.close()
  }
}
