/** The head of an index and its cards: what a site has beside the index, so that the first search waits less. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openIndex } from '../../src/search/open.ts'
import { openUrl } from '../../src/search/open-url.ts'
import { readHead } from '../../src/segment/head.ts'
import { world } from '../world.ts'

/** An index of many documents, some in two languages, and what `fetch` may be asked of it besides the head. */
async function site() {
  const here = world()
  for (let number = 0; number < 400; number++) {
    const german =
      number % 4 === 0 ? 'Die Häuser und die Straßen sind für alle da, auch wenn es regnet.\n\n' : ''
    here.write({
      [`docs/${number % 7}/näme-${number}.md`]: `# Page ${number}\n\n${german}The whale number ${number} and word${number} swim together.\n`,
    })
  }
  // So much text that it has a dictionary.
  const lines = Array.from(
    { length: 7000 },
    (_, number) => `Entry ${number} lies by ${number * 7919}, as others do.`,
  )
  here.write({ 'docs/6/list.txt': lines.join('\n\n').repeat(2) })
  await here.index('docs')
  const index = await openIndex(here.path('index'))
  expect(index.segments[0]!.text.hasDictionary).toBe(true)
  const { manifest } = index
  await index.close()
  expect((await here.run('export', 'site', 'site')).code).toBe(0)
  const folder = here.path('site/index')
  const head = new Uint8Array(
    readFileSync(join(folder, readdirSync(folder).find(name => name.endsWith('.head'))!)),
  )
  const asked: string[] = []
  /** Requests are answered together, once no more come: how often that happens is how often a reader has to wait. */
  const network = { isSlow: false, waves: 0 }
  const waiting: (() => void)[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const wave = (): Promise<void> => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      network.waves++
      for (const answer of waiting.splice(0)) answer()
    }, 250)
    return new Promise(resolve => waiting.push(resolve))
  }
  const fetch = async (url: string, { headers }: { headers?: Record<string, string> }) => {
    const name = url.slice(url.lastIndexOf('/') + 1)
    asked.push(name)
    if (network.isSlow) await wave()
    if (name === 'x.head') return new Response(new Uint8Array(head))
    if (name === 'gone.head') return new Response('', { status: 404 })
    const bytes = readFileSync(join(folder, name))
    const [from, to] = /(\d+)-(\d+)/
      .exec(headers?.range ?? '')
      ?.slice(1)
      .map(Number) ?? [0, bytes.length - 1]
    return new Response(bytes.subarray(from, to! + 1), {
      status: headers?.range ? 206 : 200,
      headers: { 'content-range': `bytes ${from}-${to}/${bytes.length}` },
    })
  }
  return {
    manifest,
    head,
    asked,
    network,
    open: (name?: string) => openUrl('http://host/index', { fetch, head: name }),
  }
}

const QUERIES = ['whale', 'word17 häuser', '"whale number" word3*', 'title:page 30', 'path:3/**']

test('with a head the answers are the same, and neither the manifest nor a table is read', async () => {
  const { asked, manifest, head, open } = await site()
  const { cards, ...read } = readHead(head)
  expect(read.manifest).toEqual(manifest)
  expect(cards.name).toMatch(/^[0-9a-f]{32}\.cards$/)
  const [plain, headed] = [await open(), await open('x.head')]
  asked.length = 0
  for (const query of QUERIES) {
    const [one, other] = [await plain.search(query), await headed.search(query)]
    expect({ ...other, tookMs: 0 }).toEqual({ ...one, tookMs: 0 })
    expect(one.total).toBeGreaterThan(0)
  }
  for (const path of ['1/näme-8.md', '6/list.txt'])
    expect(await headed.show(path)).toEqual(await plain.show(path))
  const [far, near] = [headed, plain].map(index => index.segments[0]!)
  expect(await far!.rows.index.pages()).toEqual(await near!.rows.index.pages())
  // Of a block of words as many characters as find it.
  const keys = async ({ dictionary }: typeof near & object) =>
    (await dictionary.index.pages()).flat().map(({ key }) => key)
  const [short, whole] = [await keys(far!), await keys(near!)]
  expect(whole.every((key, block) => key.startsWith(short[block]!))).toBe(true)
  expect(short.join('').length).toBeLessThan(whole.join('').length)
  expect(asked).not.toContain('manifest.json')
})

test('what a hit says of its document comes from the cards, and that is opened with one wait', async () => {
  const { asked, network, open } = await site()
  const headed = await open('x.head')
  const extensions = (): Set<string> => new Set(asked.map(name => name.slice(name.lastIndexOf('.'))))
  asked.length = 0
  const { hits } = await headed.search('entry', { limit: 3 })
  expect(extensions()).toEqual(new Set(['.cards', '.seg']))
  network.isSlow = true
  const passage = await headed.show(hits[0]!.path)
  expect(network.waves).toBe(1)
  expect(extensions()).not.toContain('.docs')
  network.isSlow = false
  expect(passage).toEqual(await (await open()).show(hits[0]!.path))
  expect(passage.lines).toBeGreaterThan(20_000)
  asked.length = 0
  expect((await headed.show('1/näme-8.md:1')).title).toBe('Page 8')
  expect(extensions()).toContain('.docs')
})

test('a head that is gone is done without, one that is damaged too', async () => {
  const { asked, head, open } = await site()
  expect((await (await open('gone.head')).search('whale')).total).toBe(400)
  head[head.length >> 1]! ^= 1
  expect(() => readHead(head)).toThrow()
  expect((await (await open('x.head')).search('whale')).total).toBe(400)
  expect(asked.filter(name => name === 'manifest.json')).toHaveLength(2)
})

test.each([
  ['whale word17', 3],
  ['"whale number"', 4],
  ['whale -word3', 3],
  ['word*', 3],
  ['whale-number', 4],
])('a search waits for the network a few times: %s', async (query, most) => {
  const { network, open } = await site()
  const index = await open('x.head')
  network.isSlow = true
  expect((await index.search(query, { suggest: false })).total).toBeGreaterThan(0)
  expect(network.waves).toBeLessThanOrEqual(most)
})
