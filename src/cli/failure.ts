/**
 * What an error looks like to the user: one sentence, and for what is our mistake a hint how to see more. Loaded only when
 * something has failed.
 */
import { GleanError, messageOf } from '../errors.ts'
import { safeLine } from '../render/safe-text.ts'
import { wrapWords } from '../render/wrap.ts'

/** The text for standard error, with its line end; `width` is that of the terminal, if it is one. */
export function failureLines(thrown: unknown, env: NodeJS.ProcessEnv, width?: number): string {
  const debug = env.GLEAN_DEBUG === '1'
  const stack = debug && thrown instanceof Error && thrown.stack ? `${thrown.stack}\n` : ''
  const line = safeLine(messageOf(thrown))
  const broken = (words: string) => (width ? wrapWords(words, width) : [words]).join('\n')
  if (thrown instanceof GleanError) return `${broken(`glean: ${line}`)}\n${stack}`
  if (isSystemError(thrown) && thrown.syscall === 'uv_cwd')
    return `${broken('glean: the folder this was started in is gone; change to one that is there')}\n${stack}`
  // A disk that fails where nobody expected it is still no mistake of ours.
  if (isSystemError(thrown)) return `${broken(`glean: the system refused: ${line}`)}\n${stack}`
  const hint = debug ? '' : '; this should not happen: GLEAN_DEBUG=1 shows where it does'
  return `${broken(`glean: ${line}${hint}`)}\n${stack}`
}

function isSystemError(thrown: unknown): thrown is NodeJS.ErrnoException {
  return thrown instanceof Error && (thrown as NodeJS.ErrnoException).syscall !== undefined
}
