/** `glean cluster init`: files for the daemons, and nothing written where it should not be. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { world } from '../world.ts'

const ADDRESS = 'sphinxql://search:9306/chunks?shards=a:9316|b:9316,c:9316'

test('each daemon has its file', async () => {
  const here = world()
  const { code, stdout } = await here.run(
    'cluster',
    'init',
    'conf',
    '--data',
    '/srv/glean',
    '--index',
    ADDRESS,
  )
  expect(code).toBe(0)
  expect(stdout).toContain(
    'conf/shard-0-copy-1.conf: for b:9316, with its folder /srv/glean/chunks/shard-0-1',
  )
  expect(readdirSync(here.path('conf')).sort()).toEqual([
    'reader.conf',
    'shard-0-copy-1.conf',
    'shard-0.conf',
    'shard-1.conf',
  ])
  const shard = readFileSync(here.path('conf/shard-1.conf'), 'utf8')
  expect(shard).toContain('listen = c:9316:mysql41\n')
  expect(shard).toContain('path = /srv/glean/chunks/shard-1/chunks_terms\n')
  const reader = readFileSync(here.path('conf/reader.conf'), 'utf8')
  expect(reader).toContain('agent = a:9317:chunks|b:9317:chunks\n')
  expect(reader).toContain('agent = c:9317:chunks_terms\n')
  const again = await here.run('cluster', 'init', 'conf', '--index', ADDRESS)
  expect(again).toMatchObject({ code: 2 })
  expect(again.stderr).toContain('it is there already')
})

test.each([
  [['init'], 'where to?'],
  [['init', 'conf', '--data', 'here'], 'absolute folder'],
  [['init', 'conf', '--data', '/a\n}'], 'line ends'],
  [['grow'], 'init, status, move; got "grow"'],
  [['status', 'now'], 'no word "now"'],
  [['status', '--data', '/x'], 'belongs to glean cluster init'],
  [['move', 'a', '1'], 'two numbers'],
])('glean cluster %j is refused', async (args, why) => {
  const { code, stderr } = await world().run('cluster', ...args, '--index', ADDRESS)
  expect(code).toBe(2)
  expect(stderr).toContain(why)
})

test('ports that meet, and what is no cluster, are refused', async () => {
  const here = world()
  const meet = 'sphinxql://a:9306/chunks?shards=a:9316,a:9317'
  expect((await here.run('cluster', 'init', 'conf', '--index', meet)).stderr).toContain(
    'two daemons would listen',
  )
  expect((await here.run('cluster', 'status', '--index', 'index')).stderr).toContain('works on a cluster')
  const two = await here.run('search', 'x', '--index', meet, '--index', 'other')
  expect(two.stderr).toContain('a cluster is asked by itself')
  const records = await here.run('index', '-', '--index', meet)
  expect(records.stderr).toContain('makes an index in a folder')
})
