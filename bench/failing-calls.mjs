/**
 * What if the disk fails now? Loaded into the command by `node --import`, this lets the call number GLEANER_BENCH_CALL
 * that touches the folder GLEANER_BENCH_FOLDER fail with the code GLEANER_BENCH_FAILURE: that of a system's error; or
 * KILL, and the process dies before the call; or TORN, and it dies when half of what it writes is written. When the
 * process ends by itself, the number of calls it made is in the file GLEANER_BENCH_CALLS. It knows the synchronous calls,
 * and those by which a file is changed or read to the end.
 */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { constants } from 'node:os'
import { resolve, sep } from 'node:path'

const { GLEANER_BENCH_FOLDER, GLEANER_BENCH_CALL, GLEANER_BENCH_FAILURE, GLEANER_BENCH_CALLS } = process.env
const folder = resolve(GLEANER_BENCH_FOLDER)
const fatal = Number(GLEANER_BENCH_CALL)
const { writeFileSync, writeSync, appendFileSync } = fs
const descriptors = new Map()
/** Those open for writing: the others close without fail. */
const written = new Set()
const calls = []

const isInside = path => typeof path === 'string' && (resolve(path) + sep).startsWith(folder + sep)

/** Counts a call; fails where its turn has come. `torn` writes half. */
function call(name, path, torn) {
  calls.push(`${name} ${path}`)
  if (calls.length !== fatal) return
  if (GLEANER_BENCH_FAILURE === 'TORN') torn?.()
  if (GLEANER_BENCH_FAILURE === 'TORN' || GLEANER_BENCH_FAILURE === 'KILL')
    process.kill(process.pid, 'SIGKILL')
  const errno = -(constants.errno[GLEANER_BENCH_FAILURE] ?? 1)
  const message = `${GLEANER_BENCH_FAILURE}: made to fail, ${name} '${path}'`
  throw Object.assign(new Error(message), { code: GLEANER_BENCH_FAILURE, errno, syscall: name, path })
}

for (const name of [
  'mkdirSync',
  'renameSync',
  'linkSync',
  'unlinkSync',
  'rmSync',
  'rmdirSync',
  'readdirSync',
  'readFileSync',
  'utimesSync',
  'truncateSync',
]) {
  const real = fs[name]
  fs[name] = (path, ...rest) => {
    if (isInside(path) || descriptors.has(path)) call(name, descriptors.get(path) ?? path)
    return real(path, ...rest)
  }
}

for (const name of ['fsyncSync', 'fdatasyncSync', 'ftruncateSync', 'readSync', 'futimesSync']) {
  const real = fs[name]
  fs[name] = (descriptor, ...rest) => {
    if (descriptors.has(descriptor)) call(name, descriptors.get(descriptor))
    return real(descriptor, ...rest)
  }
}

const { openSync, closeSync } = fs
fs.openSync = (path, ...rest) => {
  if (!isInside(path)) return openSync(path, ...rest)
  call('openSync', path)
  const descriptor = openSync(path, ...rest)
  descriptors.set(descriptor, path)
  if (/[wa+]/.test(String(rest[0]))) written.add(descriptor)
  return descriptor
}

fs.closeSync = descriptor => {
  const path = descriptors.get(descriptor)
  descriptors.delete(descriptor)
  closeSync(descriptor)
  if (written.delete(descriptor)) call('closeSync', path)
}

fs.writeSync = (descriptor, data, ...rest) => {
  const half = () => {
    if (rest.length === 0) writeSync(descriptor, data.slice(0, data.length >> 1))
    else writeSync(descriptor, data, rest[0], (rest[1] ?? data.length - rest[0]) >> 1, rest[2])
  }
  if (descriptors.has(descriptor)) call('writeSync', descriptors.get(descriptor), half)
  return writeSync(descriptor, data, ...rest)
}

fs.writeFileSync = (path, data, ...rest) => {
  if (isInside(path)) call('writeFileSync', path, () => writeFileSync(path, data.slice(0, data.length >> 1)))
  return writeFileSync(path, data, ...rest)
}

syncBuiltinESMExports()
process.on('exit', () => appendFileSync(GLEANER_BENCH_CALLS, JSON.stringify(calls)))
