/** Repairs an index: reads again the documents of damaged segments, and brings the rest up to date by the way. */
import { type BuildOptions, build } from '../build/build.ts'
import { GleanError } from '../errors.ts'
import { type CheckOptions, checkIndex } from './check.ts'
import type { CheckReport } from './report.ts'

/** Options of a repair: those of a check, with the progress of each part told apart. */
export interface RepairOptions extends Omit<CheckOptions, 'onProgress'>, Pick<BuildOptions, 'onProgress'> {
  readonly onCheck?: CheckOptions['onProgress']
}

/**
 * Checks the index; where it is damaged, rebuilds what is, from its sources, and checks it again. Throws what checking
 * and building throw: `not-found` where the sources are not here, and then the index is as it was.
 */
export async function repairIndex(options: RepairOptions): Promise<CheckReport> {
  const { index, cwd, signal, onProgress, onCheck } = options
  const asking = { index, cwd, signal, onProgress: onCheck }
  const before = await checkIndex(asking)
  if (before.state !== 'damaged') return before
  const damaged = new Set(before.damage.map(({ file }) => file))
  const listIsDamaged = [...damaged].some(file => file.endsWith('.docs'))
  try {
    const repaired = await build(
      { index, cwd, signal, onProgress, ...(listIsDamaged ? { rebuild: true } : {}) },
      { damaged },
    )
    return { ...(await checkIndex(asking)), damage: before.damage, repaired }
  } catch (thrown) {
    if (!(thrown instanceof GleanError) || thrown.code !== 'not-found') throw thrown
    throw new GleanError(
      'not-found',
      `${index} is damaged and cannot be repaired from here: ${thrown.message}`,
      {
        cause: thrown,
      },
    )
  }
}
