/**
 * The search page in a real browser, as a person uses it: exported to a static server, in one file on disk, and served
 * live. Documents in it try to run script.
 */
import { cpSync, existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeBrowser, evaluated, NO_BROWSER, openPage, until } from '../browser/chromium.ts'
import { serveStatic } from '../browser/static-server.ts'
import { serve } from '../serve/serving.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { World } from '../world.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

const HOSTILE = '"><img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'

let here: World

beforeAll(async () => {
  here = new World(temporaryFolder('page', afterAll))
  cpSync(join(root, 'seeds'), here.path('docs'), { recursive: true })
  cpSync(join(root, 'test/browser/documents'), here.path('docs'), { recursive: true })
  const long = Array.from({ length: 3000 }, (_, number) => `Line ${number + 1} of a long walk.\n`)
  long[1499] = 'Here the zebra crosses.\n'
  await here
    .write({
      'docs/long.txt': long.join('\n'),
      [`docs/${HOSTILE.replaceAll('/', '')}.md`]: `# ${HOSTILE}\n\nhacked ${HOSTILE}\n`,
    })
    .index('docs')
  await here.run('export', 'site', 'site', '--title', `A site ${HOSTILE}`)
  await here.run('export', 'site', '--single-file', 'site.html')
}, 120_000)

afterAll(closeBrowser)

/** Where the page is, by the way it came there. */
const PAGES: Record<string, () => Promise<string>> = {
  'on a static server': async () => `${(await serveStatic({ site: here.path('site') })).url}/site/index.html`,
  'in one file on disk': async () => `file://${here.path('site.html')}`,
  'served live': async () => (await serve(here)).url,
}

async function typed(page: Page, query: string): Promise<void> {
  await page.fill('#query', query)
  await until(
    page,
    `document.querySelector('#status').textContent.includes('passage') || document.querySelector('#status').textContent.includes('Nothing')`,
  )
}

const hits = (page: Page) => page.locator('.hit h2 a')

/** What axe finds wrong with the page as it is. */
async function violations(page: Page): Promise<unknown> {
  await evaluated(page, readFileSync(AXE, 'utf8'))
  return evaluated(
    page,
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))',
  )
}

describe.skipIf(NO_BROWSER).each(Object.entries(PAGES))(`the page %s ${NO_BROWSER ?? ''}`, (_, urlOf) => {
  test('is typed in, opened, and gone back from', async () => {
    const { page, faults } = await openPage()
    await page.goto(await urlOf())
    await until(page, `document.querySelector('#status').textContent.includes('documents to search')`)
    await typed(page, 'how does an index stay fresh')
    await page.waitForSelector('.hit')
    expect(await hits(page).first().textContent()).toBe('The index folder')
    expect(await page.locator('.hit').first().locator('mark').allTextContents()).toContain('fresh')
    await hits(page).first().click()
    await page.waitForSelector('.line.pointed.matching')
    expect(await page.locator('.document h2').textContent()).toBe('The index folder')
    expect(await page.locator('.line.pointed mark').first().textContent()).toBe('index')
    expect(page.url()).toMatch(/doc=manual%2Findex-folder.md&lines=\d+-\d+/)
    await page.goBack()
    await page.waitForSelector('.hit >> visible=true')
    expect(await page.inputValue('#query')).toBe('how does an index stay fresh')
    expect(faults).toEqual([])
  })

  test('is used with the keyboard alone', async () => {
    const { page } = await openPage()
    await page.goto(await urlOf())
    await page.keyboard.type('index')
    await page.waitForSelector('.hit')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.line.pointed')
    await page.keyboard.press('Escape')
    await page.waitForSelector('.hit >> visible=true')
    expect(await evaluated(page, 'document.activeElement.id')).toBe('query')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('/')
    expect(await evaluated(page, 'document.activeElement.id')).toBe('query')
  })

  test('filters, sorts, shows more, finds a word half typed, and says what is nowhere', async () => {
    const { page } = await openPage()
    await page.goto(await urlOf())
    await typed(page, 'the')
    await page.waitForSelector('#more:not([hidden])')
    await page.click('#more')
    await until(page, `document.querySelectorAll('.hit').length === 20`)
    await page.click('summary')
    await page.fill('#path', 'manual/**')
    await page.check('#group')
    await page.selectOption('#sort', 'path')
    await until(page, `document.querySelector('.hit .place')?.textContent.startsWith('manual/cluster.md')`)
    expect(page.url()).toMatch(/#q=the&path=manual%2F\*\*&sort=path&group=document/)
    await page.fill('#path', '')
    await page.fill('#where', 'level = 4.5')
    await page.fill('#query', '')
    await until(page, `document.querySelectorAll('.hit').length === 1`)
    expect(await page.locator('.hit .place').textContent()).toMatch(/whale\.md/)
    await page.fill('#where', '')
    await page.fill('#query', 'lighthou')
    await until(
      page,
      `document.querySelector('.hit mark')?.textContent.toLowerCase().startsWith('lighthouse')`,
    )
    await page.fill('#query', 'sourdouhg bread')
    await page.locator('#notes a', { hasText: 'sourdough bread' }).click()
    await until(
      page,
      `[...document.querySelectorAll('.hit mark')].some(each => each.textContent.toLowerCase() === 'sourdough')`,
    )
    await page.fill('#query', '"')
    await page.fill('#where', '((')
    await until(page, `/column/.test(document.querySelector('#status').textContent)`)
  })

  test('no script of a document runs', async () => {
    const { page, faults } = await openPage()
    await page.goto(await urlOf())
    for (const query of ['hacked', 'script', 'whale']) {
      await typed(page, query)
      await page.waitForSelector('.hit')
    }
    await typed(page, 'hacked')
    await page
      .locator('.hit', { has: page.locator('.place', { hasText: 'onerror' }) })
      .locator('a')
      .first()
      .click()
    await page.waitForSelector('.line.pointed')
    expect(await page.textContent('.document .place')).toContain('onerror')
    await page.goto(`${page.url().split('#')[0]}#q=${encodeURIComponent(HOSTILE)}&doc=whale.md&lines=8`)
    await page.waitForSelector('.metadata')
    expect(await page.textContent('.metadata')).toContain('<img src=x onerror')
    expect(await evaluated(page, 'window.hacked')).toBeUndefined()
    expect(await page.locator('main img, main script').count()).toBe(0)
    expect(faults.filter(fault => !fault.includes('404'))).toEqual([])
  })

  test.each(['light', 'dark'] as const)('is 400 pixels wide, %s, accessible', async colorScheme => {
    const { page } = await openPage({ width: 400, height: 800, colorScheme })
    await page.goto(await urlOf())
    await typed(page, 'index')
    await page.waitForSelector('.hit')
    await page.click('summary')
    expect(await evaluated(page, 'document.documentElement.scrollWidth')).toBeLessThanOrEqual(400)
    expect(await violations(page)).toEqual([])
    await hits(page).first().click()
    await page.waitForSelector('.line.pointed')
    expect(await evaluated(page, 'document.documentElement.scrollWidth')).toBeLessThanOrEqual(400)
    expect(await violations(page)).toEqual([])
  })

  test('text that runs right to left does, and a long document opens at its lines', async () => {
    const { page } = await openPage()
    await page.goto(await urlOf())
    await typed(page, 'حوت')
    await page.waitForSelector('.hit')
    const direction = `getComputedStyle(document.querySelector('.excerpt')).direction`
    expect(await evaluated(page, direction)).toBe('rtl')
    await typed(page, 'zebra')
    await until(page, `document.querySelector('.hit mark')?.textContent === 'zebra'`)
    await hits(page).first().click()
    await page.waitForSelector('.line.pointed.matching')
    expect(await page.locator('.line').count()).toBe(1000)
    const top = await evaluated(page, `document.querySelector('.line.matching').getBoundingClientRect().top`)
    expect(top).toBeGreaterThan(100)
    expect(top).toBeLessThan(700)
    await page.locator('.document > button').click()
    expect(await page.locator('.line').count()).toBeGreaterThan(5000)
  })
})

test.skipIf(NO_BROWSER)('a static site asks for nothing but its own files, few of them', async () => {
  const server = await serveStatic({ site: here.path('site') })
  const { page } = await openPage()
  const asked: string[] = []
  page.on('request', request => asked.push(request.url()))
  await page.goto(`${server.url}/site/index.html#q=lighthouse+keeper`)
  await page.waitForSelector('.hit')
  expect(asked.filter(url => !url.startsWith(`${server.url}/site/`) && !url.startsWith('data:'))).toEqual([])
  expect(server.requests.length).toBeLessThan(40)
  const scripts = (): string[] => asked.flatMap(url => /([\w-]+)-[A-Z0-9]{8}\.js$/.exec(url)?.[1] ?? [])
  const later = ['parse', 'phrase', 'expansion']
  expect(scripts().filter(name => later.includes(name))).toEqual([])
  // What else there is to ask with comes when it is asked with.
  await page.locator('#hits').evaluate(list => list.replaceChildren())
  await typed(page, '"lighthouse keeper" keep*')
  await page.waitForSelector('.hit')
  expect(scripts()).toEqual(expect.arrayContaining(later))
})

test('a site is exported anew over an old one, and over nothing else', async () => {
  const again = await here.run('export', 'site', 'site')
  expect([again.code, again.stderr]).toEqual([0, expect.stringMatching(/site: \d+ files, 0\.\d MB/)])
  const onto = await here.run('export', 'site', 'docs')
  expect([onto.code, onto.stderr]).toEqual([
    2,
    expect.stringMatching(/docs holds something else than a site of gleaner/),
  ])
  expect((await here.run('export', 'site', '--single-file', 'docs/whale.md')).stderr).toMatch(
    /is no page of gleaner/,
  )
  expect((await here.run('export', 'site')).stderr).toMatch(/where to\? glean export site OUT/)
  expect(existsSync(here.path('docs/index.html'))).toBe(false)
})
