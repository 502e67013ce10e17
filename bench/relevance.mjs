/**
 * Are the documents that people judged relevant ranked first? nDCG@10 on every test collection of a folder, of the
 * questions as they are and cut to their three rarest words; gleaner beside its own plain BM25, MiniSearch with its
 * defaults, SQLite's FTS5 and BM25 as Anserini sets it, on the same texts in the same run. And does an excerpt show as
 * much of the question as any stretch of the passage of its length could? A document is a Markdown file with its title
 * as heading, as `glean eval` has it, and is ranked as a document (`--group document`). With `--parts` gleaner is
 * measured against itself instead: the same with each part of its ranking left out, and with the first ones alone.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ANSERINI, Bm25, stemsOf } from './bm25.mjs'
import { collectionsIn, readCollection, withGlean } from './collection.mjs'
import { excerptQuality } from './excerpts.mjs'
import { mean, ndcg } from './measures.mjs'
import { miniSearch } from './minisearch.mjs'
import { figure, machine, percent, printTable, saveResults } from './results.mjs'
import { ftsRankings } from './rivals/fts5.mjs'
import { COLLECTIONS } from './tool.mjs'

const ENGINES = ['glean', 'plain', 'MiniSearch', 'FTS5 porter', 'BM25 0.9/0.4']
const DEPTH = 10
const RAREST = 3

/** Rankings to measure with `--parts`: what is left out of each. */
const PARTS = {
  everything: [],
  ...Object.fromEntries(
    [
      'headings',
      'pairs',
      'lead',
      'feedback',
      'neighbours',
      'every word',
      'further passages',
      'query words',
    ].map(part => [`without ${part}`, [part]]),
  ),
  'query words and every word alone': [
    'headings',
    'pairs',
    'lead',
    'feedback',
    'neighbours',
    'further passages',
  ],
  'query words alone': [
    'headings',
    'pairs',
    'lead',
    'feedback',
    'neighbours',
    'further passages',
    'every word',
  ],
}

const OPTIONS = {
  only: { type: 'string' },
  parts: { type: 'boolean', default: false },
  collections: { type: 'string', default: COLLECTIONS },
}

export async function run(args) {
  const { values } = parseArgs({ args, options: OPTIONS })
  const wanted = values.only?.split(',')
  const names = collectionsIn(values.collections).filter(name => wanted?.includes(name) ?? true)
  if (names.length === 0) {
    console.log('Skipped: the collections are not here; name their folder: --collections DIR')
    return
  }
  if (values.parts) return measureParts(values.collections, names)
  const results = { machine: machine(), depth: DEPTH, collections: [] }
  for (const name of names) {
    console.error(name)
    const collection = readCollection(join(values.collections, name))
    results.collections.push({ name, ...(await compare(collection, isLanguage(name))) })
  }
  printResults(results.collections)
  saveResults('relevance', results)
}

/** The languages of XQuAD: the same texts and questions in each, so that they count for themselves and whole. */
const isLanguage = name => name.startsWith('xquad-')

async function compare({ documents, queries }, wholeOnly) {
  const files = documents.map(each => ({ id: each.id, content: contentOf(each) }))
  const texts = documents.map(({ id, title = '', text }) => ({ id, text: `${title}\n${text}` }))
  const stems = new Bm25(texts, ANSERINI)
  const rivals = {
    MiniSearch: miniSearch(texts),
    'BM25 0.9/0.4': (query, limit) => stems.search(query, limit),
  }
  const sets = { whole: queries, ...(wholeOnly ? {} : { cut: cut(queries, stems) }) }
  return withGlean(files, '.md', async ask => {
    const figures = { documents: documents.length, queries: queries.length }
    for (const [name, set] of Object.entries(sets)) {
      const fts = ftsRankings(
        texts,
        set.map(({ text }) => text),
        DEPTH,
      )
      const group = 'document'
      figures[name] = {
        glean: await scoresOf(set, query => ask(query, DEPTH, { group })),
        plain: await scoresOf(set, query => ask(query, DEPTH, { group, rank: 'plain' })),
        ...(fts ? { 'FTS5 porter': await scoresOf(set, (_query, at) => fts[at]) } : {}),
      }
      for (const [engine, search] of Object.entries(rivals))
        figures[name][engine] = await scoresOf(set, query => search(query, DEPTH))
    }
    return wholeOnly ? figures : { ...figures, excerpts: await excerptQuality(queries, ask, stems) }
  })
}

function contentOf({ title = '', text }) {
  const heading = title.replace(/\s+/g, ' ').trim()
  if (!/[\p{L}\p{N}]/u.test(text)) return `${heading}\n`
  return heading === '' ? `${text}\n` : `# ${heading}\n\n${text}\n`
}

/** The questions with their rarest words only, in their order; of those that the documents have. */
function cut(queries, index) {
  return queries.flatMap(query => {
    const words = query.text.split(' ').flatMap(word => {
      const [stem, ...more] = stemsOf(word)
      return stem === undefined || more.length > 0 || index.frequency(stem) === 0 ? [] : [{ word, stem }]
    })
    const stems = [...new Set(words.map(({ stem }) => stem))].sort(
      (a, b) => index.frequency(a) - index.frequency(b),
    )
    const kept = new Set(stems.slice(0, RAREST))
    const text = words.filter(({ stem }) => kept.has(stem)).map(({ word }) => word)
    return text.length === 0 ? [] : [{ ...query, text: text.join(' ') }]
  })
}

/** Prints the means over the collections, those of one language, of the ranking without each of its parts. */
async function measureParts(folder, names) {
  const rankings = { ...PARTS, plain: undefined }
  const scores = Object.fromEntries(Object.keys(rankings).map(name => [name, { whole: [], cut: [] }]))
  const used = names.filter(name => !isLanguage(name))
  for (const name of used) {
    console.error(name)
    const { documents, queries } = readCollection(join(folder, name))
    const texts = documents.map(({ id, title = '', text }) => ({ id, text: `${title}\n${text}` }))
    const sets = { whole: queries, cut: cut(queries, new Bm25(texts, ANSERINI)) }
    const files = documents.map(each => ({ id: each.id, content: contentOf(each) }))
    await withGlean(files, '.md', async ask => {
      for (const [ranking, without] of Object.entries(rankings)) {
        const options = { group: 'document', ...(without ? { without } : { rank: 'plain' }) }
        for (const [set, asked] of Object.entries(sets))
          scores[ranking][set].push(mean(await scoresOf(asked, query => ask(query, DEPTH, options))))
      }
    })
  }
  const { whole, cut: short } = scores.everything
  printTable(
    ['nDCG@10', ...used, 'mean', 'gain', 'cut', 'gain'],
    Object.entries(scores).map(([ranking, by]) => [
      ranking,
      ...by.whole.map(value => figure(value, 4)),
      figure(mean(by.whole), 4),
      figure(mean(whole) - mean(by.whole), 4),
      figure(mean(by.cut), 4),
      figure(mean(short) - mean(by.cut), 4),
    ]),
  )
  saveResults('parts', { machine: machine(), collections: used, scores })
}

/** What each question got. */
async function scoresOf(queries, ask) {
  const scores = []
  for (const [at, { text, relevant }] of queries.entries())
    scores.push(ndcg(await ask(text, at), relevant, DEPTH))
  return scores
}

function printResults(collections) {
  for (const [set, title] of [
    ['whole', 'nDCG@10'],
    ['cut', 'nDCG@10, three rarest words'],
  ]) {
    const rows = collections
      .filter(each => each[set])
      .map(({ name, documents, queries, [set]: by }) => ({
        cells: [name, documents, queries],
        values: ENGINES.map(engine => (by[engine] ? mean(by[engine]) : Number.NaN)),
      }))
    const others = rows.filter(({ cells: [name] }) => !isLanguage(name))
    const means = ENGINES.map((_, at) => mean(others.map(({ values }) => values[at])))
    const last = others.length > 1 ? [{ cells: ['mean', '', ''], values: means }] : []
    printTable(
      [title, 'documents', 'queries', ...ENGINES],
      [...rows, ...last].map(({ cells, values }) => [...cells, ...values.map(value => figure(value, 4))]),
    )
    console.log()
  }
  printTable(
    ['excerpts', 'hits', 'best possible %'],
    collections
      .filter(({ excerpts }) => excerpts)
      .map(({ name, excerpts: { hits, best } }) => [name, hits, percent(best / hits)]),
  )
}
