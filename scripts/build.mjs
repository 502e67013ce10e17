/**
 * Bundles the library and the command line into dist/. Only the four declared dependencies stay imports; all else
 * is bundled, and what is not needed by every run becomes a chunk of its own that is loaded when it is.
 */
import { chmod, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { build } from 'esbuild'
import { licencesOf } from './licences.mjs'

// A build that fails leaves the tool there was: the new one takes its place only when it is whole.
const fresh = 'dist.new'
await rm(fresh, { recursive: true, force: true })
// Each by itself: what the two share would become many small files, and a search pays for each file it opens.
const inputs = [
  ...(await bundle({ cli: 'src/cli/main.ts' })),
  ...(await bundle({ 'search-thread': 'src/cli/interactive/search-thread.ts' })),
  ...(await bundle({ index: 'src/index.ts' })),
  ...(await bundle({ 'extraction-worker': 'src/document/extraction-worker.ts' })),
]
await writeFile(`${fresh}/LICENCES.txt`, await licencesOf(inputs))
await chmod(`${fresh}/cli.js`, 0o755)
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
async function bundle(entryPoints) {
  const { metafile } = await build({
    entryPoints,
    outdir: fresh,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external: ['minisearch', 'yargs', 'fast-glob', 'ora'],
    // For Node the package offers CommonJS only, which cannot be bundled into modules; its other half is modules.
    alias: { yaml: './node_modules/yaml/browser/index.js' },
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  })
  return Object.keys(metafile.inputs)
}
