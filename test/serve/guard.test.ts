import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { refusalOf } from '../../src/serve/guard.ts'

const options = {
  hosts: new Set(['localhost', '127.0.0.1', '[::1]', 'docs.example']),
  port: 7700,
  token: undefined,
}

function request(headers: Record<string, string>, { from = '127.0.0.1', url = '/' } = {}): IncomingMessage {
  return { headers, url, socket: { remoteAddress: from } } as unknown as IncomingMessage
}

test.each([
  [{ host: '127.0.0.1:7700' }, undefined],
  [{ host: 'LOCALHOST:7700', origin: 'http://localhost:7700' }, undefined],
  [{ host: '[::1]:7700' }, undefined],
  [{ host: 'docs.example', origin: 'https://docs.example' }, undefined],
  [{}, 403],
  [{ host: 'evil.example:7700' }, 403],
  [{ host: 'localhost:7701' }, 403],
  [{ host: 'localhost.evil.example:7700' }, 403],
  [{ host: 'evil.example/localhost:7700' }, 403],
  [{ host: 'localhost:7700', origin: 'https://evil.example' }, 403],
  [{ host: 'localhost:7700', origin: 'http://localhost:3000' }, 403],
  [{ host: 'localhost:7700', origin: 'null' }, 403],
  [{ host: 'localhost:7700', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }, 403],
  [{ host: 'localhost:7700', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, undefined],
] as [Record<string, string>, number | undefined][])('%j', (headers, status) => {
  expect(refusalOf(request(headers), options)?.status).toBe(status)
})

test('a token is asked of other machines, and of no other', () => {
  const guarded = { ...options, token: 'a b/c' }
  const host = { host: 'docs.example' }
  const from = '10.0.0.7'
  const refused = (headers: Record<string, string>, more = {}) =>
    refusalOf(request({ ...host, ...headers }, { from, ...more }), guarded)?.status
  expect(refused({})).toBe(401)
  expect(refused({ authorization: 'Bearer a b/d' })).toBe(401)
  expect(refused({ authorization: 'Bearer a b/c' })).toBeUndefined()
  expect(refused({ cookie: 'x=1; gleaner-token=a%20b%2Fc' })).toBeUndefined()
  expect(refused({}, { url: '/?token=a%20b%2Fc' })).toBeUndefined()
  expect(refused({}, { url: '/?token=%' })).toBe(401)
  expect(refused({}, { from: '::ffff:127.0.0.1' })).toBeUndefined()
})
