/**
 * Gives memory back early. What lay about for a while is garbage only to the collection of all, and that comes seldom: by
 * then there would be tens of megabytes of it. Memory that changes hands is that of something new, and nobody keeps that.
 */

/** Gives back the memory of some arrays, which are empty from now on. Shared memory is left alone. */
export function release(arrays: Iterable<ArrayBufferView>): void {
  const buffers = new Set<ArrayBuffer>()
  for (const { buffer } of arrays) if (buffer instanceof ArrayBuffer) buffers.add(buffer)
  structuredClone(undefined, { transfer: [...buffers] })
}
