/**
 * Whether an index stands where it was written: beside the very folder of sources that it was made of, not beside another
 * of that name. Told by the numbers the file system gives to the two folders and by when they were made, which no copy
 * shares, nor another disk in the place of the one that was there.
 */
import { statSync } from 'node:fs'

/** The place of an index folder and the root of its sources, both absolute; '' where there is none. */
export function placeOf(folder: string, root: string): string {
  try {
    return [folder, root]
      .map(path => statSync(path, { bigint: true }))
      .map(({ ino, birthtimeNs }) => `${ino}:${birthtimeNs}`)
      .join(' ')
  } catch {
    return ''
  }
}
