/** `glean cluster`: configuration files for a cluster, how it stands, and moving a part of it from shard to shard. */
import { isCluster, parseAddress } from '../../cluster/address.ts'
import { GleanError } from '../../errors.ts'
import { renderJson } from '../../render/json.ts'
import { CLUSTER_ACTIONS } from '../cluster-flags.ts'
import type { CommandContext } from '../context.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { findIndex } from '../index-location.ts'
import { has, mustHaveWords, text } from '../typed.ts'

const DEFAULT_DATA = '/var/lib/gleaner'

const CODES = { whole: EXIT.ok, behind: EXIT.outOfDate, partial: EXIT.error } as const

const ACTIONS: Record<(typeof CLUSTER_ACTIONS)[number], (context: CommandContext) => Promise<ExitCode>> = {
  init,
  status,
  move,
}

export async function run(context: CommandContext): Promise<ExitCode> {
  mustHaveWords(context.line, 1, 3)
  const [word] = context.line.words as [string]
  const action = CLUSTER_ACTIONS.find(name => name === word)
  if (action === undefined)
    throw new GleanError('usage', `glean cluster does ${CLUSTER_ACTIONS.join(', ')}; got "${word}"`)
  if (has(context.line, 'data') && action !== 'init')
    throw new GleanError('usage', '--data belongs to glean cluster init')
  return ACTIONS[action](context)
}

/** Writes the files into a folder of this machine; where they belong is said, and that the daemons are not started. */
async function init(context: CommandContext): Promise<ExitCode> {
  const { line, output, cwd } = context
  const [, folder, more] = line.words
  if (folder === undefined || more !== undefined)
    throw new GleanError('usage', 'where to? glean cluster init FOLDER --index ADDRESS')
  const address = parseAddress(await location(context))
  const { writeConfigs } = await import('../../cluster/write-configs.ts')
  const written = writeConfigs(address, { folder, cwd, data: text(line, 'data') ?? DEFAULT_DATA })
  if (has(line, 'json')) await output.print(renderJson(written))
  else if (!output.quiet) {
    const { renderConfigs } = await import('../../render/cluster.ts')
    await output.print(renderConfigs(written))
  }
  return EXIT.ok
}

async function status(context: CommandContext): Promise<ExitCode> {
  const { line, output } = context
  if (line.words.length > 1)
    throw new GleanError('usage', `glean cluster status takes no word "${line.words[1]}"`)
  const { clusterStatus } = await import('../../cluster/status.ts')
  const found = await clusterStatus(parseAddress(await location(context)))
  if (has(line, 'json')) await output.print(renderJson(found))
  else if (!output.quiet) {
    const { renderCluster } = await import('../../render/cluster.ts')
    await output.print(
      renderCluster(found, { color: output.color, width: output.isTerminal ? output.width : undefined }),
    )
  }
  return CODES[found.state]
}

async function move(context: CommandContext): Promise<ExitCode> {
  const { line, output } = context
  const [, ...numbers] = line.words
  if (numbers.length !== 2 || numbers.some(each => !/^\d{1,3}$/.test(each)))
    throw new GleanError(
      'usage',
      'glean cluster move takes two numbers: a virtual shard and the shard to have it',
    )
  const [virtualShard, to] = numbers.map(Number) as [number, number]
  const { moveShard } = await import('../../cluster/move.ts')
  const moved = await moveShard(await location(context), virtualShard, to)
  if (has(line, 'json')) await output.print(renderJson(moved))
  else if (!output.quiet) {
    const { renderMove } = await import('../../render/cluster.ts')
    await output.print(renderMove(moved))
  }
  return EXIT.ok
}

async function location({ line, env, cwd }: CommandContext): Promise<string> {
  const found = await findIndex(text(line, 'index'), env, cwd)
  if (isCluster(found)) return found
  throw new GleanError(
    'usage',
    `glean cluster works on a cluster: --index 'sphinxql://HOST:PORT/TABLE?shards=HOST:PORT,HOST:PORT'; got ${found}`,
  )
}
