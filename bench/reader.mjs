/**
 * A reader of an index that is being written: `reader.mjs INDEX SECONDS TAGGED stays|opens`. Searches until the time is
 * over, and holds each answer against what it must be: all the tagged documents, of one generation, which is never an
 * earlier one than before, and of an index that stays open always the same. Prints what it saw as JSON.
 */
import { performance } from 'node:perf_hooks'
import { library } from './tool.mjs'
import { wordOfRank } from './zipf.mjs'

const [index, seconds, tagged, mode] = process.argv.slice(2)
const { openIndex } = await library()
const outcome = { queries: 0, errors: 0, wrong: 0, generations: [], complaints: [] }

/** Queries to one index that stays open. */
const KEPT = 200

const QUERIES = ['tagged', '"tagged text" generation*', 'tagged NEAR/4 text', '+tagged text other']

const seen = new Set()
const end = performance.now() + Number(seconds) * 1000
let latest = 0
while (performance.now() < end) await useOne()
outcome.generations = [...seen]
console.log(JSON.stringify(outcome))

async function useOne() {
  let opened
  try {
    opened = await openIndex(index)
    let own
    for (let count = mode === 'stays' ? KEPT : 1; count > 0 && performance.now() < end; count--) {
      const generation = await ask(opened, QUERIES[outcome.queries % QUERIES.length])
      if (generation < latest) complain('wrong', `generation ${generation} after ${latest}`)
      if (own !== undefined && generation !== own)
        complain('wrong', `generations ${own} and ${generation} of one index`)
      own = generation
      latest = Math.max(latest, generation)
    }
  } catch (thrown) {
    complain('errors', thrown.stack)
  } finally {
    await opened?.close()
  }
}

/** Which generation an answer is of. */
async function ask(opened, query) {
  outcome.queries++
  const { hits, total } = await opened.search(query, { limit: 100, paths: ['tagged'] })
  const generations = new Set(hits.map(({ excerpt }) => Number(/generation(\d+)/.exec(excerpt)?.[1])))
  if (hits.length !== Number(tagged) || total !== hits.length || generations.size !== 1) {
    complain('wrong', `${query}: ${hits.length} hits of ${total}, of the generations ${[...generations]}`)
  }
  // And something that reads much more of the index.
  if (outcome.queries % 10 === 0) await opened.search(`${wordOfRank(0)} ${wordOfRank(10)}`, { limit: 10 })
  const [generation] = generations
  seen.add(generation)
  return generation
}

function complain(kind, what) {
  outcome[kind]++
  if (outcome.complaints.length < 5) outcome.complaints.push(`${kind}: ${what}`)
}
