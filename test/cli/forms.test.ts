/** The forms for machines, as the command prints them, held to the schemas of the package. */
import { appendFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { faultsOf } from '../schema.ts'
import { world } from '../world.ts'

const whales = {
  'docs/whale.md':
    '---\nlevel: 3\n---\n# Whales\n\nThe blue whale is the largest animal.\n\n## Song\n\nA humpback whale — a\nwhale — sings for hours.\n',
  'docs/ship.txt': 'Ships\r\n\r\nThe ship sailed north.\r\nIts crew saw a whale at noon.\r\n',
}
const indexed = () => world(whales).index('docs')

const eventsOf = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))

test.each([
  ['search', ['search', '--json', 'whale', 'zebra']],
  ['search', ['search', '--json', '--explain', '--all', 'whale', 'crew']],
  ['search', ['search', '--json', '--group', 'document', 'whale']],
  ['search', ['search', '--json', 'zebra']],
  ['search', ['search', '--json', '--where', 'level < 4 and levl < 4', 'whale']],
  ['search', ['search', '--json', '--where', 'level < 4']],
  ['passage', ['show', '--json', 'whale.md:1-3']],
  ['stats', ['stats', '--json']],
  ['fields', ['stats', '--fields', '--json']],
  ['profile', ['stats', '--profile', '--json']],
  ['profile', ['stats', 'whale.md', '--json']],
  ['index', ['index', 'docs', '--json']],
  ['check', ['check', '--json']],
  ['check', ['check', '--repair', '--json']],
] as const)('%s.json describes glean %j', async (schema, args) => {
  const here = await indexed()
  here.write({ 'docs/b.bin': new Uint8Array([0]) })
  const { stdout } = await here.run(...args)
  expect(faultsOf(schema, JSON.parse(stdout))).toEqual([])
})

test('a schema that lacks a field, or has another type for it, is found out', () => {
  expect(faultsOf('passage', { schema: 'gleaner.passage/1', more: 1, lines: '2' })).toEqual(
    expect.arrayContaining([
      '/more is not described: add it to schema/passage.json',
      '/lines must be integer',
    ]),
  )
})

test.each([
  ['--jsonl', 'whale'],
  ['--format=jsonl', 'zebra'],
  ['--jsonl', '--explain', 'ship'],
])('events.json describes each line of glean search %j', async (...args) => {
  const { stdout } = await (await indexed()).run('search', ...args)
  for (const event of eventsOf(stdout)) expect(faultsOf('events', event)).toEqual([])
})

test('--jsonl has the events of grep tools: whole lines, offsets in bytes, a summary also of nothing', async () => {
  const here = await indexed()
  const { stdout, code } = await here.run('search', '--jsonl', 'humpback', 'sings')
  const [begin, match, end, summary] = eventsOf(stdout)
  expect(code).toBe(0)
  expect([begin.type, match.type, end.type, summary.type]).toEqual(['begin', 'match', 'end', 'summary'])
  expect(begin.data.path).toEqual({ text: 'docs/whale.md' })
  const { lines, line_number, absolute_offset, submatches, score, hit } = match.data
  expect(lines.text).toBe('A humpback whale — a\nwhale — sings for hours.\n')
  expect([line_number, hit.citation.replace(/@.*/, ''), score > 0]).toEqual([10, 'whale.md:8-11', true])
  const file = Buffer.from(whales['docs/whale.md'])
  for (const { match: text, start, end } of submatches) {
    expect(file.subarray(absolute_offset + start, absolute_offset + end).toString()).toBe(text.text)
  }
  expect(submatches).toHaveLength(2)
  expect(summary.data).toMatchObject({ schema: 'gleaner.search/1', total: 1, stats: { matches: 2 } })
  const none = await here.run('search', '--jsonl', 'zebra')
  expect(none.code).toBe(1)
  expect(eventsOf(none.stdout)).toMatchObject([{ type: 'summary', data: { total: 0, absent: ['zebra'] } }])
})

test('--jsonl names each document once, in the order of its best hit', async () => {
  const { stdout } = await (await indexed()).run('search', '--jsonl', 'whale')
  const events = eventsOf(stdout)
  expect(events.map(({ type }) => type).join(' ')).toMatch(/^begin (match )+end begin (match )+end summary$/)
})

test('the lines of a changed file are those it has now', async () => {
  const here = await indexed()
  writeFileSync(here.path('docs/ship.txt'), 'Ships\n\nNew words.\n\nIts crew — see — saw a whale.\n')
  const { stdout } = await here.run('search', '--jsonl', 'crew')
  const { data } = eventsOf(stdout)[1]!
  expect([data.hit.state, data.line_number, data.lines.text]).toEqual([
    'changed',
    5,
    'Its crew — see — saw a whale.\n',
  ])
  expect(data.absolute_offset).toBe('Ships\n\nNew words.\n\n'.length)
  const line = await here.run('search', '--vimgrep', 'whale crew', '--path', 'ship.txt')
  expect(line.stdout).toMatch(/^docs\/ship\.txt:5:5:Its crew/)
})

test('a line of a megabyte is not printed whole', async () => {
  const here = world({ 'docs/long.txt': `${'word '.repeat(200_000)}whale ${'word '.repeat(2000)}\n` })
  await here.index('docs')
  const { stdout } = await here.run('search', '--jsonl', 'whale')
  const { data } = eventsOf(stdout)[1]!
  expect(data.lines.text.length).toBeLessThan(400)
  expect(data.absolute_offset + data.submatches[0].start).toBe(1_000_000)
})

test('-0 ends each path with NUL, and gives it as it is', async () => {
  const here = await world({ 'docs/a b\n.txt': 'A whale.\n' }).index('docs')
  expect((await here.run('search', '-l0', 'whale')).stdout).toBe('docs/a b\n.txt\0')
  expect((await here.run('search', '-l', '-0', 'whale')).stdout).toBe('docs/a b\n.txt\0')
  expect((await here.run('search', '--format=plain', '--null', 'whale')).stdout).toBe(
    'docs/a b\n.txt\0' + '1:3: A whale.\n',
  )
  expect((await here.shell('glean search -l0 whale | xargs -0 cat')).stdout).toBe('A whale.\n')
})

test('--format markdown quotes the text as the source has it', async () => {
  const here = await indexed()
  appendFileSync(here.path('docs/ship.txt'), '\r\n1. <b>not</b> a *list* of whale_names\r\n')
  await here.index('docs')
  const { stdout, code } = await here.run('search', '--format', 'markdown', 'names', 'sings')
  expect(code).toBe(0)
  expect(stdout).toContain(
    '### Whales\n\n[docs/whale.md:11](<docs/whale.md#L11>) Whales › Song\n\n> \\## Song',
  )
  expect(stdout).toContain('> whale — **sings** for hours.')
  expect(stdout).toContain('> 1\\. &lt;b\\>not&lt;/b\\> a \\*list\\* of whale\\_**names**')
  expect(stdout).toMatch(/\n\n\*2 hits of 2 matches for\* `names sings`\n$/)
})
