/**
 * Bundles the library and the command line into dist/. Only the four declared dependencies stay imports; all else
 * is bundled, and what is not needed by every run becomes a chunk of its own that is loaded when it is.
 */
import { chmod, rm } from 'node:fs/promises'
import { build } from 'esbuild'

await rm('dist', { recursive: true, force: true })
await build({
  entryPoints: { cli: 'src/cli/main.ts', index: 'src/index.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  external: ['minisearch', 'yargs', 'fast-glob', 'ora'],
  // For Node the package offers CommonJS only, which cannot be bundled into modules; its other half is modules.
  alias: { yaml: './node_modules/yaml/browser/index.js' },
  minify: true,
  keepNames: false,
  legalComments: 'linked',
  logLevel: 'warning',
})
await chmod('dist/cli.js', 0o755)
