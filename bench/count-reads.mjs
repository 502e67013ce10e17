/**
 * How many bytes of an index does a search read? Loaded into the search by `node --import`, this counts what is read
 * from files under the folder GLEANER_BENCH_FOLDER and writes `{"bytes":N,"reads":M}` to the file
 * GLEANER_BENCH_READS when the process ends. It knows the synchronous calls that the reader makes, no others.
 */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { resolve, sep } from 'node:path'

const folder = resolve(process.env.GLEANER_BENCH_FOLDER) + sep
const { openSync, closeSync, readSync, readFileSync, writeFileSync } = fs
const descriptors = new Set()
let bytes = 0
let reads = 0

const isInside = path => typeof path === 'string' && resolve(path).startsWith(folder)

fs.openSync = (path, ...rest) => {
  const descriptor = openSync(path, ...rest)
  if (isInside(path)) descriptors.add(descriptor)
  return descriptor
}

fs.closeSync = descriptor => {
  descriptors.delete(descriptor)
  return closeSync(descriptor)
}

fs.readSync = (descriptor, ...rest) => count(descriptors.has(descriptor), readSync(descriptor, ...rest))

fs.readFileSync = (path, ...rest) => {
  const content = readFileSync(path, ...rest)
  if (isInside(path) || descriptors.has(path)) count(true, Buffer.byteLength(content))
  return content
}

// What was imported by name from node:fs follows only when told.
syncBuiltinESMExports()

process.on('exit', () => {
  writeFileSync(process.env.GLEANER_BENCH_READS, JSON.stringify({ bytes, reads }))
})

function count(counts, length) {
  if (counts) {
    bytes += length
    reads++
  }
  return length
}
