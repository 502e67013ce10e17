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
 * Indexes `documents` ({ id, content }) as files ID.EXTENSION in a temporary folder and hands `ask` to `use`: from a
 * query and a number of hits to the ids of the documents, best first, a document ranked by its best passage.
 */
export async function withGlean(documents, extension, use) {
  const { buildIndex, openIndex } = await library()
  const folder = mkdtempSync(join(tmpdir(), 'gleaner-collection-'))
  try {
    const texts = join(folder, 'texts')
    mkdirSync(texts)
    for (const { id, content } of documents) writeFileSync(join(texts, id + extension), content)
    await buildIndex({ paths: [texts], index: join(folder, 'index') })
    const index = await openIndex(join(folder, 'index'))
    try {
      return await use(async (query, limit) => {
        const { hits } = await index.search(query, { limit })
        return [...new Set(hits.map(({ path }) => basename(path, extname(path))))]
      })
    } finally {
      await index.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
