/**
 * Are paragraphs ranked well, which unlike abstracts have neighbours, headings and twins? Fifty questions over two sets
 * of documentation (paragraphs/README.md), judged by hand; gleaner's full ranking beside its plain one. With it the median
 * length of the first ten hits, and how many of them repeat another word for word. `--index NAME=DIR` names an index of
 * one of the sets, `rust-book` or `linux-doc`, whose root holds `src/` or `usr/`.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { summary } from './measure.mjs'
import { mean, ndcg } from './measures.mjs'
import { figure, printTable, saveResults } from './results.mjs'
import { library } from './tool.mjs'

const FOLDER = fileURLToPath(new URL('./paragraphs/', import.meta.url))
const RANKS = ['full', 'plain']
const DEPTH = 10

export async function run(args) {
  const { values } = parseArgs({ args, options: { index: { type: 'string', multiple: true, default: [] } } })
  if (values.index.length === 0) {
    console.log('Skipped: name an index of a set: --index rust-book=DIR, --index linux-doc=DIR')
    return
  }
  const { openIndex } = await library()
  const rows = []
  for (const named of values.index) {
    const [name, folder] = named.split(/=(.*)/s)
    const index = await openIndex(folder)
    for (const rank of RANKS) rows.push({ name, rank, ...(await figuresOf(index, readSet(name), rank)) })
    await index.close()
  }
  printTable(
    ['', 'ranking', 'nDCG@10', 'median length', 'repeated of ten'],
    rows.map(row => [row.name, row.rank, figure(mean(row.scores), 3), row.length, figure(row.repeated, 2)]),
  )
  saveResults('paragraphs', { sets: rows })
}

/** The questions of a set, each with its judgements. */
function readSet(name) {
  const lines = file => readFileSync(`${FOLDER}${name}/${file}`, 'utf8').split('\n').filter(Boolean)
  const judged = lines('qrels.tsv').map(line => line.split('\t'))
  return lines('queries.jsonl').map(line => {
    const { id, text } = JSON.parse(line)
    const own = judged.filter(([query]) => query === id)
    return { text, relevant: new Map(own.map(([, passage, grade]) => [passage, Number(grade)])) }
  })
}

async function figuresOf(index, questions, rank) {
  const scores = []
  const lengths = []
  let repeated = 0
  for (const { text, relevant } of questions) {
    const { hits } = await index.search(text, { limit: DEPTH, rank, freshness: 'none' })
    const ids = hits.map(({ path, startLine }) => `${path}:${startLine}`)
    scores.push(ndcg(ids, relevant, DEPTH))
    lengths.push(...hits.map(({ startLine, endLine }) => endLine - startLine + 1))
    // A citation ends with the hash of the passage.
    repeated += hits.length - new Set(hits.map(({ citation }) => citation.split('@')[1])).size
  }
  return { scores, length: `${summary(lengths).median} lines`, repeated: repeated / questions.length }
}
