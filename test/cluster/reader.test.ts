/** What the server that is asked whispers: which warnings speak of a silent shard, and which do not. */
import { expect, test } from 'vitest'
import { answerOf } from '../../src/cluster/reader.ts'

const meta = (warning?: string) => [
  ...(warning === undefined ? [] : [{ Variable_name: 'warning', Value: warning }]),
  { Variable_name: 'total_found', Value: '7' },
  { Variable_name: 'keyword[0]', Value: 'sea' },
  { Variable_name: 'docs[0]', Value: '5' },
]

test.each([
  ['index chunks: agent 127.0.0.1:9422: connect() failed: errno=111, Connection refused', ['127.0.0.1:9422']],
  ['index chunks: agent a.example:9317: query timed out', ['a.example:9317']],
  [
    'index chunks: agent a:1: failed to receive handshake; index chunks: agent b:2: timed out',
    ['a:1', 'b:2'],
  ],
  ['index chunks: quorum threshold (0.0) too high', []],
  ['index chunks: keyword length too short', []],
  [undefined, []],
])('%s', (warning, silent) => {
  const answer = answerOf([], meta(warning))
  expect(answer.silent).toEqual(silent)
  expect(answer.total).toBe(7)
  expect(answer.frequencies.get('sea')).toBe(5)
})
