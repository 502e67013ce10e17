/** What goes out: every answer of the server, with the headers that keep a browser from making more of it. */
import type { ServerResponse } from 'node:http'
import type { ErrorCode } from '../errors.ts'
import { renderJson } from '../render/json.ts'

/** A page may load what is its own and nothing else; nothing may frame it, and no text in it is ever code. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const SAFE_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/** Answers. A HEAD gets the headers alone: Node leaves the body out. */
export function reply(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Uint8Array,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    ...SAFE_HEADERS,
    'cache-control': 'no-store',
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    ...headers,
  })
  response.end(body)
}

export function replyJson(
  response: ServerResponse,
  status: number,
  json: string,
  headers?: Record<string, string>,
): void {
  reply(response, status, 'application/json; charset=utf-8', json, headers)
}

/** Answers with an error, as `{"error":{"code","message"}}`. */
export function replyError(
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
  headers?: Record<string, string>,
): void {
  replyJson(response, status, renderJson({ error: { code, message } }), headers)
}

/** The status of what a call threw. What is our mistake tells nothing of itself to a client. */
export function statusOf(code: ErrorCode | undefined): number {
  if (code === 'usage') return 400
  if (code === 'not-found') return 404
  return 500
}
