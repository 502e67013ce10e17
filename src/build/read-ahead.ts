/**
 * Has files that will soon be read fetched from the disk meanwhile, by a thread that does nothing else: a build that waits
 * for one file after the other leaves the processors idle. Only where the system had to fetch what was read last; what it
 * still has in memory is there at once. Where it says nothing about that, nothing is fetched ahead.
 */
import { Worker } from 'node:worker_threads'
import type { SourceFile } from '../crawl/file.ts'
import { BUILT } from '../document/built.ts'

/** Blocks of 512 bytes that a batch of files takes at least if it has to be fetched. */
const LEAST_BLOCKS = 256

export class ReadAhead {
  readonly #blocksFetched: () => number
  #fetched: number
  #worker: Worker | undefined

  /** `blocksFetched` tells what this process has had fetched from disks so far, ahead of it or not. */
  constructor(blocksFetched = () => process.resourceUsage().fsRead) {
    this.#blocksFetched = blocksFetched
    this.#fetched = blocksFetched()
  }

  /** Files that will be read before long, after those told before. */
  expect(files: readonly SourceFile[]): void {
    const before = this.#fetched
    this.#fetched = this.#blocksFetched()
    if (this.#fetched - before < LEAST_BLOCKS) return
    this.#worker ??= start()
    this.#worker.postMessage(files.map(({ absolute }) => absolute))
  }

  /** Ends the thread. Never throws. */
  async close(): Promise<void> {
    await this.#worker?.terminate()
  }
}

function start(): Worker {
  const worker = new Worker(new URL('read-ahead-worker.js', BUILT), {
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: 1 },
  })
  // Without it everything is read as well.
  worker.on('error', () => {})
  worker.unref()
  return worker
}
