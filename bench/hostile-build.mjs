/** Builds an index of a folder through the library and prints what came of it: node hostile-build.mjs FOLDER INDEX. */
import { library } from './tool.mjs'

const [folder, index] = process.argv.slice(2)
const { buildIndex, openIndex } = await library()
// Computing, not the clock: what else the machine does is no fault of a file.
const computed = () => Object.values(process.cpuUsage()).reduce((sum, micros) => sum + micros, 0) / 1000
let longest = 0
let last = computed()
const report = await buildIndex({
  paths: [folder],
  index,
  onProgress: () => {
    const now = computed()
    longest = Math.max(longest, now - last)
    last = now
  },
})
const opened = await openIndex(index)
const paths = []
for await (const { path } of opened.documents.from()) paths.push(path)
await opened.close()
console.log(JSON.stringify({ report, paths, longest, memory: process.resourceUsage().maxRSS * 1024 }))
