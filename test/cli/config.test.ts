/** Settings: flags before the environment before gleaner.config.json. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { configSchema } from '../../src/cli/config-schema.ts'
import { faultsOf } from '../schema.ts'
import { world } from '../world.ts'

const docs = {
  'docs/a.md': 'A whale sings here.\n\nA whale swims there too.\n\nA whale is seen at sea.\n',
  'docs/b.log': 'A whale in a log of words.\n',
}
const config = (value: object) => ({ 'gleaner.config.json': JSON.stringify(value) })
const lines = (text: string) => text.split('\n').length - 1

test('a flag goes before the environment, and that before the file', async () => {
  const here = await world({ ...docs, ...config({ commands: { search: { limit: 1 } } }) }).index('docs')
  expect(lines((await here.run('search', 'whale')).stdout)).toBe(1)
  const env = { GLEAN_LIMIT: '2' }
  expect(lines((await here.runWith({ env }, 'search', 'whale')).stdout)).toBe(2)
  expect(lines((await here.runWith({ env }, 'search', 'whale', '-n3')).stdout)).toBe(3)
  expect(lines((await here.run('search', 'whale', '--no-config')).stdout)).toBe(3)
})

test('a switch that is off in the environment is not put on by the file', async () => {
  const here = await world({ ...docs, ...config({ commands: { search: { exact: true } } }) }).index('docs')
  expect((await here.run('search', 'whales')).code).toBe(1)
  expect((await here.runWith({ env: { GLEAN_EXACT: '0' } }, 'search', 'whales')).code).toBe(0)
})

test('the nearest file upwards holds, and what it says of paths is meant from its folder', async () => {
  const settings = { index: 'kept', paths: ['docs'], commands: { index: { exclude: ['*.log'] } } }
  const here = world({ ...docs, ...config(settings), 'sub/deep/x': '' })
  const { code } = await here.runWith({ cwd: 'sub/deep' }, 'index')
  expect(code).toBe(0)
  const found = await here.runWith({ cwd: 'sub' }, 'search', '-l', 'whale')
  expect(found.stdout).toBe('../docs/a.md\n')
  expect((await here.shell('ls')).stdout).toContain('kept')
  expect((await here.runWith({ cwd: 'sub', env: { GLEAN_INDEX: '../none' } }, 'search', 'whale')).code).toBe(
    2,
  )
})

test('a usual format yields to any that is asked for', async () => {
  const here = await world({
    ...docs,
    ...config({ commands: { search: { format: 'json', exact: true } } }),
  }).index('docs')
  expect((await here.run('search', 'whale')).stdout).toMatch(/^\{"schema"/)
  expect((await here.run('search', 'whales')).code).toBe(1)
  expect((await here.run('search', '--vimgrep', 'whale', '-n1')).stdout).toMatch(/^docs\//)
  expect((await here.run('search', '--budget', '50', 'whale')).stdout).toMatch(/^a\.md:1-/)
})

test.each([
  ['{', /cannot read gleaner\.config\.json: .*; mend it, or pass over it: --no-config/],
  ['[]', /gleaner\.config\.json takes an object; got \[\]/],
  ['{"comands": {}}', /comands is unknown; did you mean commands\?/],
  ['{"limit": 5}', /limit is of a command; write it as \{ "commands": \{ "search": \{ "limit": /],
  ['{"jobs": 5}', /jobs is of a command; write it as \{ "commands": \{ "index": \{ "jobs": /],
  ['{"open": true}', /open is unknown; it may have paths, commands, index, color/],
  ['{"commands": {"serch": {}}}', /commands\.serch is unknown; did you mean search\?/],
  ['{"commands": {"search": {"limt": 5}}}', /commands\.search\.limt is unknown; did you mean limit\?/],
  ['{"commands": {"search": {"open": true}}}', /commands\.search\.open is unknown/],
  ['{"commands": {"search": {"limit": "five"}}}', /limit takes a whole number; got "five"/],
  ['{"commands": {"search": {"exact": 1}}}', /exact takes true or false; got 1/],
  ['{"commands": {"search": {"sort": "size"}}}', /sort takes score, path; got "size"/],
  ['{"commands": {"index": {"exclude": [1]}}}', /exclude takes a list of texts; got \[1\]/],
  [
    '{"index": "/etc/index"}',
    /index must stay below the folder of gleaner\.config\.json; got "\/etc\/index"/,
  ],
  ['{"paths": ["../other"]}', /paths must stay below/],
])('%s is refused with the place of the fault', async (text, message) => {
  const { stderr, code } = await world({ ...docs, 'gleaner.config.json': text }).run('search', 'whale')
  expect([code, lines(stderr)]).toEqual([2, 1])
  expect(stderr).toMatch(message)
})

test('glean check tells what is set, and by what', async () => {
  const here = await world({ ...docs, ...config({ color: 'never' }) }).index('docs')
  const env = { GLEAN_LIMIT: '3', GLEAN_OTHER: '1', VISUAL: 'vim -n', EDITOR: 'ed' }
  const { stdout } = await here.runWith({ env }, 'check', '--json')
  const report = JSON.parse(stdout)
  expect(faultsOf('check', report)).toEqual([])
  expect(report.setup).toMatchObject({
    node: process.versions.node,
    settings: 'gleaner.config.json',
    variables: ['GLEAN_LIMIT'],
    editor: 'vim -n',
  })
  const text = await here.runWith({ env: { EDITOR: '', VISUAL: '' } }, 'check', '--no-config')
  expect(text.stdout).toMatch(
    /^Sound: .*\n.*\n {2}gleaner \d.*, index format \d, Node .*\n {2}settings: none; editor: none, set VISUAL or EDITOR\n$/,
  )
})

test('the environment is checked too, and switches are 1 or 0', async () => {
  const here = await world(docs).index('docs')
  const run = async (env: NodeJS.ProcessEnv) => here.runWith({ env }, 'search', 'whales')
  expect((await run({ GLEAN_LIMIT: 'x' })).stderr).toContain('GLEAN_LIMIT takes a whole number; got "x"')
  expect((await run({ GLEAN_EXACT: 'maybe' })).stderr).toContain('GLEAN_EXACT takes 1 or 0')
  expect([(await run({ GLEAN_EXACT: '1' })).code, (await run({ GLEAN_EXACT: '0' })).code]).toEqual([1, 0])
})

test('schema/config.json is that of the table, and takes what the command takes', () => {
  const file = fileURLToPath(new URL('../../schema/config.json', import.meta.url))
  const schema = JSON.parse(readFileSync(file, 'utf8'))
  expect(schema).toEqual(JSON.parse(JSON.stringify(configSchema())))
  const validate = new Ajv2020({ strict: true }).compile(schema)
  expect(
    validate({ $schema: 'x', index: 'i', paths: ['docs'], commands: { search: { limit: 5, exact: true } } }),
  ).toBe(true)
  expect(validate({ commands: { search: { pager: 'less' } } })).toBe(false)
})
