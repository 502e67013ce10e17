/**
 * Ten thousand requests nobody means well with: the server answers or hangs up, tells nothing of the machine it runs on,
 * and goes on serving.
 */
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { world } from '../world.ts'
import { ask, serve } from './serving.ts'

const REQUESTS = 10_000
const AT_ONCE = 64

/** Sends bytes as they are, and gives what comes back until the server hangs up or `patience` ms have passed. */
function send(port: number, bytes: string, patience = 2000): Promise<string> {
  return new Promise(resolve => {
    let heard = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'))
    const done = (): void => {
      socket.destroy()
      resolve(heard)
    }
    socket.setTimeout(patience, done)
    socket.setEncoding('latin1').on('data', piece => {
      heard += piece
      if (/\r\n\r\n/.test(heard)) done()
    })
    socket.on('error', done)
    socket.on('close', done)
  })
}

const ESCAPES = ['../', '..%2f', '%2e%2e/', '..\\', '%252e%252e%252f', '....//', '%c0%ae%c0%ae/', '/']
const TARGETS = ['etc/passwd', 'secret.txt', 'proc/self/environ', 'package.json', 'index/manifest.json']

/** Different for each number. */
function attack(number: number, port: number): string {
  const escaping = ESCAPES[number % ESCAPES.length]!.repeat((number % 7) + 1)
  const target = TARGETS[number % TARGETS.length]!
  const host = `Host: 127.0.0.1:${port}\r\n`
  const query = encodeURIComponent(
    ['(', '"', '/', '\\', '*', '~', 'NEAR/', '^', '\u0000', '😀'][number % 10]!.repeat((number % 500) + 1),
  )
  const kinds = [
    () => `GET /${escaping}${target} HTTP/1.1\r\n${host}\r\n`,
    () => `GET /api/show?ref=${escaping}${target} HTTP/1.1\r\n${host}\r\n`,
    () => `GET /api/search?q=${query}&limit=${number} HTTP/1.1\r\n${host}\r\n`,
    () => `GET /api/search?q=a&where=${query}&path=${query} HTTP/1.1\r\n${host}\r\n`,
    () => `GET /api/stats HTTP/1.1\r\nHost: evil${number}.example\r\n\r\n`,
    () => `GET /api/stats HTTP/1.1\r\n${host}Origin: https://evil${number}.example\r\n\r\n`,
    () => `GET /api/stats HTTP/1.1\r\n\r\n`,
    () => `GET /${'a'.repeat(13_000)} HTTP/1.1\r\n${host}\r\n`,
    () => `GET / HTTP/1.1\r\n${host}X: ${'a'.repeat(20_000)}\r\n\r\n`,
    () => `POST /api/search HTTP/1.1\r\n${host}Content-Length: 999999999\r\n\r\nx`,
    () => `POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc`,
    () => `${['TRACE', 'CONNECT', 'PUT', 'DELETE', 'BREW'][number % 5]} / HTTP/1.1\r\n${host}\r\n`,
    () => `GET http://evil.example/ HTTP/1.1\r\n${host}\r\n`,
    () => `GET /%${number.toString(16)}%ff%zz HTTP/1.1\r\n${host}\r\n`,
    () => `GET / HTTP/9.${number}\r\n${host}\r\n`,
    () => `\u0016\u0003\u0001${'\u00ff'.repeat(number % 300)}\r\n\r\n`,
    () => `GET /api/show?ref=${encodeURIComponent('<script>alert(1)</script>')} HTTP/1.1\r\n${host}\r\n`,
    () => `GET /\r\n\r\n`,
  ]
  return kinds[number % kinds.length]!()
}

test('ten thousand of them', { timeout: 240_000 }, async () => {
  const here = await world({ 'docs/a.md': 'Nothing to see.\n', 'secret.txt': 'TOPSECRET' }).index('docs')
  const { port, child, json } = await serve(here)
  // Clients that begin a request and never end it, all the while.
  const slow = Array.from({ length: 50 }, () => {
    const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: '))
    return socket.on('error', () => {})
  })
  const leaks: string[] = []
  const statuses = new Map<string, number>()
  let next = 0
  const client = async (): Promise<void> => {
    while (next < REQUESTS) {
      const bytes = attack(next++, port)
      const heard = await send(port, bytes)
      const status = /^HTTP\/1\.1 (\d+)/.exec(heard)?.[1] ?? 'none'
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      const isTold = /TOPSECRET|root:|node_modules|\bat .*\.js:\d/.test(heard) || heard.includes(here.folder)
      // What a client says may come back to it, but never as a page.
      const isPage = heard.includes('<script>alert') && !/content-type: application\/json/.test(heard)
      if (isTold || isPage) leaks.push(bytes)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, client))
  for (const socket of slow) socket.destroy()
  expect(leaks).toEqual([])
  expect(child.exitCode).toBeNull()
  expect(statuses.get('500') ?? 0).toBe(0)
  expect(statuses.get('403')).toBeGreaterThan(REQUESTS / 10)
  expect((await json('api/search?q=nothing')).body.total).toBe(1)
  expect((await ask(port, '/')).status).toBe(200)
})

test('a client that is too slow is hung up on', { timeout: 60_000 }, async () => {
  const { port } = await serve(await world({ 'docs/a.md': 'Nothing to see.\n' }).index('docs'))
  const heard = await send(port, `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Slow: `, 30_000)
  expect(heard).toMatch(/^HTTP\/1\.1 (408|400)/)
})
