/**
 * A test collection: documents, queries, and which documents people judged relevant to which query. Reads
 * corpus.jsonl ({ id, title, text }), queries.jsonl ({ id, text }) and qrels.tsv (query, document, relevance), and
 * ranks its documents with the library.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, extname, join } from 'node:path'
import { library } from './tool.mjs'

/** Names of the collections in a folder, sorted; [] where it is not there. */
export function collectionsIn(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter(name => existsSync(join(folder, name, 'qrels.tsv')))
    .sort()
}

/** `documents`, `queries` that have a relevant document, each with `relevant`: Map of document to relevance over 0. */
export function readCollection(folder) {
  const relevant = new Map()
  for (const line of linesOf(join(folder, 'qrels.tsv'))) {
    const [query, document, relevance] = line.split('\t')
    if (!(Number(relevance) > 0)) continue
    if (!relevant.has(query)) relevant.set(query, new Map())
    relevant.get(query).set(document, Number(relevance))
  }
  const queries = linesOf(join(folder, 'queries.jsonl')).map(line => JSON.parse(line))
  return {
    documents: linesOf(join(folder, 'corpus.jsonl')).map(line => JSON.parse(line)),
    queries: queries
      .filter(({ id }) => relevant.has(id))
      .map(({ id, text }) => ({ id, text: plainWords(text), relevant: relevant.get(id) })),
  }
}

function linesOf(file) {
  return readFileSync(file, 'utf8').split('\n').filter(Boolean)
}

/**
 * A question as words only, since signs may be operators: letters, digits, apostrophes, and hyphens, points and commas
 * inside words stay, the rest becomes spaces; words that are operators lose their capitals.
 */
export function plainWords(text) {
  return text
    .replace(/[^\p{L}\p{M}\p{N}'’.,-]+/gu, ' ')
    .replace(/(?<![\p{L}\p{M}\p{N}])['’.,-]+|['’.,-]+(?![\p{L}\p{M}\p{N}])/gu, ' ')
    .replace(/\b(AND|OR|NOT|NEAR)\b/g, word => word.toLowerCase())
    .replace(/ +/g, ' ')
    .trim()
}

/**
 * Indexes `documents` ({ id, content }) as files in a temporary folder and hands `ask` to `use`: from a query, a number
 * of hits and options of a search to the ids of the documents, best first, each once; `ask.hits` gives the hits
 * themselves, each with the text of its `passage`.
 */
export async function withGlean(documents, extension, use) {
  const { buildIndex, openIndex } = await library()
  const folder = mkdtempSync(join(tmpdir(), 'gleaner-collection-'))
  try {
    const texts = join(folder, 'texts')
    mkdirSync(texts)
    // An id may be anything; names in this order keep the order of the collection where scores are equal.
    const names = documents.map((_, number) => String(number).padStart(8, '0') + extension)
    for (const [number, { content }] of documents.entries())
      writeFileSync(join(texts, names[number]), content)
    await buildIndex({ paths: [texts], index: join(folder, 'index') })
    const index = await openIndex(join(folder, 'index'))
    const documentOf = ({ path }) => documents[Number(basename(path, extname(path)))]
    const ask = async (query, limit, options) => [
      ...new Set((await index.ranking(query, { ...options, limit })).map(hit => documentOf(hit).id)),
    ]
    ask.hits = async (query, limit) => {
      const { hits } = await index.search(query, { limit, freshness: 'none' })
      return hits.map(hit => {
        const lines = documentOf(hit).content.split('\n')
        return { ...hit, passage: lines.slice(hit.startLine - 1, hit.endLine).join('\n') }
      })
    }
    try {
      return await use(ask)
    } finally {
      await index.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
