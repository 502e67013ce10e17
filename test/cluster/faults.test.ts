/** Dead, hung, lagging and lost shards: an answer is whole, or says what it lacks. Real daemons, and the built command. */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { parseAddress } from '../../src/cluster/address.ts'
import { checkIndex } from '../../src/cluster/check.ts'
import { moveShard } from '../../src/cluster/move.ts'
import { openIndex } from '../../src/cluster/open.ts'
import { clusterStatus } from '../../src/cluster/status.ts'
import { updateCluster } from '../../src/cluster/update.ts'
import type { SearchResult } from '../../src/search/result.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { World } from '../world.ts'
import { noDaemons, startCluster, type TestCluster, written } from './daemons.ts'

/** Many short documents, so that each shard has about half. */
const FILES = Object.fromEntries(
  Array.from({ length: 40 }, (_, number) => [
    `docs/n${number}.txt`,
    `Note ${number} of the whale and the sea.\n`,
  ]),
)

describe.skipIf(noDaemons)(`a cluster with faults${noDaemons ? `: ${noDaemons}` : ''}`, () => {
  let cluster: TestCluster
  let here: World

  const index = () => updateCluster({ paths: ['docs'], index: cluster.address, cwd: here.folder })
  const ask = async (query = 'whale', limit = 100): Promise<SearchResult> => {
    const opened = await openIndex(cluster.address)
    try {
      return await opened.search(query, { limit })
    } finally {
      await opened.close()
    }
  }

  beforeEach(() => {
    here = new World(temporaryFolder('faults', remove => onTestFinished(remove))).write(FILES)
  })

  afterEach(async () => {
    await cluster?.stop()
  })

  test('a dead shard is told with its share, until it is back', async () => {
    cluster = await startCluster()
    await index()
    const whole = await ask()
    expect(whole).toMatchObject({ total: 40 })
    expect(whole.partial).toBeUndefined()
    const long = await openIndex(cluster.address)
    await long.search('whale')
    const first = cluster.shards[0]![0]!
    await first.kill('SIGKILL')
    const partial = await ask()
    expect(partial.partial).toEqual({ missing: 0.5, lagging: 0, shards: [0] })
    expect(partial.total).toBe(partial.hits.length)
    expect(partial.total).toBeLessThan(40)
    expect((await long.search('whale', { limit: 100 })).partial).toMatchObject({ missing: 0.5 })
    // What was not looked at may have it: an answer in part denies nothing.
    expect(await long.search('nowhere')).toMatchObject({
      total: 0,
      absent: [],
      suggestion: null,
      stale: null,
    })
    const command = (...args: string[]) => here.run('search', 'whale', '--index', cluster.address, ...args)
    const refused = await command('--json')
    expect(refused.code).toBe(2)
    expect(JSON.parse(refused.stdout).partial.missing).toBe(0.5)
    expect(refused.stderr).toContain('50 % of the documents were not looked at (shard 0)')
    expect(await command('--allow-partial')).toMatchObject({ code: 0 })
    expect(await here.run('search', 'nowhere', '--index', cluster.address)).toMatchObject({ code: 2 })
    expect((await checkIndex({ index: cluster.address })).state).toBe('damaged')
    await expect(long.show('nowhere.txt')).rejects.toThrow('does not answer')
    await first.start()
    expect(await ask()).toMatchObject({ total: 40 })
    expect((await long.search('whale', { limit: 100 })).total).toBe(40)
    await long.close()
  })

  test('a hung shard is not waited for without end', async () => {
    cluster = await startCluster()
    await index()
    cluster.shards[1]![0]!.hang()
    const began = performance.now()
    expect((await ask()).partial).toMatchObject({ missing: 0.5, shards: [1] })
    expect(performance.now() - began).toBeLessThan(30_000)
    cluster.shards[1]![0]!.resume()
    await expect.poll(async () => (await ask()).partial, { timeout: 20_000 }).toBeUndefined()
  })

  test('one that was down during an update is behind, and the next update mends it alone', async () => {
    cluster = await startCluster()
    await index()
    await cluster.shards[0]![0]!.kill('SIGKILL')
    for (let number = 0; number < 40; number += 2) rmSync(join(here.folder, `docs/n${number}.txt`))
    for (let number = 1; number < 40; number += 2)
      writeFileSync(join(here.folder, `docs/n${number}.txt`), `Other note ${number} of the whale.\n`)
    await expect(index()).rejects.toThrow(/shard 0 at .* does not answer/)
    await cluster.shards[0]![0]!.start()
    const behind = await ask()
    expect(behind.partial).toEqual({ missing: 0, lagging: 0.5, shards: [0] })
    expect((await clusterStatus(parseAddress(cluster.address))).state).toBe('behind')
    const { changes } = await index()
    expect(changes.changed + changes.removed).toBeGreaterThan(0)
    expect(changes.changed).toBeLessThan(20)
    const mended = await ask('other whale')
    expect(mended).toMatchObject({ total: 20 })
    expect(mended.partial).toBeUndefined()
    expect((await checkIndex({ index: cluster.address, cwd: here.folder })).state).toBe('sound')
  })

  test('one that lost everything is given its own documents again, and only these', async () => {
    cluster = await startCluster()
    await index()
    const shard = cluster.shards[1]![0]!
    await shard.kill('SIGKILL')
    for (const file of [
      'chunks.meta',
      'chunks.ram',
      'chunks.kill',
      'chunks.lock',
      'binlog.001',
      'binlog.meta',
    ])
      rmSync(join(shard.daemon.folder, file), { force: true })
    await shard.start()
    expect((await ask()).partial).toMatchObject({ missing: 0.5, shards: [1] })
    const { changes } = await index()
    expect(changes.added).toBeGreaterThan(10)
    expect(changes.unchanged).toBe(40 - changes.added)
    expect(await ask()).toMatchObject({ total: 40 })
  })

  test('nothing acknowledged is lost by kill -9, and nothing deleted comes back', async () => {
    cluster = await startCluster()
    await index()
    rmSync(join(here.folder, 'docs/n0.txt'))
    writeFileSync(join(here.folder, 'docs/n1.txt'), 'No fish.\n')
    await index()
    for (const [daemon] of cluster.shards) {
      await daemon!.kill('SIGKILL')
      await daemon!.start()
    }
    const after = await ask()
    expect(after.total).toBe(38)
    expect(after.partial).toBeUndefined()
    expect(await ask('fish')).toMatchObject({ total: 1 })
    expect((await index()).changed).toBe(false)
  })

  test('of a shard with two copies either may go', async () => {
    cluster = await startCluster([2, 1])
    await index()
    for (const copy of cluster.shards[0]!) {
      await copy.kill('SIGKILL')
      const answer = await ask()
      expect(answer.total).toBe(40)
      expect(answer.partial).toBeUndefined()
      await copy.start()
    }
    await cluster.shards[0]![1]!.kill('SIGKILL')
    written(here.folder, { 'docs/more.txt': 'One more whale.\n', 'docs/most.txt': 'The most of whales.\n' })
    await expect(index()).rejects.toThrow('another copy has all its documents')
    await cluster.shards[0]![1]!.start()
    await index()
    expect((await clusterStatus(parseAddress(cluster.address))).state).toBe('whole')
  })

  test('what is asked may be gone too, and says so', async () => {
    cluster = await startCluster()
    await index()
    await cluster.reader.kill('SIGKILL')
    await expect(ask()).rejects.toMatchObject({ code: 'unreachable' })
    const { code, stderr } = await here.run('search', 'whale', '--index', cluster.address)
    expect(code).toBe(2)
    expect(stderr).toContain('does not answer')
    expect((await clusterStatus(parseAddress(cluster.address))).state).toBe('partial')
  })

  test('a virtual shard moves, and every document stays where it can be found', async () => {
    cluster = await startCluster([1, 1])
    await index()
    const before = await ask()
    const status = async () => clusterStatus(parseAddress(cluster.address))
    const { copies } = await status()
    const [byCommand, ...others] = copies[0]!.virtualShards.slice(0, 12)
    const { code, stderr } = await here.run(
      'cluster',
      'move',
      `${byCommand}`,
      '1',
      '--index',
      cluster.address,
    )
    expect([code, stderr]).toEqual([0, ''])
    for (const number of others) await moveShard(cluster.address, number, 1)
    const after = await ask()
    const places = ({ hits }: SearchResult) => hits.map(({ path, line, score }) => [path, line, score])
    expect(places(after)).toEqual(places(before))
    expect((await status()).copies[1]!.virtualShards).toHaveLength(44)
    expect((await index()).changed).toBe(false)
    expect((await checkIndex({ index: cluster.address, cwd: here.folder })).state).toBe('sound')
    expect(await here.run('cluster', 'move', '64', '1', '--index', cluster.address)).toMatchObject({
      code: 2,
    })
  })
})
