/** Opens an index on this machine, or by its URL: reads its manifest, nothing else. */
import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Extractor } from '../document/extractor.ts'
import { GleanError } from '../errors.ts'
import { fileFolder } from '../segment/file-source.ts'
import { MANIFEST } from '../segment/manifest.ts'
import type { Index } from './index.ts'
import { openIn } from './open-in.ts'
import { sourcesOf } from './sources.ts'

/** Whether a location is on a web server. */
export function isUrl(location: string): boolean {
  return /^https?:\/\//i.test(location)
}

export interface OpenOptions {
  /** What a relative folder starts from; the process's folder where left out. */
  readonly cwd?: string | undefined
  /** Formats of the caller's own that it was built with: files that have changed since are read by them. */
  readonly formats?: readonly Extractor[] | undefined
}

/**
 * Opens the index in a folder, or under a URL; of several, all as one, with one ranking. Throws GleanError: `no-index`
 * where there is none, `not-an-index`, `format-too-new`, `format-too-old`, `unknown-analyzer`, `damaged`, `io`.
 */
export async function openIndex(
  location: string | readonly string[],
  options: OpenOptions = {},
): Promise<Index> {
  if (typeof location !== 'string') return openSeveral(location, options)
  if (isUrl(location)) return (await import('./open-url.ts')).openUrl(location)
  const folder = resolve(options.cwd ?? '.', location)
  mustBeIndex(folder, location)
  return openIn(fileFolder(folder, location), location, ({ source }) =>
    sourcesOf(folder, source, options.formats),
  )
}

async function openSeveral(locations: readonly string[], options: OpenOptions): Promise<Index> {
  const [only, ...others] = locations
  if (only === undefined) throw new GleanError('usage', 'no index was named to open')
  if (others.length === 0) return openIndex(only, options)
  const opening = await Promise.allSettled(locations.map(location => openIndex(location, options)))
  const opened = opening.flatMap(each => (each.status === 'fulfilled' ? [each.value] : []))
  const failed = opening.find(each => each.status === 'rejected')
  if (failed) {
    await Promise.all(opened.map(index => index.close()))
    throw failed.reason
  }
  const { SeveralIndexes } = await import('./several.ts')
  return new SeveralIndexes(opened)
}

/** Throws `no-index` or `not-an-index` where the absolute `folder` is no index. */
export function mustBeIndex(folder: string, location: string): void {
  if (!existsSync(folder)) {
    throw new GleanError(
      'no-index',
      `there is no index at ${location}; build one: glean index DIR --index ${location}`,
    )
  }
  if (!statSync(folder).isDirectory()) {
    throw new GleanError(
      'not-an-index',
      `${location} is a file; an index is a folder: name that, --index DIR`,
    )
  }
  if (!statSync(resolve(folder, MANIFEST), { throwIfNoEntry: false })?.isFile()) {
    throw new GleanError(
      'not-an-index',
      `${location} is no gleaner index: it has no ${MANIFEST}; build one: glean index DIR --index DIR`,
    )
  }
}
