/** `glean export`: writes the index in another form to standard output, piece by piece. */
import { resolve } from 'node:path'
import { GleanError } from '../../errors.ts'
import { exportMinisearch } from '../../export/minisearch.ts'
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
  const location = await findIndex(text(line, 'index'), env, cwd)
  for await (const piece of pieces(exportMinisearch(resolve(cwd, location)))) await output.print(piece)
  await output.print('\n')
  return EXIT.ok
}

/** One string, or many as they come. */
async function* pieces(text: AsyncIterable<string> | Promise<string>): AsyncIterable<string> {
  if (Symbol.asyncIterator in text) yield* text
  else yield await text
}
