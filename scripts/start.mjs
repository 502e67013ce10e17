/**
 * npm start: brings the index of seeds/ up to date and answers a question from it: a sample one, or the words given
 * after `npm start --`. Ends with 0 where there are hits and where there are none, with 2 on an error.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const SAMPLE = ['how', 'does', 'an', 'index', 'stay', 'fresh']

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))))
if (!existsSync('dist/cli.js')) fail('the tool is not built yet: npm ci, or npm run build', 2)

const given = process.argv.slice(2)
const words = given.length > 0 ? given : SAMPLE
const indexing = glean(['index', 'seeds', '--index', 'index'], 'pipe')
if (indexing.status !== 0) process.exit(indexing.status ?? 2)
console.log(indexing.stdout.split('\n')[0])
console.log(`\n$ glean search ${words.map(shellWord).join(' ')}\n`)

// Off a terminal too the answer is what the README shows; with flags of their own, people get what they ask for.
const form = given.some(word => word.startsWith('-')) ? [] : ['-n', '3', '--format', 'pretty']
const { status } = glean(['search', '--index', 'index', ...form, ...words], 'inherit')
process.exit(status === 1 ? 0 : (status ?? 2))

/** Runs the built command; its standard output goes where `stdout` says. */
function glean(args, stdout) {
  return spawnSync(process.execPath, ['dist/cli.js', ...args], {
    stdio: ['inherit', stdout, 'inherit'],
    encoding: 'utf8',
  })
}

/** A word as one would type it. */
function shellWord(word) {
  return /^[\p{L}\p{N}._/:=@%+,-]+$/u.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

function fail(message, status) {
  console.error(`npm start: ${message}`)
  process.exit(status)
}
