/** Builds an index of a folder through the library and prints what came of it: node hostile-build.mjs FOLDER INDEX. */
import { performance } from 'node:perf_hooks'
import { library } from './tool.mjs'

const [folder, index] = process.argv.slice(2)
const { buildIndex, openIndex } = await library()
let longest = 0
let last = performance.now()
const report = await buildIndex({
  paths: [folder],
  index,
  onProgress: () => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
  },
})
const opened = await openIndex(index)
const paths = []
for await (const { path } of opened.documents.from()) paths.push(path)
await opened.close()
console.log(JSON.stringify({ report, paths, longest, memory: process.resourceUsage().maxRSS * 1024 }))
