/**
 * One index, five readers: the library on this machine's files, and the browser's reader over HTTP, of a site with its
 * head and cards, in memory, and in a real browser. All give the same documents, order, scores and lines, to the last digit.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type * as Browser from '../../src/browser.ts'
import { buildIndex } from '../../src/build/build.ts'
import type { Index } from '../../src/search/index.ts'
import { openIndex } from '../../src/search/open.ts'
import type { SearchOptions } from '../../src/search/options.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { COMMAND } from '../world.ts'
import { closeBrowser, NO_BROWSER, openPage } from './chromium.ts'
import { serveStatic } from './static-server.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const built = join(root, 'dist/browser')

const QUERIES: [query: string, options?: SearchOptions][] = [
  ['index'],
  ['how does an index stay fresh'],
  ['"exact line"'],
  ['"the index"~2 NEAR/6 file*', { limit: 20 }],
  ['fresh* AND NOT stale'],
  ['+index -query', { offset: 5, limit: 5 }],
  ['title:glossary OR heading:json^3'],
  ['serach~ /sco.*s/', { explain: true }],
  ['indxe', {}],
  ['path:manual/*.md chunk', { sort: 'path', limit: 50 }],
  ['search', { paths: ['**/*.{md,txt}'], group: 'document' }],
  ['whale', { where: 'level < 5 or draft = true' }],
  ['', { where: 'level < 5' }],
  ['Häuser Straße', { language: 'de' }],
  ['haus', { exact: true }],
  ['鯨は海に住む 赵州桥'],
  ['memory + <script>alert(1)</script>', { all: true }],
  ['nothing at all of thiskind', { all: true }],
  ['read-write 10.1.2'],
]

let index: string

beforeAll(async () => {
  const folder = temporaryFolder('conformance', afterAll)
  cpSync(join(root, 'seeds'), join(folder, 'docs'), { recursive: true })
  cpSync(join(root, 'test/browser/documents'), join(folder, 'docs'), { recursive: true })
  await buildIndex({ paths: ['docs'], index: 'elsewhere/index', cwd: folder })
  // Away from its sources: a browser has none either.
  index = join(folder, 'index')
  cpSync(join(folder, 'elsewhere/index'), index, { recursive: true })
}, 120_000)

afterAll(closeBrowser)

/** What every reader must say alike: all but the time it took and the name it was opened by. */
async function answers(opened: Pick<Index, 'search' | 'show' | 'stats' | 'close'>): Promise<unknown[]> {
  const all: unknown[] = []
  for (const [query, options] of QUERIES) {
    const { tookMs: _, indexes: __, ...answer } = await opened.search(query, options)
    all.push(answer)
  }
  const first = (await opened.search('index')).hits[0]!
  all.push(await opened.show(first.citation))
  const { index: _, ...stats } = await opened.stats()
  all.push(stats)
  await opened.close()
  return all
}

async function expected(): Promise<unknown[]> {
  const all = await answers(await openIndex(index))
  expect(all.filter(answer => (answer as { total?: number }).total !== 0).length).toBeGreaterThan(15)
  return all
}

const library = (): Promise<typeof Browser> => import(join(built, 'index.js'))

test.each([true, false])('over HTTP, where the server answers ranges: %s', async ranges => {
  const server = await serveStatic({ index }, { ranges })
  const opened = await (await library()).openIndex(`${server.url}/index`)
  expect(await answers(opened)).toEqual(await expected())
  const whole = server.requests.filter(request => !request.includes('bytes='))
  expect(whole).toEqual(['/index/manifest.json'])
})

test('of a site, by what lies beside its index', async () => {
  const site = join(temporaryFolder('conformance', onTestFinished), 'site')
  execFileSync(process.execPath, [COMMAND, 'export', 'site', site, '--index', index, '--quiet'])
  const server = await serveStatic({ site })
  const head = readdirSync(join(site, 'index')).find(name => name.endsWith('.head'))
  const opened = await (await library()).openIndex(`${server.url}/site/index`, { head })
  expect(await answers(opened)).toEqual(await expected())
  expect(server.requests.some(request => request.includes('.cards'))).toBe(true)
  expect(server.requests.some(request => request.includes('manifest'))).toBe(false)
})

test('over HTTP with the library of Node', async () => {
  const server = await serveStatic({ index })
  expect(await answers(await openIndex(`${server.url}/index/`))).toEqual(await expected())
})

test('in memory', async () => {
  const files = Object.fromEntries(
    readdirSync(index).map(name => [name, new Uint8Array(readFileSync(join(index, name)))]),
  )
  expect(await answers(await (await library()).openMemory(files))).toEqual(await expected())
})

test.skipIf(NO_BROWSER)(`in a real browser ${NO_BROWSER ?? ''}`, async () => {
  const server = await serveStatic({ index, built })
  const { page, faults } = await openPage()
  await page.goto(`${server.url}/blank.html`)
  const run = `(async queries => {
    const { openIndex } = await import('/built/index.js')
    return (${answers.toString().replace('QUERIES', 'queries')})(await openIndex('index'))
  })(${JSON.stringify(QUERIES)})`
  expect(await page.evaluate(run)).toEqual(JSON.parse(JSON.stringify(await expected())))
  expect(faults).toEqual([])
})

test('the browser reader holds no Node module', () => {
  const named = /(?:from|import)\s*\(?["'](node:|fs|path|zlib|util|crypto)/
  const guilty = readdirSync(built).filter(name => named.test(readFileSync(join(built, name), 'utf8')))
  expect(guilty).toEqual([])
})
