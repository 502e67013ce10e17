/** The Model Context Protocol over HTTP: a POST in, an answer or a stream of events out. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { createMcpHandler } from '@modelcontextprotocol/server'
import { type Ask, mcpServer } from './mcp.ts'

/** Bytes of a request at the most. */
const LARGEST_REQUEST = 1 << 20

export interface McpEndpoint {
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>
  close(): Promise<void>
}

/** What answers at the path of the protocol. Each request is served by a server of its own: nothing is kept between. */
export function mcpEndpoint(ask: Ask, version: string): McpEndpoint {
  const handler = createMcpHandler(() => mcpServer(ask, version), { maxRequestBodySize: LARGEST_REQUEST })
  return {
    answer: async (request, response) => {
      const gone = new AbortController()
      response.on('close', () => gone.abort())
      const answer = await handler.fetch(requestOf(request, gone.signal))
      response.writeHead(answer.status, Object.fromEntries(answer.headers))
      if (answer.body) for await (const piece of answer.body) response.write(piece)
      response.end()
    },
    close: () => handler.close(),
  }
}

function requestOf(request: IncomingMessage, signal: AbortSignal): Request {
  const { method = 'GET', url, headers } = request
  const named = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, [value].flat().join(', ')]],
  )
  const hasBody = method !== 'GET' && method !== 'HEAD'
  return new Request(`http://localhost${url}`, {
    method,
    headers: named,
    signal,
    ...(hasBody ? { body: Readable.toWeb(request) as ReadableStream, duplex: 'half' } : {}),
  })
}
