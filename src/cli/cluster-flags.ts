/** The part of the table of commands (flags.ts) that is about clusters. */
import { type Command, JSON_FLAG } from './flag.ts'

/** What `glean cluster` does. */
export const CLUSTER_ACTIONS = ['init', 'status', 'move'] as const

export const cluster: Command = {
  summary: 'Set up a search cluster, see how it stands, move a part of it',
  usage: '<init FOLDER | status | move NUMBER SHARD>',
  words: CLUSTER_ACTIONS,
  flags: [
    {
      name: 'data',
      value: 'DIR',
      help: 'init: folder of the daemons on their hosts, absolute (default /var/lib/gleaner)',
    },
    { ...JSON_FLAG, help: 'print what came of it as one JSON object' },
  ],
  examples: [
    [
      'glean cluster init conf',
      'files for the daemons of $GLEAN_INDEX: sphinxql://a:9306/chunks?shards=b:9316,c:9316',
    ],
    ['glean cluster status', 'with --index or $GLEAN_INDEX; exit code 0 whole, 1 behind, 2 partial'],
    ['glean cluster move 12 1', 'virtual shard 12 of 64 to shard 1'],
  ],
}
