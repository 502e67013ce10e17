/** Exports that stream, and records that come in: through the command. */
import { expect, test } from 'vitest'
import { world } from '../world.ts'

const FILES = {
  'docs/guide.md':
    '---\ntitle: The Whale Guide\nlevel: 4\n---\n\n# Ships\n\nThe ship sails on the sea.\n\nThe whale dives under the ship.\n',
  'docs/sub/plain.txt': 'Storm at sea\n\n鯨が海を泳ぐ。\n',
}

const linesOf = (text: string): unknown[] =>
  text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))

test('jsonl: the documents, which index - makes the same index of', async () => {
  const here = await world(FILES).index('docs')
  const { stdout, code } = await here.run('export', 'jsonl')
  expect(code).toBe(0)
  expect(linesOf(stdout)).toMatchObject([
    {
      path: 'guide.md',
      title: 'The Whale Guide',
      format: 'markdown',
      metadata: { level: 4 },
      text: FILES['docs/guide.md'],
    },
    { path: 'sub/plain.txt', format: 'plain', text: FILES['docs/sub/plain.txt'] },
  ])
  expect((await here.shell('glean export jsonl | glean index - --index again -q')).code).toBe(0)
  expect((await here.run('export', 'jsonl', '--index', 'again')).stdout).toBe(stdout)
  const answer = JSON.parse((await here.run('search', 'dives', '--json', '--index', 'again')).stdout)
  expect(answer.hits[0]).toMatchObject({ path: 'guide.md', line: 10, state: 'detached' })
  expect((await here.shell('ls')).stdout).toBe('again\ndocs\nindex\n')
})

test('records have a title and metadata, and are brought up to date by being given anew', async () => {
  const here = world({
    'a.jsonl':
      '{"id":7,"text":"A walrus.","title":"Tusks","metadata":{"level":3}}\n\n{"path":"x/y.pdf","text":"Taken out."}\n',
    'b.jsonl': '\ufeff{"id":7,"text":"A narwhal."}\r\n',
  })
  expect((await here.shell('glean index - < a.jsonl')).stdout).toMatch(/2 documents/)
  const found = JSON.parse((await here.run('search', 'walrus', '--where', 'level = 3', '--json')).stdout)
  expect(found.hits[0]).toMatchObject({ path: '7', title: 'Tusks', metadata: { level: 3 } })
  expect((await here.run('show', 'x/y.pdf.txt')).stdout).toBe('Taken out.\n')
  await here.shell('glean index - < b.jsonl')
  expect((await here.run('search', 'walrus', '-c')).stdout).toBe('0\n')
  expect((await here.run('search', 'narwhal', '-c')).stdout).toBe('1\n')
})

test.each([
  ['[1]', /line 1 of the records: expected an object/],
  ['{"path":"a","text":"x"}\n{"path"', /line 2 of the records: /],
  ['{"text":"x"}', /expected a "path" or an "id"/],
  ['{"path":"a"}', /expected a "text", got none/],
  ['{"path":"../a","text":"x"}', /expected a path below the root, got "\.\.\/a"/],
  ['{"path":"/a","text":"x"}', /expected a path below the root/],
  ['{"path":"a","text":"x"}\n{"path":"./a","text":"y"}', /line 2 .* there was a record of "a" before/],
])('%s is no record', async (records, message) => {
  const { stderr, code } = await world({ r: records }).shell('glean index - < r; code=$?; ls; exit $code')
  expect([stderr, code]).toEqual([expect.stringMatching(message), 2])
})

test('opensearch: an action and a chunk, line by line, and the mapping that names every field', async () => {
  const here = await world(FILES).index('docs')
  const lines = linesOf((await here.run('export', 'opensearch')).stdout) as Record<string, unknown>[]
  const [action, chunk] = [lines[0]!, lines[3]!]
  expect(action).toEqual({ index: { _id: expect.stringMatching(/^[0-9a-f]{16}-0$/) } })
  expect(chunk).toMatchObject({
    path: 'guide.md',
    startLine: 10,
    heading: ['Ships'],
    text: 'The whale dives under the ship.',
  })
  const [mapping] = linesOf((await here.run('export', 'opensearch', '--mapping')).stdout) as [
    { mappings: { properties: object } },
  ]
  expect(Object.keys(mapping.mappings.properties).sort()).toEqual(Object.keys(chunk).sort())
})

test('what does not go together is told', async () => {
  const here = await world(FILES).index('docs')
  const error = async (...args: string[]) => (await here.run('export', ...args)).stderr
  expect(await error('xml')).toMatch(
    /cannot export to "xml"; the forms are minisearch, jsonl, opensearch, site/,
  )
  expect(await error('jsonl', 'out')).toMatch(/writes to standard output, > out/)
  expect(await error('jsonl', '--mapping')).toMatch(/--mapping belongs to glean export opensearch/)
  expect((await here.run('index', '-', 'docs')).stderr).toMatch(/name no other paths/)
})
