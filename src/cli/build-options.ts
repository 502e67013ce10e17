/** The flags of a command that builds an index, as the library has them. */
import type { BuildOptions } from '../build/plan.ts'
import type { CommandContext } from './context.ts'
import { indexToBuild } from './index-location.ts'
import { parseSize } from './size.ts'
import { has, list, type Typed, text, wholeNumber } from './typed.ts'

/** What was typed, as the library has it. A switch that was not given is left out: the last build's may hold. */
export function buildOptions({ line, env, cwd }: CommandContext): BuildOptions {
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
  }
}

function given(line: Typed, name: string, value: boolean): boolean | undefined {
  return has(line, name) ? value : undefined
}
