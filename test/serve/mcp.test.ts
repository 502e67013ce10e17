/** The server for agents, asked by the client of the protocol's own SDK. */
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { expect, onTestFinished, test } from 'vitest'
import { faultsOf } from '../schema.ts'
import { COMMAND, type World, world } from '../world.ts'
import { ask } from './serving.ts'

const FILES = {
  'docs/whale.md': '---\nlevel: 4\n---\n# Diving\n\nA sperm whale dives for an hour.\n',
  'docs/tea and more/é#1.txt': 'Tea is best with water that does not quite boil.\n',
}

async function connected(transport: StdioClientTransport | StreamableHTTPClientTransport): Promise<Client> {
  const client = new Client({ name: 'a test', version: '1.0.0' })
  await client.connect(transport)
  onTestFinished(() => client.close())
  return client
}

function overStdio(here: World): Promise<Client> {
  const args = [COMMAND, 'mcp', '--index', 'index', '--quiet']
  return connected(new StdioClientTransport({ command: process.execPath, args, cwd: here.folder }))
}

async function overHttp(here: World): Promise<Client> {
  const child = here.start({}, process.execPath, COMMAND, 'mcp', '--http', '--port', '0')
  onTestFinished(() => void child.kill('SIGKILL'))
  const url = await new Promise<string>(resolve => child.stdout!.setEncoding('utf8').once('data', resolve))
  return connected(new StreamableHTTPClientTransport(new URL(url.trim())))
}

test.each([
  ['standard input and output', overStdio],
  ['HTTP', overHttp],
])('over %s: tools and documents', async (_, connect) => {
  const here = await world(FILES).index('docs')
  const client = await connect(here)
  const { tools } = await client.listTools()
  expect(tools.map(({ name }) => name)).toEqual(['search', 'show', 'stats'])
  expect(tools[0]!.inputSchema).toMatchObject({
    required: ['query'],
    properties: { limit: { maximum: 100 } },
  })
  const found = await client.callTool({
    name: 'search',
    arguments: { query: 'whale dive', limit: 3, all: true },
  })
  expect(faultsOf('search', found.structuredContent)).toEqual([])
  expect(found.structuredContent).toMatchObject({ total: 1, hits: [{ path: 'whale.md', line: 4 }] })
  expect(JSON.stringify(found.content)).toMatch(/whale\.md:4/)
  const plain = { name: 'search', arguments: { query: 'the whale', rank: 'plain', explain: true } }
  expect((await client.callTool(plain)).structuredContent).toMatchObject({
    ignored: [],
    parse: 'the OR whale',
  })
  const { hits } = found.structuredContent as { hits: { citation: string }[] }
  const shown = await client.callTool({ name: 'show', arguments: { reference: hits[0]!.citation } })
  expect(JSON.stringify(shown.content)).toMatch(/sperm whale/)
  const stats = await client.callTool({ name: 'stats', arguments: {} })
  expect(stats.structuredContent).toMatchObject({ documents: 2 })
  const { resources } = await client.listResources()
  expect(resources.map(({ uri }) => uri)).toEqual([
    'gleaner:///tea%20and%20more/%C3%A9%231.txt',
    'gleaner:///whale.md',
  ])
  const { contents } = await client.readResource({ uri: resources[0]!.uri })
  expect(contents).toMatchObject([{ mimeType: 'text/plain', text: FILES['docs/tea and more/é#1.txt'] }])
})

test('what cannot be done is told to the agent', async () => {
  const client = await overStdio(await world(FILES).index('docs'))
  const failed = await client.callTool({ name: 'show', arguments: { reference: '../secret' } })
  expect(failed).toMatchObject({
    isError: true,
    content: [{ text: expect.stringMatching(/no document \.\.\/secret/) }],
  })
  const wrong = await client.callTool({ name: 'search', arguments: { query: 'a', where: '((' } })
  expect(wrong.isError).toBe(true)
  const empty = await client.callTool({ name: 'search', arguments: { query: ' ' } })
  expect(empty).toMatchObject({
    isError: true,
    content: [{ text: expect.stringMatching(/nothing to search/) }],
  })
  await expect(client.readResource({ uri: 'gleaner:///nowhere.md' })).rejects.toThrow(/nowhere\.md/)
  const unknown = await client
    .callTool({ name: 'search', arguments: { words: 'a' } })
    .catch(thrown => ({ isError: true, thrown }))
  expect(unknown.isError).toBe(true)
})

test('over HTTP, pages of other sites are not let in', async () => {
  const here = await world(FILES).index('docs')
  const child = here.start({}, process.execPath, COMMAND, 'mcp', '--http', '--port', '0')
  onTestFinished(() => void child.kill('SIGKILL'))
  const url = await new Promise<string>(resolve => child.stdout!.setEncoding('utf8').once('data', resolve))
  const port = Number(new URL(url.trim()).port)
  const headers = { host: `localhost:${port}`, origin: 'https://evil.example' }
  expect((await ask(port, '/mcp', { method: 'POST', headers })).status).toBe(403)
})

test('nothing but the protocol is written to standard output, and the end of input ends it', async () => {
  const here = await world(FILES).index('docs')
  const { stdout, stderr, code } = await here.shell('glean mcp < /dev/null')
  expect([stdout, code]).toEqual(['', 0])
  expect(stderr).toMatch(/serving the Model Context Protocol/)
  expect((await here.shell('glean mcp --index nowhere < /dev/null')).code).toBe(2)
})
