/**
 * The folders a walk of the sources looks into, for whoever wants to hear when something in them changes. In come the
 * sources and the rules of a walk, out go folders, and what of their content is passed over and so is no news.
 */
import { dirname, relative } from 'node:path'
import { IgnoreRules } from './ignore-rules.ts'
import { pathFilter } from './path-filter.ts'
import { below, isWithin, lookUp, type Sources, withSlashes } from './source.ts'
import { VisibleTree } from './visible-tree.ts'
import { showsHidden, type WalkOptions } from './walk.ts'

export interface SeenFolders {
  /** Absolute paths, each once. Among them those of sources that are not there are missing. */
  readonly folders: readonly string[]
  /** Whether a rule passes over what is at this absolute path, or a folder above it. */
  passesOver(path: string): boolean
}

/** Folders listed between two turns of the event loop. */
const STRIDE = 100

/** Lists the folders. Throws nothing about single ones. */
export async function seenFolders(sources: Sources, options: WalkOptions): Promise<SeenFolders> {
  const { root } = sources
  const filter = pathFilter(options.include, options.exclude)
  const tree = new VisibleTree(root, { ...options, filter, neverCrawl: options.neverCrawl ?? [] })
  const seen = new Set<string>()
  const areas: { base: string; hidden: boolean }[] = []
  for (const entry of sources.entries) {
    const place = await lookUp(entry, root)
    if (place.kind === 'file') seen.add(dirname(place.path))
    if (place.kind !== 'folder' && place.kind !== 'glob') continue
    const pattern = place.kind === 'glob' ? place.pattern : '**'
    areas.push({
      base: withSlashes(relative(root, place.path)),
      hidden: showsHidden(pattern, options.hidden),
    })
  }
  for (const { base } of areas) tree.enter(base)
  for (const { base, hidden } of areas) await descend(tree, base, hidden, seen, root)
  // To see a hidden folder too many does no harm.
  const hidden = areas.some(area => area.hidden)
  await followLinks(tree, hidden, seen, root)
  return { folders: [...seen], passesOver: path => isPassedOver(path, root, tree) }
}

async function descend(
  tree: VisibleTree,
  base: string,
  hidden: boolean,
  seen: Set<string>,
  root: string,
): Promise<void> {
  const folders = [base]
  for (let count = 1; folders.length > 0; count++) {
    const path = folders.pop()!
    const entries = tree.list(path, hidden)
    if (tree.ignored.has(path || '.') || tree.waiting.has(path)) continue
    if (tree.realFolder(path) !== undefined) seen.add(below(root, path))
    for (const { name, isFolder } of entries)
      if (isFolder) folders.push(path === '' ? name : `${path}/${name}`)
    if (count % STRIDE === 0) await new Promise(next => setImmediate(next))
  }
}

async function followLinks(
  tree: VisibleTree,
  hidden: boolean,
  seen: Set<string>,
  root: string,
): Promise<void> {
  while (tree.waiting.size > 0) {
    for (const link of [...tree.waiting].sort())
      if (tree.follow(link)) await descend(tree, link, hidden, seen, root)
  }
}

/** What holds the rules is hidden, and its change may bring files in or take them out. */
function isPassedOver(path: string, root: string, tree: VisibleTree): boolean {
  if (!isWithin(path, root)) return false
  const own = withSlashes(relative(root, path))
  if (IgnoreRules.isRuleName(own.slice(own.lastIndexOf('/') + 1))) return false
  for (let at = own; at !== ''; at = at.slice(0, Math.max(at.lastIndexOf('/'), 0))) {
    if (tree.ignored.has(at)) return true
  }
  return false
}
