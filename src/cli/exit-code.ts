/**
 * The exit codes of the command: all of them, here. Scripts and agents rely on them, so they never change meaning.
 */

/** 0: done, or hits found. 1: a search that found nothing, a check that found the index out of date. 2: an error. The last three are those of the signals. */
export const EXIT = {
  ok: 0,
  noHits: 1,
  outOfDate: 1,
  error: 2,
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
