/**
 * An engine that lives in memory, as a process: `node process.mjs ENGINE build CORPUS FILE` indexes every passage of
 * the corpus and writes the index to FILE; `... ENGINE search FILE QUERY` loads it and answers one query (JSON, as in
 * ../queries.mjs); `... ENGINE warm FILE` loads it and answers each query sent over the channel with its time in ms.
 * Prints JSON.
 */
import { performance } from 'node:perf_hooks'
import { passagesOf } from '../passages.mjs'

/** Hits of one answer. */
const LIMIT = 10

const [engine, task, from, more] = process.argv.slice(2)
const { build, save, load, search } = await import(`./${engine}.mjs`)

if (task === 'build') {
  const passages = passagesOf(from)
  await save(await build(passages), more)
  print({ chunks: passages.length })
} else if (task === 'search') {
  print((await search(await load(from), JSON.parse(more), LIMIT)) ?? { total: null, hits: [] })
} else {
  const index = await load(from)
  process.on('message', async query => {
    const began = performance.now()
    const answer = await search(index, query, LIMIT)
    process.send({ ms: answer && performance.now() - began, memory: process.memoryUsage.rss() })
  })
  process.send('ready')
}

function print(value) {
  console.log(JSON.stringify(value))
}
