/** What a thread of a build is told and tells: messages hold no more than can be copied. */
import type { ReadRules } from '../document/file-identity.ts'
import { type ErrorCode, GleanError, messageOf } from '../errors.ts'
import type { RunSet } from './run-merge.ts'
import type { RunStorePlan } from './run-store.ts'
import type { TaskAnswer, TaskQuestion } from './task.ts'

/** What a thread is started with. */
export interface WorkerStart {
  readonly rules: ReadRules
  readonly runs: RunStorePlan
  /** One number: which of the files of its batch it reads. */
  readonly progress: Int32Array
}

/** Tasks, and the runs that the next ones are about, which are not answered. */
export type WorkerQuestion = TaskQuestion | { readonly kind: 'place'; readonly argument: RunSet }

export type WorkerAnswer =
  | { readonly given: unknown }
  | { readonly failed: { readonly message: string; readonly code: ErrorCode | undefined } }

/** An error's class does not come across. */
export function toMessage(answer: TaskAnswer): WorkerAnswer {
  if ('given' in answer) return answer
  const { thrown } = answer
  const code = thrown instanceof GleanError ? thrown.code : undefined
  return { failed: { message: messageOf(thrown), code } }
}

export function fromWorker(answer: WorkerAnswer): TaskAnswer {
  if ('given' in answer) return answer
  const { message, code } = answer.failed
  return { thrown: code ? new GleanError(code, message) : new Error(message) }
}

/** What of a question or an answer changes hands instead of being copied: texts and lists are many megabytes. */
export function changingHands(message: WorkerQuestion | WorkerAnswer): ArrayBuffer[] {
  if ('given' in message) return [...new Set(buffersOf(message.given, 2))]
  return 'kind' in message && message.kind === 'deflate'
    ? [...new Set(buffersOf(message.argument.blocks, 1))]
    : []
}

/** The memory of the arrays of numbers in a value, and of those so many levels below. */
function buffersOf(value: unknown, levels: number): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) return value.buffer instanceof ArrayBuffer ? [value.buffer] : []
  if (levels === 0 || typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(part => buffersOf(part, levels - 1))
}
