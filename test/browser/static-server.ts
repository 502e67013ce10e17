/** A plain static web server to test against: one that answers ranges, or one that sends files whole. */
import { readFileSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { onTestFinished } from 'vitest'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
}

export interface StaticServer {
  /** Without a slash at the end. */
  readonly url: string
  /** Of each request its path, with the range asked for. */
  readonly requests: string[]
}

/** Serves folders by the first part of the path, until the test is over. */
export async function serveStatic(
  folders: Readonly<Record<string, string>>,
  { ranges = true }: { ranges?: boolean } = {},
): Promise<StaticServer> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url!, 'http://localhost').pathname)
    const { range } = request.headers
    requests.push(range ? `${path} ${range}` : path)
    const [, first = '', rest = ''] = /^\/([^/]*)(?:\/(.*))?$/.exec(path) ?? []
    const file = folders[first] && join(folders[first], normalize(`/${rest}`))
    if (path === '/favicon.ico') return response.writeHead(204).end()
    if (path === '/blank.html')
      return response.writeHead(200, { 'content-type': TYPES['.html'] }).end('<!doctype html>')
    if (!file || !statSync(file, { throwIfNoEntry: false })?.isFile()) return response.writeHead(404).end()
    const bytes = readFileSync(file)
    const type = { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }
    const asked = ranges ? /^bytes=(\d+)-(\d+)$/.exec(range ?? '') : null
    if (!asked) return response.writeHead(200, type).end(bytes)
    const [from, to] = [Number(asked[1]), Math.min(Number(asked[2]), bytes.length - 1)]
    const part = { ...type, 'content-range': `bytes ${from}-${to}/${bytes.length}` }
    return response.writeHead(206, part).end(bytes.subarray(from, to + 1))
  })
  await listening(server)
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests }
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
}
