/**
 * Are the documents that people judged relevant ranked first? Four old English collections of abstracts, the measures
 * of trec_eval, and beside the library MiniSearch with its defaults in the same run. A document is a file: title, blank
 * line, text (`--form md`: the title as a heading); it is ranked by its best passage among the first 1,000 hits. Two
 * collections have no titles: what glean then takes for one (a first line of up to 200 characters) counts as such.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { collectionsIn, readCollection, withGlean } from './collection.mjs'
import { averagePrecision, mean, ndcg, precision, recall } from './measures.mjs'
import { miniSearch } from './minisearch.mjs'
import { figure, machine, printTable, saveResults } from './results.mjs'
import { COLLECTIONS } from './tool.mjs'

const NAMES = ['cranfield', 'cacm', 'medline', 'npl']
const DEPTH = 1000
/** The longest line that a text file may have for its title, in UTF-16 units; as a heading it may be longer. */
const LONGEST_TITLE = 200

const MEASURES = {
  'nDCG@10': (ranking, relevant) => ndcg(ranking, relevant, 10),
  MAP: averagePrecision,
  'P@10': (ranking, relevant) => precision(ranking, relevant, 10),
  'recall@100': (ranking, relevant) => recall(ranking, relevant, 100),
}

const OPTIONS = {
  only: { type: 'string' },
  form: { type: 'string', default: 'txt' },
  collections: { type: 'string', default: COLLECTIONS },
}

export async function run(args) {
  const { values } = parseArgs({ args, options: OPTIONS })
  if (!Object.hasOwn(FORMS, values.form)) throw new Error(`--form is txt or md, not ${values.form}`)
  const wanted = values.only?.split(',') ?? NAMES
  const names = collectionsIn(values.collections).filter(
    name => NAMES.includes(name) && wanted.includes(name),
  )
  if (names.length === 0) {
    console.log('Skipped: the collections are not here; name their folder: --collections DIR')
    return
  }
  const results = { machine: machine(), form: values.form, depth: DEPTH, collections: [] }
  for (const name of names) {
    console.error(name)
    const collection = readCollection(join(values.collections, name))
    results.collections.push({ name, ...(await compare(collection, values.form)) })
  }
  printResults(results.collections)
  saveResults('relevance', results)
}

/** A document as a file, by form. In a text file a title too long for one is the first paragraph. */
const FORMS = {
  txt: ({ title, text }) => [oneLine(title), text].filter(Boolean).join('\n\n'),
  md: ({ title, text }) => [title && `# ${oneLine(title)}`, text].filter(Boolean).join('\n\n'),
}

const oneLine = text => text.replace(/\s+/g, ' ').trim()

async function compare({ documents, queries }, form) {
  const files = documents.map(each => ({ id: each.id, content: `${FORMS[form](each)}\n` }))
  const texts = documents.map(({ id, title, text }) => ({ id, text: `${title}\n${text}` }))
  return {
    documents: documents.length,
    longTitles: documents.filter(({ title }) => title.length > LONGEST_TITLE).length,
    queries: queries.length,
    glean: await withGlean(files, `.${form}`, ask => figures(queries, ask)),
    minisearch: await figures(queries, miniSearch(texts)),
  }
}

/** The mean of each measure, and what each query got. */
async function figures(queries, ask) {
  const byQuery = []
  for (const { id, text, relevant } of queries) {
    const ranking = await ask(text, DEPTH)
    const values = Object.entries(MEASURES).map(([name, measure]) => [name, measure(ranking, relevant)])
    byQuery.push({ query: id, ...Object.fromEntries(values) })
  }
  const means = Object.keys(MEASURES).map(name => [name, mean(byQuery.map(each => each[name]))])
  return { ...Object.fromEntries(means), byQuery }
}

function printResults(collections) {
  const measures = Object.keys(MEASURES)
  const engines = ['glean', 'minisearch']
  const rows = collections.map(({ name, documents, queries, ...by }) => ({
    cells: [name, documents, queries],
    values: engines.flatMap(engine => measures.map(measure => by[engine][measure])),
  }))
  const means = engines.flatMap((_, engine) =>
    measures.map((_, at) => mean(rows.map(({ values }) => values[engine * measures.length + at]))),
  )
  const columns = ['glean', 'MiniSearch'].flatMap(engine =>
    measures.map((measure, at) => (at === 0 ? `${engine}: ${measure}` : measure)),
  )
  printTable(
    ['', 'documents', 'queries', ...columns],
    [...rows, { cells: ['mean', '', ''], values: means }].map(({ cells, values }) => [
      ...cells,
      ...values.map(value => figure(value, 3)),
    ]),
  )
}
