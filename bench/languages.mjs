/**
 * Are passages found in languages other than English? XQuAD has the same 240 paragraphs and 1,190 questions in several
 * languages, each question answered by one paragraph: so one analyzer can be compared across languages. Beside the
 * library stand MiniSearch with its defaults and plain BM25 (character pairs for scripts without spaces), on the same
 * texts and questions. Titles are English everywhere and left out.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Bm25 } from './bm25.mjs'
import { collectionsIn, readCollection, withGlean } from './collection.mjs'
import { mean, recall, reciprocalRank } from './measures.mjs'
import { miniSearch } from './minisearch.mjs'
import { figure, machine, percent, printTable, saveResults } from './results.mjs'
import { COLLECTIONS } from './tool.mjs'

const PREFIX = 'xquad-'
const DEPTH = 10

const OPTIONS = { only: { type: 'string' }, collections: { type: 'string', default: COLLECTIONS } }

export async function run(args) {
  const { values } = parseArgs({ args, options: OPTIONS })
  const wanted = values.only?.split(',').map(language => PREFIX + language)
  const names = collectionsIn(values.collections).filter(
    name => name.startsWith(PREFIX) && (wanted?.includes(name) ?? true),
  )
  if (names.length === 0) {
    console.log('Skipped: there are no XQuAD collections here; name their folder: --collections DIR')
    return
  }
  const results = { machine: machine(), languages: [] }
  for (const name of names) {
    console.error(name)
    const collection = readCollection(join(values.collections, name))
    results.languages.push({ language: name.slice(PREFIX.length), ...(await compare(collection)) })
  }
  printResults(results.languages)
  saveResults('languages', results)
}

/** Figures of the three engines on one language. */
async function compare({ documents, queries }) {
  const texts = documents.map(({ id, text }) => ({ id, text }))
  const files = texts.map(({ id, text }) => ({ id, content: `${text}\n` }))
  const bm25 = new Bm25(texts)
  return {
    questions: queries.length,
    glean: await withGlean(files, '.txt', ask => figures(queries, ask)),
    minisearch: await figures(queries, miniSearch(texts)),
    bm25: await figures(queries, (query, limit) => bm25.search(query, limit)),
  }
}

async function figures(queries, ask) {
  const first = []
  const ten = []
  const ranks = []
  const began = performance.now()
  for (const { text, relevant } of queries) {
    const ranking = await ask(text, DEPTH)
    first.push(recall(ranking, relevant, 1))
    ten.push(recall(ranking, relevant, DEPTH))
    ranks.push(reciprocalRank(ranking, relevant, DEPTH))
  }
  return {
    first: mean(first),
    ten: mean(ten),
    mrr: mean(ranks),
    ms: (performance.now() - began) / queries.length,
  }
}

function printResults(languages) {
  const cells = ({ first, ten, mrr }) => [percent(first), percent(ten), figure(mrr, 3)]
  const columns = engine => [`${engine}: first %`, 'in ten %', 'MRR@10']
  printTable(
    ['', 'questions', ...columns('glean'), 'ms', ...columns('MiniSearch'), ...columns('BM25')],
    languages.map(({ language, questions, glean, minisearch, bm25 }) => [
      language,
      questions,
      ...cells(glean),
      figure(glean.ms, 1),
      ...cells(minisearch),
      ...cells(bm25),
    ]),
  )
}
