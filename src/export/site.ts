/**
 * The index as a static site: the search page, its script and a copy of the index, for any web server that serves files;
 * or, where the index is small, all of it in one HTML file that opens from disk.
 */
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { GleanError, messageOf } from '../errors.ts'
import type { Index } from '../search/index.ts'
import { writeCards } from '../segment/document-card-writer.ts'
import type { DocumentCard } from '../segment/document-cards.ts'
import { writeHead } from '../segment/head-writer.ts'
import { MANIFEST, type Manifest } from '../segment/manifest.ts'
import { escapeHtml, pageFile, pageHtml, preloadedScripts, siteScripts } from './search-page.ts'

export interface SiteOptions {
  /** Absolute folder of the index, and the index. */
  readonly folder: string
  readonly index: Index
  /** Absolute: a folder, or the file where `singleFile`. */
  readonly out: string
  readonly title: string
  readonly singleFile: boolean
}

export interface SiteReport {
  readonly files: number
  readonly bytes: number
}

/** Bytes of an index that one HTML file may hold: a browser has it all in memory, as text and as bytes. */
export const LARGEST_SINGLE = 32 << 20

/** What tells a site of ours. */
const OURS = '<meta name="generator" content="gleaner">'

/** A page may load what stands beside it, and nothing else. */
const POLICY = ["default-src 'none'", "img-src 'self' data:", "base-uri 'none'", "form-action 'none'"]

/**
 * Writes the site. Throws `usage` for a folder that holds something else and for an index too large for one file, `io`
 * where writing fails.
 */
export async function exportSite(options: SiteOptions): Promise<SiteReport> {
  try {
    return options.singleFile ? writeSingle(options) : await writeFolder(options)
  } catch (thrown) {
    if (thrown instanceof GleanError) throw thrown
    throw new GleanError('io', `cannot write the site: ${messageOf(thrown)}`, { cause: thrown })
  }
}

/** The page comes last: until it is there, or is replaced, what it names is there too. */
async function writeFolder({ folder, index: opened, out, title }: SiteOptions): Promise<SiteReport> {
  mustBeOurs(out)
  const index = join(out, 'index')
  mkdirSync(index, { recursive: true })
  const copied = [...filesOf(opened.manifest), '.gitattributes', MANIFEST].filter(name =>
    existsSync(join(folder, name)),
  )
  for (const name of copied) replaceFile(join(index, name), at => copyFileSync(join(folder, name), at))
  const { cardsFile, headFile } = await writeBeside(index, opened)
  const indexFiles = [...copied, cardsFile, headFile]
  const pageFiles = [...siteScripts(), 'page.css']
  for (const name of pageFiles) replaceFile(join(out, name), at => writeFileSync(at, pageFile(name)))
  const head = [
    policy(["script-src 'self'", "style-src 'self'", "connect-src 'self'"]),
    '<link rel="stylesheet" href="page.css">',
    ...preloadedScripts('static.js').map(name => `<link rel="modulepreload" href="${name}">`),
    `<link id="head" rel="preload" as="fetch" crossorigin href="index/${headFile}">`,
    '<script type="module" src="static.js"></script>',
  ].join('\n')
  replaceFile(join(out, 'index.html'), at => writeFileSync(at, pageHtml({ title, head })))
  removeOthers(out, new Set([...pageFiles, 'index.html']))
  removeOthers(index, new Set(indexFiles))
  return sizeOf(
    [...pageFiles, 'index.html']
      .map(name => join(out, name))
      .concat(indexFiles.map(name => join(index, name))),
  )
}

/**
 * Writes what a reader far away asks of the index in a folder: its cards (segment/document-cards.ts) and its head
 * (segment/head.ts). Gives their names, which tell what is in them.
 */
async function writeBeside(folder: string, index: Index): Promise<{ cardsFile: string; headFile: string }> {
  const cards = await writeCards(cardsOf(index), index.manifest.totals.documents)
  const head = await writeHead(index.manifest, index, cards)
  const headFile = `${createHash('sha256').update(head).digest('hex').slice(0, 32)}.head`
  replaceFile(join(folder, cards.entry.name), at => writeFileSync(at, cards.content))
  replaceFile(join(folder, headFile), at => writeFileSync(at, head))
  return { cardsFile: cards.entry.name, headFile }
}

/** What hits say of the documents of an index, in its order. */
async function* cardsOf({ documents, segments }: Index): AsyncGenerator<DocumentCard> {
  for await (const { path, size, segment, document } of documents.from())
    yield { path, size, segment, ...(await segments[segment]!.rows.row(document)) }
}

function writeSingle({ folder, index, out, title }: SiteOptions): SiteReport {
  const names = [MANIFEST, ...filesOf(index.manifest)]
  const { bytes } = sizeOf(names.map(name => join(folder, name)))
  if (bytes > LARGEST_SINGLE) {
    throw new GleanError(
      'usage',
      `the index has ${Math.ceil(bytes / 1e6)} MB, one file may hold ${Math.floor(LARGEST_SINGLE / 1e6)}: leave out --single-file`,
    )
  }
  if (statSync(out, { throwIfNoEntry: false })?.isDirectory()) {
    throw new GleanError('usage', `${out} is a folder; with --single-file name a file, as in search.html`)
  }
  if (existsSync(out) && !readFileSync(out, 'utf8').includes(OURS)) {
    throw new GleanError(
      'usage',
      `${out} is there and is no page of gleaner; name another file, or remove it first`,
    )
  }
  const style = pageFile('page.css').toString()
  const script = pageFile('single.js')
    .toString()
    .replaceAll('</script', '<\\/script')
    .replaceAll('<!--', '<\\!--')
  const data = names.map(
    name =>
      `<script type="application/octet-stream" data-file="${escapeHtml(name)}">${readFileSync(join(folder, name)).toString('base64')}</script>`,
  )
  const head = [
    policy([`script-src '${hashOf(script)}'`, `style-src '${hashOf(style)}'`]),
    `<style>${style}</style>`,
  ].join('\n')
  const html = pageHtml({ title, head, foot: `${data.join('\n')}\n<script>${script}</script>` })
  mkdirSync(dirname(out), { recursive: true })
  replaceFile(out, at => writeFileSync(at, html))
  return { files: 1, bytes: Buffer.byteLength(html) }
}

function policy(more: readonly string[]): string {
  return `<meta http-equiv="content-security-policy" content="${[...POLICY, ...more].join('; ')}">`
}

/** The hash by which a content security policy knows an inline script or style. */
function hashOf(source: string): string {
  return `sha256-${createHash('sha256').update(source).digest('base64')}`
}

/** Every file the manifest names: each is named by the hash of its content. */
function filesOf(manifest: Manifest): string[] {
  const names = JSON.stringify(manifest).match(/"[0-9a-f]{32}\.\w+"/g) ?? []
  return [...new Set(names.map(name => name.slice(1, -1)))]
}

function mustBeOurs(out: string): void {
  const found = statSync(out, { throwIfNoEntry: false })
  if (!found) return
  if (!found.isDirectory())
    throw new GleanError('usage', `${out} is a file; a site is a folder: name another`)
  if (readdirSync(out).length === 0) return
  const page = join(out, 'index.html')
  if (existsSync(page) && readFileSync(page, 'utf8').includes(OURS)) return
  throw new GleanError(
    'usage',
    `${out} holds something else than a site of gleaner; name an empty folder, or a new one`,
  )
}

/** Whoever reads a file meanwhile has the old one or the new one, whole. */
function replaceFile(path: string, write: (at: string) => void): void {
  const fresh = `${path}.new`
  write(fresh)
  renameSync(fresh, path)
}

/** Takes away what an earlier export left: scripts, and files of the index that no manifest names any more. */
function removeOthers(folder: string, kept: ReadonlySet<string>): void {
  for (const name of readdirSync(folder)) {
    if (!kept.has(name) && /\.js$|^[0-9a-f]{32}\.\w+$/.test(name)) rmSync(resolve(folder, name))
  }
}

function sizeOf(paths: readonly string[]): SiteReport {
  return { files: paths.length, bytes: paths.reduce((sum, path) => sum + statSync(path).size, 0) }
}
