/** A thread of a build: does one task after the other, and answers with what came of it or what was thrown. */
import { parentPort, workerData } from 'node:worker_threads'
import { answerOf, Performer } from './task.ts'
import { changingHands, toMessage, type WorkerQuestion, type WorkerStart } from './task-message.ts'

const { rules, runs, progress } = workerData as WorkerStart
const performer = new Performer(rules, runs, number => {
  Atomics.store(progress, 0, number)
  return undefined
})

/** Tasks are done in the order in which they come, though reading may have to wait for others. */
let last: Promise<void> = Promise.resolve()

parentPort!.on('message', (question: WorkerQuestion) => {
  last = last.then(async () => {
    if (question.kind === 'place') performer.place(question.argument)
    else {
      const answer = toMessage(await answerOf(performer, question))
      parentPort!.postMessage(answer, changingHands(answer))
    }
  })
})
