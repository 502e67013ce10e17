/**
 * What does a search over a network cost? The same HTML pages, made of a corpus, are indexed by gleaner (glean export
 * site) and by Pagefind; both are served by one static server that compresses what hosts compress, and searched in a real
 * browser: the page is opened, then ten queries of two words are asked, each with ten results shown. Counted are requests
 * and bytes of bodies as they go over the wire. Pagefind is used without its own interface, by its script alone.
 *
 * Round trips are counted apart, from nothing to the results of the first query, while the server takes its time over
 * each answer: a request waits for another where it comes after that has been answered, and the longest such chain is
 * what a slow network makes a person wait for.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { dirname, extname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { chromium } from 'playwright-core'
import { CORPUS_OPTIONS, filesOf, findCorpus, sizeOf } from './corpus.mjs'
import { bytesOf, withHomes } from './homes.mjs'
import { printPlain } from './network-plain.mjs'
import { sampleQueries } from './queries.mjs'
import { figure, machine, printTable, saveResults } from './results.mjs'
import { CLI } from './tool.mjs'

const PAGEFIND = fileURLToPath(new URL('./node_modules/.bin/pagefind', import.meta.url))
const BROWSER = '/usr/bin/chromium'
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const QUERIES = 10
const SHOWN = 10

/** Milliseconds the server takes over an answer while round trips are counted. */
const DELAY = 400

const GZIP = { encoding: 'gzip', bytesOf: gzipSync }
const BROTLI = { encoding: 'br', bytesOf: brotliCompressSync }

const OPTIONS = {
  ...CORPUS_OPTIONS,
  queries: { type: 'string' },
  /** Whether text goes as Brotli, as some hosts send it, and not as gzip, as all do. */
  brotli: { type: 'boolean', default: false },
  /** Only what the second ranking adds. */
  plain: { type: 'boolean', default: false },
}

export async function run(args) {
  const { values } = parseArgs({ args, options: OPTIONS })
  if (!values.plain && !existsSync(BROWSER))
    return console.log(`Skipped: there is no ${BROWSER} here; apt install chromium`)
  const corpus = findCorpus(values)
  if (corpus === null) return
  const queries = values.queries?.split(',') ?? twoWords(corpus)
  await withHomes(async homeOf => {
    if (values.plain) return printPlain(gleanerSite(corpus, homeOf('gleaner')).folder, corpus)
    const pages = homeOf('pages')
    console.error('making pages ...')
    makePages(corpus, pages)
    const made = sizeOf(pages)
    const compress = values.brotli ? BROTLI : GZIP
    const sites = { gleaner: gleanerSite(pages, homeOf('gleaner')) }
    if (existsSync(PAGEFIND)) sites.pagefind = pagefindSite(pages)
    const figures = {}
    for (const [name, site] of Object.entries(sites)) {
      console.error(`${name}: searching ...`)
      figures[name] = {
        indexBytes: site.indexBytes,
        steps: await measure(site, queries, compress),
        // Pagefind asks from a worker of its own, whose requests the page is not told of.
        chain: site.link && (await longestChain(site, queries[0], compress)),
      }
    }
    print(figures, queries, made)
    saveResults('network', { machine: machine(), compression: compress.encoding, queries, figures })
  })
}

function twoWords(corpus) {
  return sampleQueries(corpus)
    .filter(({ kind, words }) => kind === 'two words' && words.every(word => word.length > 3))
    .slice(0, QUERIES)
    .map(({ words }) => words.join(' '))
}

/** A page for each document: its first line as the title, a paragraph for each of its own. */
function makePages(corpus, folder) {
  const escaped = text => text.replace(/[&<>]/g, sign => `&#${sign.charCodeAt(0)};`)
  for (const file of filesOf(corpus)) {
    const paragraphs = readFileSync(file, 'utf8')
      .split(/\n\s*\n/)
      .map(each => each.trim())
      .filter(Boolean)
    const title =
      (paragraphs[0] ?? '')
        .split('\n')[0]
        .replace(/^[#\s]+/, '')
        .slice(0, 100) || 'Untitled'
    const page = join(folder, `${relative(corpus, file)}.html`)
    mkdirSync(dirname(page), { recursive: true })
    const body = paragraphs.map(each => `<p>${escaped(each)}</p>`).join('\n')
    writeFileSync(
      page,
      `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title></head>\n<body><main data-pagefind-body><h1>${escaped(title)}</h1>\n${body}\n</main></body></html>\n`,
    )
  }
}

function execute(command, args) {
  const { status, stderr, stdout } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28 })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr || stdout}`)
}

function gleanerSite(pages, home) {
  mkdirSync(home)
  const index = join(home, 'index')
  const out = join(home, 'site')
  execute(process.execPath, [CLI, 'index', pages, '--index', index, '--quiet'])
  execute(process.execPath, [CLI, 'export', 'site', out, '--index', index, '--quiet'])
  return {
    folder: out,
    indexBytes: bytesOf(index),
    open: openGleaner,
    search: searchGleaner,
    link: linkGleaner,
  }
}

function pagefindSite(pages) {
  execute(PAGEFIND, ['--site', pages, '--quiet'])
  const folder = join(pages, 'pagefind')
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Search</title>')
  return {
    folder,
    indexBytes: bytesOf(folder),
    open: openPagefind,
    search: searchPagefind,
  }
}

async function openGleaner(page, url) {
  await page.goto(`${url}index.html`)
  await page.locator('#status', { hasText: 'documents to search' }).waitFor({ timeout: 60_000 })
}

async function searchGleaner(page, query) {
  const done = `${query} `
  await page.locator('#hits').evaluate(list => list.replaceChildren())
  await page.fill('#query', done.trim())
  await page.locator('.hit').first().waitFor({ timeout: 60_000 })
  return page.locator('.hit').count()
}

/** A link to the hits of a query. */
async function linkGleaner(page, url, query) {
  await page.goto(`${url}index.html#q=${encodeURIComponent(query)}`)
  await page.locator('.hit').first().waitFor({ timeout: 60_000 })
}

async function openPagefind(page, url) {
  await page.goto(`${url}index.html`)
  await page.evaluate(
    'import("./pagefind.js").then(async module => { window.pagefind = module; await module.init() })',
  )
}

async function searchPagefind(page, query) {
  return page.evaluate(
    async ([text, most]) => {
      const { results } = await window.pagefind.search(text)
      return (await Promise.all(results.slice(0, most).map(result => result.data()))).length
    },
    [query, SHOWN],
  )
}

/** The longest chain of requests that wait for one another, from a cold browser to the results of a query. */
async function longestChain({ folder, link }, query, compress) {
  const server = await serve(folder, compress, DELAY)
  const browser = await chromium.launch({ executablePath: BROWSER, args: FLAGS })
  try {
    const page = await (await browser.newContext()).newPage()
    await link(page, server.url, query)
    // As the page made them: a browser may hold some back, where it has as many connections as it will.
    const requests = await page.evaluate(
      `['navigation', 'resource'].flatMap(type => performance.getEntriesByType(type))
        .map(({ startTime, responseEnd }) => ({ startTime, responseEnd }))`,
    )
    const depths = new Map()
    for (const request of requests.sort((a, b) => a.startTime - b.startTime)) {
      // One that was never answered ends at 0; nothing waited for it.
      const before = requests.filter(({ responseEnd: end }) => end > 0 && end < request.startTime)
      depths.set(request, 1 + Math.max(0, ...before.map(each => depths.get(each) ?? 0)))
    }
    return Math.max(...depths.values())
  } finally {
    await browser.close()
    server.close()
  }
}

/** What each step cost: opening the page, then each query. */
async function measure({ folder, open, search }, queries, compress) {
  const server = await serve(folder, compress)
  const browser = await chromium.launch({ executablePath: BROWSER, args: FLAGS })
  try {
    const page = await (await browser.newContext()).newPage()
    const steps = []
    const step = async (name, work) => {
      const before = server.figures()
      const shown = await work()
      await page.waitForLoadState('networkidle')
      const after = server.figures()
      steps.push({
        name,
        shown,
        bytes: after.bytes - before.bytes,
        requests: after.requests - before.requests,
      })
    }
    await step('first load', () => open(page, server.url))
    for (const query of queries) await step(query, () => search(page, query))
    return steps
  } finally {
    await browser.close()
    server.close()
  }
}

const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
}

/** A static server as hosts are: text is compressed, ranges are answered. Counts bodies; may take `delay` ms for each. */
async function serve(folder, { encoding, bytesOf }, delay = 0) {
  let bytes = 0
  let requests = 0
  const server = createServer(async (request, response) => {
    if (delay > 0) await new Promise(resolve => setTimeout(resolve, delay))
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname)
    const file = join(folder, path)
    if (!file.startsWith(folder) || !statSync(file, { throwIfNoEntry: false })?.isFile())
      return response.writeHead(404).end()
    const content = readFileSync(file)
    const type = TYPES[extname(file)]
    const headers = { 'content-type': type ?? 'application/octet-stream' }
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')
    let body = content
    if (range) {
      const [from, to] = [Number(range[1]), Math.min(Number(range[2]), content.length - 1)]
      headers['content-range'] = `bytes ${from}-${to}/${content.length}`
      body = content.subarray(from, to + 1)
    } else if (type) {
      headers['content-encoding'] = encoding
      body = bytesOf(content)
    }
    requests++
    bytes += body.length
    response.writeHead(range ? 206 : 200, headers).end(body)
  })
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    figures: () => ({ bytes, requests }),
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

function print(figures, queries, { files, bytes }) {
  console.log(`${files} HTML pages, ${figure(bytes / 1e6, 1)} MB; bytes over the wire, and requests\n`)
  const rows = [
    ['first load', steps => [steps[0]]],
    [`first search: ${queries[0]}`, steps => [steps[1]]],
    ['until the first answer', steps => steps.slice(0, 2)],
    [`tenth search: ${queries.at(-1)}`, steps => [steps.at(-1)]],
    ['median of the searches', steps => [median(steps.slice(1))]],
    ['all of it', steps => steps],
  ]
  printTable(
    ['', ...Object.keys(figures).flatMap(name => [`${name} kB`, 'requests'])],
    rows.map(([name, pick]) => [
      name,
      ...Object.values(figures).flatMap(({ steps }) => {
        const picked = pick(steps)
        const sum = field => picked.reduce((total, step) => total + step[field], 0)
        return [figure(sum('bytes') / 1e3, 1), sum('requests')]
      }),
    ]),
  )
  console.log(
    `\nDependent round trips of gleaner, from a cold browser to the first answer: ${figures.gleaner.chain}`,
  )
}

function median(steps) {
  return [...steps].sort((a, b) => a.bytes - b.bytes)[steps.length >> 1]
}
