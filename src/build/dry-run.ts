/**
 * What a build would do, without doing it: the files are compared with the last index, and those that would be read are
 * read, for only that tells whether there is text in them. Nothing is written.
 */
import type { LeftOut } from '../crawl/file.ts'
import { readFileDocument } from '../document/read-file.ts'
import type { LastIndex } from './last-index.ts'
import type { Doubt } from './report.ts'
import { byPath, select } from './selection.ts'
import type { UpdateContext, UpdateOutcome } from './update.ts'

/** The outcome of an update that stops before it writes; in place of the text's bytes those of the files. */
export async function dryRun(context: UpdateContext, last: LastIndex | undefined): Promise<UpdateOutcome> {
  const { plan, crawled, turns } = context
  const { kept, toRead, leftOut, changes } = await select(context, last)
  const read: { path: string; size: number }[] = []
  const doubts: Doubt[] = []
  const unread: LeftOut[] = []
  const totalBytes = bytesOf(toRead)
  for (const [files, file] of toRead.entries()) {
    const { path, size } = file
    await turns.take(() => {
      const bytes = bytesOf(read)
      return { phase: 'read', files, totalFiles: toRead.length, bytes, totalBytes, file: path }
    })
    const outcome = await readFileDocument(file, plan.rules)
    if ('reason' in outcome) unread.push(outcome)
    else read.push({ path, size })
    if ('doubt' in outcome && outcome.doubt !== undefined) doubts.push({ path, detail: outcome.doubt })
  }
  return {
    totals: {
      documents: kept.length + read.length,
      chunks: 0,
      tokens: 0,
      textBytes: bytesOf(kept) + bytesOf(read),
      languages: {},
      formats: {},
    },
    leftOut: [...crawled.leftOut, ...leftOut, ...unread].sort(byPath),
    doubts,
    changes: changes(read.map(({ path }) => path)),
    indexBytes: 0,
    changed: false,
    checksum: '',
    segments: 0,
    terms: 0,
  }
}

function bytesOf(files: readonly { readonly size: number }[]): number {
  return files.reduce((sum, { size }) => sum + size, 0)
}
