/**
 * Shows a long answer through the pager the user has named in PAGER, else `less`. Only ever asked for, and only on a
 * terminal. The pager has the keyboard, and Ctrl-C with it: it ends when the user leaves it.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { GleanError, messageOf } from '../errors.ts'
import type { Interrupt } from './interrupt.ts'

/** Colours pass through, a short text leaves at once, and what was read stays on the screen. */
const LESS = 'FRX'

/** Writes the text to the pager and waits for it. Throws `io` where it cannot be started. */
export async function page(text: string, env: NodeJS.ProcessEnv, interrupt: Interrupt): Promise<void> {
  const pager = env.PAGER || 'less'
  const done = interrupt.leaveTo()
  try {
    const child = spawn(pager, { shell: true, stdio: ['pipe', 'inherit', 'inherit'], env: { LESS, ...env } })
    // Whoever leaves the pager early has read enough.
    child.stdin.on('error', () => {})
    child.stdin.end(text)
    const [code] = (await once(child, 'close')) as [number | null]
    if (code === 127 || code === 126)
      throw new GleanError(
        'io',
        `cannot run the pager ${pager}: set PAGER to one that is there, or leave out --pager`,
      )
  } catch (thrown) {
    if (thrown instanceof GleanError) throw thrown
    throw new GleanError('io', `cannot run the pager ${pager}: ${messageOf(thrown)}`)
  } finally {
    done()
  }
}
