/**
 * What the second ranking adds to the bytes of a search over a network: queries of one to six words as they stand in the
 * corpus are asked of the browser's reader, each by a reader that has fetched the head of the index and nothing else, once
 * plain and once in full. The code of the second ranking is counted apart: it comes once, with the page.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { filesOf } from './corpus.mjs'
import { seeded } from './random.mjs'
import { figure, machine, printTable, saveResults } from './results.mjs'

const reader = () => import(new URL('../dist/browser/index.js', import.meta.url))
const SOURCES = fileURLToPath(new URL('../src/search', import.meta.url))

/** Modules of the second ranking alone. */
const CODE = ['refine', 'passage', 'feedback', 'pairs', 'lead', 'smoothing', 'every-word']

const LENGTHS = [1, 2, 3, 4, 6]
const QUERIES = 20
const SHOWN = 10

/** `site` is a folder that `glean export site` has made of the corpus. */
export async function printPlain(site, corpus) {
  const index = join(site, 'index')
  const head = readdirSync(index).find(name => name.endsWith('.head'))
  const figures = []
  for (const words of LENGTHS) {
    const differences = []
    for (const query of queriesOf(corpus, words)) {
      const plain = await bytesOf(index, head, query, 'plain')
      const full = await bytesOf(index, head, query, 'full')
      differences.push({ query, plain, full })
    }
    figures.push({ words, differences })
  }
  const mean = (list, of) => figure(list.reduce((sum, each) => sum + of(each), 0) / list.length / 1e3, 1)
  printTable(
    ['words', 'plain kB', 'full kB', 'more', 'most of any'],
    figures.map(({ words, differences }) => [
      words,
      mean(differences, ({ plain }) => plain),
      mean(differences, ({ full }) => full),
      mean(differences, ({ full, plain }) => full - plain),
      figure(Math.max(...differences.map(({ full, plain }) => full - plain)) / 1e3, 1),
    ]),
  )
  const code = await codeBytes()
  console.log(`\n${figure(code / 1e3, 1)} kB of code besides, gzipped, once; means of ${QUERIES} queries`)
  saveResults('network-plain', { machine: machine(), figures, code })
}

/** Words that follow one another in some document, none of them shorter than four letters. */
function* queriesOf(corpus, words) {
  const random = seeded(11 + words)
  const files = filesOf(corpus)
  for (let given = 0; given < QUERIES; ) {
    const text = readFileSync(files[random.below(files.length)], 'utf8')
    const found = text.slice(random.below(text.length)).match(/\b[a-zA-Z]{4,}\b/g) ?? []
    if (found.length <= words) continue
    given++
    yield found.slice(1, words + 1).join(' ')
  }
}

const contents = new Map()

/** What a file holds: it is asked for thousands of times. */
function contentOf(path) {
  const content = contents.get(path) ?? readFileSync(path)
  contents.set(path, content)
  return content
}

/** Bytes that a search fetches besides the head. */
async function bytesOf(folder, head, query, rank) {
  let bytes = 0
  const fetch = async (url, { headers } = {}) => {
    const content = contentOf(join(folder, basename(new URL(url).pathname)))
    const [from, to] = /(\d+)-(\d+)/
      .exec(headers?.range ?? '')
      ?.slice(1)
      .map(Number) ?? [0, content.length]
    const body = content.subarray(from, to + 1)
    if (!url.endsWith('.head')) bytes += body.length
    return new Response(body, {
      status: headers?.range ? 206 : 200,
      headers: { 'content-range': `bytes ${from}-${to}/${content.length}` },
    })
  }
  const { openIndex } = await reader()
  const index = await openIndex('http://localhost/index', { fetch, head })
  const { hits } = await index.search(query, { rank, limit: SHOWN })
  await index.close()
  return hits.length === 0 ? Number.NaN : bytes
}

async function codeBytes() {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    stdin: { contents: CODE.map(name => `export * from './${name}.ts'`).join('\n'), resolveDir: SOURCES },
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'nothing but these',
        setup: ({ onResolve }) =>
          onResolve({ filter: /\.ts$/ }, ({ path }) =>
            CODE.includes(basename(path, '.ts')) ? undefined : { path, external: true },
          ),
      },
    ],
  })
  return gzipSync(outputFiles[0].contents).length
}
