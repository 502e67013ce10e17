/** A thread of a build: does one task after the other, and answers with what came of it or what was thrown. */
import { parentPort, workerData } from 'node:worker_threads'
import { GleanError, messageOf } from '../errors.ts'
import { Performer } from './task.ts'
import type { TaskAnswer, TaskQuestion, WorkerStart } from './task-pool.ts'

const { rules, progress } = workerData as WorkerStart
const performer = new Performer(rules, true, number => {
  Atomics.store(progress, 0, number)
  return undefined
})

parentPort!.on('message', async (question: TaskQuestion) => {
  if (question.kind === 'place') performer.place(question.argument)
  else parentPort!.postMessage(await answer(question))
})

async function answer(question: Exclude<TaskQuestion, { kind: 'place' }>): Promise<TaskAnswer> {
  try {
    return { given: await perform(question) }
  } catch (thrown) {
    const code = thrown instanceof GleanError ? thrown.code : undefined
    return { thrown: { message: messageOf(thrown), code } }
  }
}

function perform(question: Exclude<TaskQuestion, { kind: 'place' }>): Promise<unknown> {
  switch (question.kind) {
    case 'read':
      return performer.read(question.argument)
    case 'deflate':
      return performer.deflate(question.argument)
    case 'encode':
      return performer.encode(question.argument)
  }
}
