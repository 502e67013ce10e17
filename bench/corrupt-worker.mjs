/**
 * Asks damaged indexes what it has asked sound ones, and says how they took it. In comes the content of the files; out
 * goes `detected`, `harmless`, or `wrong` or `crashed` with the reason.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { library } from './tool.mjs'
import { wordOfRank } from './zipf.mjs'

const { openIndex, checkIndex, GleanError } = await library()
const folder = join(workerData.folder, 'index')

/** MB that buffers, which the worker's own bound does not see, may grow by. */
const MOST_BUFFERS = 200

const SEARCHES = [
  ['whale'],
  [wordOfRank(0), { limit: 20 }],
  [`"${wordOfRank(1)} ${wordOfRank(2)}"`],
  [`${wordOfRank(5)}* -${wordOfRank(7)}`, { sort: 'path' }],
  ['state0 OR state1 OR straße OR 東京'],
  [`/${wordOfRank(9)}.?/`, { where: 'level = 3' }],
  [`+${wordOfRank(30)} ${wordOfRank(4000)}~`, { group: 'document' }],
  ['', { paths: ['*.md'] }],
]

/** Each gives something that a sound index always gives. */
const QUESTIONS = [
  ...SEARCHES.map(([query, options]) => async index => {
    const { tookMs: _, ...answer } = await index.search(query, options)
    return answer
  }),
  index => index.show('a.md'),
  index => index.show('0000/003.txt:3-9'),
  index => index.stats(),
]

const expected = []
for (const files of workerData.sound) expected.push(await answersOf(files))

parentPort.on('message', async ({ which, files }) => {
  try {
    parentPort.postMessage(await judged(which, files))
  } catch (thrown) {
    parentPort.postMessage({ outcome: 'crashed', detail: thrown.stack ?? String(thrown) })
  }
})

async function judged(which, files) {
  const before = process.memoryUsage().arrayBuffers
  const answers = await answersOf(files)
  const state = await stateOf()
  const grown = Math.round((process.memoryUsage().arrayBuffers - before) / 1e6)
  if (grown > MOST_BUFFERS) return { outcome: 'crashed', detail: `it took ${grown} MB` }
  const refused = answers.filter(({ refusal }) => refusal)
  const unexpected = refused.find(({ isClear }) => !isClear)
  if (unexpected) return { outcome: 'crashed', detail: unexpected.refusal }
  const wrong = answers.findIndex(
    ({ answer }, at) => answer !== undefined && answer !== expected[which][at].answer,
  )
  if (wrong >= 0)
    return { outcome: 'wrong', detail: `question ${wrong}: ${answers[wrong].answer.slice(0, 300)}` }
  if (!state.isClear) return { outcome: 'crashed', detail: state.refusal }
  if (refused.length > 0 && state.isSound)
    return { outcome: 'wrong', detail: `check finds nothing, but ${refused[0].refusal}` }
  return { outcome: refused.length > 0 || !state.isSound ? 'detected' : 'harmless' }
}

/** What the index answers to each question: an answer as a string, or a refusal and whether it is one made for people. */
async function answersOf(files) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes)
  return Promise.all(QUESTIONS.map(question => answerTo(question)))
}

async function answerTo(question) {
  try {
    const index = await openIndex(folder)
    try {
      return { answer: JSON.stringify(await question(index)) }
    } finally {
      await index.close()
    }
  } catch (thrown) {
    return { refusal: thrown.stack ?? String(thrown), isClear: thrown instanceof GleanError }
  }
}

async function stateOf() {
  try {
    const { state } = await checkIndex({ index: folder })
    return { isClear: true, isSound: state !== 'damaged' }
  } catch (thrown) {
    return { isClear: thrown instanceof GleanError, isSound: false, refusal: thrown.stack ?? String(thrown) }
  }
}
