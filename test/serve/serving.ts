/** `glean serve` in a test's world: started, reached, and stopped when the test is over. */
import type { ChildProcess } from 'node:child_process'
import { request } from 'node:http'
import { onTestFinished } from 'vitest'
import { COMMAND, type World } from '../world.ts'

export interface Serving {
  /** With a slash at the end. */
  readonly url: string
  readonly port: number
  readonly child: ChildProcess
  /** All it has written to standard error. */
  stderr(): string
  json(path: string): Promise<{ status: number; body: Record<string, unknown> }>
  /** Ends it as Ctrl-C does; gives the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

export async function serve(world: World, ...args: string[]): Promise<Serving> {
  const child = world.start({}, process.execPath, COMMAND, 'serve', '--port', '0', ...args)
  const ended = new Promise<number | null>(resolve => child.on('close', resolve))
  let stderr = ''
  child.stderr!.setEncoding('utf8').on('data', piece => {
    stderr += piece
  })
  const stop = (signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> => {
    child.kill(signal)
    return ended
  }
  onTestFinished(async () => {
    await stop('SIGKILL')
  })
  const url = await new Promise<string>((resolve, reject) => {
    let stdout = ''
    child.stdout!.setEncoding('utf8').on('data', piece => {
      stdout += piece
      if (stdout.includes('\n')) resolve(stdout.trim())
    })
    child.on('close', () => reject(new Error(`glean serve ended: ${stderr}`)))
  })
  const json = async (path: string) => {
    const response = await fetch(url + path)
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  return { url, port: Number(new URL(url).port), child, stderr: () => stderr, json, stop }
}

/** A request with headers that `fetch` would not let pass; gives the status and the body. */
export function ask(
  port: number,
  path: string,
  { headers = {}, method = 'GET' }: { headers?: Record<string, string>; method?: string } = {},
): Promise<{ status: number; body: string; headers: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, method, headers, agent: false }, response => {
      let body = ''
      response.setEncoding('utf8').on('data', piece => {
        body += piece
      })
      response.on('end', () => resolve({ status: response.statusCode!, body, headers: response.headers }))
    })
      .on('error', reject)
      .end()
  })
}
