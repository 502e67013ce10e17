/** The questions of the benchmarks that ask whether an index can be trusted, in short; in full they are `npm run bench`. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const BENCH = fileURLToPath(new URL('../../bench/run.mjs', import.meta.url))

function bench(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [BENCH, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', piece => {
      said[name] += piece
    })
  }
  return new Promise(resolve => child.on('close', code => resolve({ code, ...said })))
}

test('an index survives being killed at any moment, and a disk that fails', {
  timeout: 600_000,
}, async () => {
  const { code, stdout, stderr } = await bench('crash', '--runs', '5', '--large', '0', '--stride', '150')
  expect(code, stderr).toBe(0)
  expect(stdout).toMatch(/\n(\d+) runs, \1 indexes survived, 0 lost\n$/)
})

test('damage to an index is detected, or harmless', { timeout: 600_000 }, async () => {
  const { code, stdout, stderr } = await bench('corrupt', '--runs', '110', '--workers', '1')
  expect(code, stderr).toBe(0)
  expect(stdout).toMatch(/\n\d+ detected, \d+ harmless, 0 wrong, 0 crashed, 0 hung\n$/)
})

test('readers see whole answers while an index is written', { timeout: 600_000 }, async () => {
  const { code, stdout, stderr } = await bench('readers', '--seconds', '4', '--readers', '3', '--zipf', '0.1')
  expect(code, stderr).toBe(0)
  expect(stdout).toMatch(/with the writer +\d+ +\d+ +\d+ +0 +0\n\n\d+ generations written\n$/)
})
