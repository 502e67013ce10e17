/** How a cluster stands, for a person. */
import type { MoveReport } from '../cluster/move.ts'
import type { ClusterStatus, CopyStatus } from '../cluster/status.ts'
import type { WrittenConfigs } from '../cluster/write-configs.ts'
import { painter } from './color.ts'
import { counted, lasted, sized } from './figure.ts'
import { safeLine } from './safe-text.ts'
import { wrapWords } from './wrap.ts'

const SAID = {
  whole: 'every shard answers and is current',
  behind: 'every shard answers; not all is current: glean index brings it up to date',
  partial: 'answers lack a part of the documents',
} as const

/** The status as lines, one for each copy of a shard; without `width` none is broken. */
export function renderCluster(
  status: ClusterStatus,
  { color, width }: { readonly color: boolean; readonly width?: number | undefined },
): string {
  const paint = painter(color)
  const lines: string[] = [SAID[status.state]]
  if (status.reader !== null) lines.push(safeLine(status.reader))
  const several = status.copies.some(({ copy }) => copy > 0)
  for (const each of status.copies) lines.push(copyLine(each, several))
  const skew = `the fullest shard has ${status.skew.toFixed(2)} times the mean`
  lines.push(`${counted(status.epoch, 'update')} so far; ${skew}`)
  const broken = width === undefined ? lines : lines.flatMap(line => wrapWords(line, width))
  return `${[paint.title(safeLine(status.index)), ...broken].join('\n')}\n`
}

function copyLine(copy: CopyStatus, several: boolean): string {
  const name = several ? `shard ${copy.shard}, copy ${copy.copy}` : `shard ${copy.shard}`
  const where = copy.server === null ? '' : ` at ${copy.server}`
  const size = [
    counted(copy.documents, 'document'),
    counted(copy.chunks, 'chunk'),
    counted(copy.virtualShards.length, 'virtual shard'),
    ...(copy.ramBytes === undefined ? [] : [`${sized(copy.ramBytes)} in memory`]),
    ...(copy.diskBytes === undefined ? [] : [`${sized(copy.diskBytes)} on disk`]),
  ].join(', ')
  const detail = copy.detail === undefined ? size : safeLine(copy.detail)
  return `  ${safeLine(name + where)}: ${copy.state}; ${detail}`
}

/** What has been written, and what to do with it. */
export function renderConfigs({ configs }: WrittenConfigs): string {
  const lines = configs.map(({ file, server, data }) => `  ${file}: for ${server}, with its folder ${data}`)
  const start = 'on each host: mkdir -p its folder, then searchd --config FILE'
  return `${['configuration files, one for each daemon:', ...lines, start].map(safeLine).join('\n')}\n`
}

/** What has been moved. */
export function renderMove({ virtualShard, from, to, documents, tookMs }: MoveReport): string {
  if (from === to) return `shard ${to} has virtual shard ${virtualShard} already\n`
  const moved = `virtual shard ${virtualShard} moved from shard ${from} to shard ${to}`
  return `${moved}: ${counted(documents, 'document')} in ${lasted(tookMs)}\n`
}
