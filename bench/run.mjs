/**
 * npm run bench: lists the questions this folder can answer. `npm run bench -- NAME [options]` answers one: a table on
 * standard output, the raw figures in bench/results/. The tool has to be built first. Ends with 2 on an error.
 */
import { existsSync } from 'node:fs'
import { CLI } from './tool.mjs'

const QUESTIONS = {
  build: 'What does building an index cost?                              [--runs N] [--from-disk]',
  cold: 'What does one search cost, as a process from start to end?     [--runs N] [--index DIR] [--only WORDS] [--plain]',
  warm: 'What does a search cost in a process that stays?               [--rounds N]',
  typing: 'How long does a keystroke take in an interactive search?       [--index DIR]',
  update: 'What does it cost to bring an index up to date?                [--runs N]',
  size: 'How large is an index, and each of its parts?',
  memory: 'How much memory do a build and a search take at their peak?    [--runs N]',
  scale: 'What grows how with the text?                                  [--sizes 72,300,1000] [--runs N]',
  commands: 'What does each command take that is called again and again?     [--runs N]',
  network:
    'What does a search over a network cost, beside Pagefind?           [--queries "a b,c d"] [--brotli] [--plain]',
  serve:
    'How many clients can ask glean serve at once?                      [--connections 64] [--seconds 30]',
  cluster: 'What does a search cluster answer, how fast, and how honestly?   [--faults N] [--trials N]',
  tail: 'How does the slowest of many shards slow an answer? (simulated)',
  crash: 'Does an index survive being killed, and a failing disk?        [--runs N]',
  corrupt: 'Is every damage to an index detected, or harmless?             [--runs N]',
  readers: 'Do readers ever see anything but whole answers?                [--seconds N] [--readers N]',
  languages:
    'Are passages found in languages other than English?            [--only en,zh] [--collections DIR]',
  paragraphs: 'Are paragraphs of documentation ranked well?                   --index rust-book=DIR',
  relevance:
    'Are the documents that people judged relevant ranked first?    [--only npl] [--collections DIR] [--parts]',
  hostile: 'What do broken and malicious files do?                          [--runs N] [--seed N] [--keep]',
}

const FOOT = `
The first six take --corpus DIR, any folder of documents, or --zipf MB, a made one; without either, 72 MB of
documentation are fetched once. All but typing, update, commands, languages, hostile and relevance measure gleaner beside
its rivals: --rivals fts5,ripgrep,minisearch,lunr,flexsearch,orama or none. Install those: npm ci --prefix bench; apt
install sqlite3 ripgrep.`

const [name, ...options] = process.argv.slice(2)

if (name === undefined) {
  console.log('npm run bench -- NAME [options]\n')
  for (const [each, question] of Object.entries(QUESTIONS)) console.log(`  ${each.padEnd(10)} ${question}`)
  console.log(FOOT)
} else if (!Object.hasOwn(QUESTIONS, name)) {
  fail(`there is no question "${name}"; there are: ${Object.keys(QUESTIONS).join(', ')}`)
} else if (!existsSync(CLI)) {
  fail('the tool is not built yet: npm run build')
} else {
  try {
    const { run } = await import(`./${name}.mjs`)
    await run(options)
  } catch (thrown) {
    fail(process.env.DEBUG ? thrown.stack : thrown.message)
  }
}

function fail(message) {
  console.error(`bench: ${message}`)
  process.exitCode = 2
}
