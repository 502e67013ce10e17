/** The server as a client meets it: started by the command, asked over HTTP. */
import { expect, test, vi } from 'vitest'
import { faultsOf } from '../schema.ts'
import { world } from '../world.ts'
import { ask, serve } from './serving.ts'

const FILES = {
  'docs/whale.md': '---\nlevel: 4\n---\n# Diving\n\nA sperm whale dives for an hour.\n',
  'docs/tea.txt': 'Tea is best with water that does not quite boil.\n',
}

test('answers as the command does', async () => {
  const here = await world(FILES).index('docs')
  const { json } = await serve(here)
  const answer = await json('api/search?q=whale+dive&limit=3')
  const printed = JSON.parse((await here.run('search', 'whale dive', '-n', '3', '--json')).stdout)
  expect(answer).toEqual({ status: 200, body: { ...printed, tookMs: expect.any(Number) } })
  const shown = JSON.parse((await here.run('show', 'whale.md:6', '--json')).stdout)
  expect(await json('api/show?ref=whale.md:6')).toEqual({ status: 200, body: shown })
  const stats = JSON.parse((await here.run('stats', '--json')).stdout)
  expect(await json('api/stats')).toEqual({ status: 200, body: stats })
  const words = await json('api/suggest?q=the+wa')
  expect(words.body).toMatchObject({ query: 'the wa', words: [{ word: 'water', chunks: 1 }] })
  expect(faultsOf('suggest', words.body)).toEqual([])
  const { body } = await json('api/openapi.json')
  expect(Object.keys(body.paths as object)).toEqual([
    '/api/search',
    '/api/show',
    '/api/suggest',
    '/api/stats',
    '/api/events',
  ])
})

test('what cannot be answered says why, and what to do', async () => {
  const { json, port } = await serve(await world(FILES).index('docs'))
  const error = (code: string, message: RegExp) => ({
    error: { code, message: expect.stringMatching(message) },
  })
  const { body } = await json('api/search?q=whale&limit=0')
  expect(body).toMatchObject({ total: expect.any(Number), hits: [], freshness: 'tree', stale: null })
  expect((body as { total: number }).total).toBeGreaterThan(0)
  expect(await json('api/search?q=a&limit=x')).toEqual({ status: 400, body: error('usage', /limit takes/) })
  expect(await json('api/search?q=a&where=((')).toEqual({ status: 400, body: error('usage', /./) })
  expect(await json('api/show?ref=none.md')).toEqual({ status: 404, body: error('not-found', /none\.md/) })
  expect(await json('api/nothing')).toEqual({ status: 404, body: error('not-found', /nothing at this path/) })
  const posted = await ask(port, '/api/stats', { method: 'POST' })
  expect([posted.status, posted.headers.allow]).toEqual([405, 'GET, HEAD'])
  expect((await ask(port, '/', { method: 'HEAD' })).body).toBe('')
})

test('answers to its own names alone', async () => {
  const { port } = await serve(await world(FILES).index('docs'), '--allow-host', 'docs.example')
  const status = async (headers: Record<string, string>) =>
    (await ask(port, '/api/stats', { headers })).status
  expect(await status({ host: `localhost:${port}` })).toBe(200)
  expect(await status({ host: 'docs.example' })).toBe(200)
  expect(await status({ host: 'rebound.example' })).toBe(403)
  expect(await status({ host: `localhost:${port}`, origin: 'https://evil.example' })).toBe(403)
})

test('no path leads outside the index', async () => {
  const here = await world({ ...FILES, 'secret.txt': 'secret' }).index('docs')
  const { port } = await serve(here)
  for (const path of [
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '//secret.txt',
    '/..%2fsecret.txt',
    '/index/manifest.json',
    '/page.css/../../package.json',
    '/\\secret.txt',
  ]) {
    const { status, body } = await ask(port, path)
    expect([path, status, body.includes('secret"')]).toEqual([
      path,
      expect.toSatisfy(code => code === 404 || code === 400),
      false,
    ])
  }
  for (const ref of ['../secret.txt', '/etc/passwd', 'docs/../../secret.txt', here.path('secret.txt')]) {
    expect((await ask(port, `/api/show?ref=${encodeURIComponent(ref)}`)).status).toBe(404)
  }
})

test('follows the index, and tells who listens', async () => {
  const here = await world(FILES).index('docs')
  const { url, json } = await serve(here)
  expect((await json('api/search?q=walrus')).body.total).toBe(0)
  const events = (await fetch(`${url}api/events`)).body!.pipeThrough(new TextDecoderStream()).getReader()
  await here.write({ 'docs/walrus.md': 'A walrus has tusks.\n' }).index('docs')
  await vi.waitFor(async () => expect((await json('api/search?q=walrus')).body.total).toBe(1), {
    timeout: 5000,
  })
  let heard = ''
  while (!heard.includes('event: index')) heard += (await events.read()).value ?? ''
  expect(heard).toMatch(/event: index\ndata: \{"documents":3,"chunks":3\}/)
})

test('a query that takes too long is ended, and the next is answered', async () => {
  const words = Array.from({ length: 30_000 }, (_, number) => `w${number.toString(36)}x`).join(' ')
  const here = await world({ 'docs/a.txt': words }).index('docs')
  const { json } = await serve(here, '--timeout', '1')
  expect(await json(`api/search?q=${encodeURIComponent('/w.*x/ OR '.repeat(200))}a~2`)).toMatchObject({
    status: 504,
    body: { error: { code: 'timeout' } },
  })
})

test('ends in order, and says where it cannot begin', async () => {
  const here = await world(FILES).index('docs')
  const { port, stop, stderr } = await serve(here)
  const taken = await here.run('serve', '--port', String(port))
  expect([taken.code, taken.stderr]).toEqual([
    2,
    expect.stringMatching(/port \d+: it is taken; choose another: --port N/),
  ])
  expect(await stop()).toBe(130)
  expect(stderr()).toMatch(/Ctrl-C ends it/)
  expect((await here.run('serve', '--index', 'nowhere')).stderr).toMatch(/there is no index at nowhere/)
})

test('with --watch the index is kept fresh, and who listens hears how far an update is', async () => {
  const here = await world({ 'docs/a.md': 'The whale dives.\n' }).index('docs')
  const { url, json, stop, stderr } = await serve(here, '--watch')
  const events = (await fetch(`${url}api/events`)).body!.pipeThrough(new TextDecoderStream()).getReader()
  let heard = ''
  const hear = async (words: string) => {
    while (!heard.includes(words)) heard += (await events.read()).value ?? ''
  }
  await hear('retry')
  here.write({ 'docs/b.md': 'A shark swims.\n' })
  await hear('"added":1')
  expect(heard).toContain('event: progress')
  await hear('event: index')
  expect((await json('api/search?q=shark')).body).toMatchObject({ total: 1 })
  await events.cancel()
  expect(await stop()).toBe(130)
  expect(stderr()).toContain('watching for changes')
})
