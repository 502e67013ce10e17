/** gleaner's library as a process: `node warm-glean.mjs INDEX` answers each query sent over the channel with its time. */
import { performance } from 'node:perf_hooks'
import { gleanQuery } from './queries.mjs'
import { library } from './tool.mjs'

const { openIndex } = await library()
const index = await openIndex(process.argv[2])
process.on('message', async query => {
  const began = performance.now()
  await index.search(gleanQuery(query), { limit: 10 })
  process.send({ ms: performance.now() - began, memory: process.memoryUsage.rss() })
})
process.send('ready')
