/** A thread that reads files for no other reason than that the system then has them in memory. */
import { Buffer } from 'node:buffer'
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'

const memory = Buffer.allocUnsafeSlow(1 << 17)

parentPort!.on('message', (paths: readonly string[]) => {
  for (const path of paths) fetch(path)
})

function fetch(path: string): void {
  try {
    // It may have become a FIFO, whose opening would otherwise wait for a writer.
    const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    try {
      if (fstatSync(descriptor).isFile()) while (readSync(descriptor, memory) > 0);
    } finally {
      closeSync(descriptor)
    }
  } catch {
    // Whoever wants to know what is in it will say so.
  }
}
