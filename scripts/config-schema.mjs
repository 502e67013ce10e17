/** Writes schema/config.json, the JSON Schema of gleaner.config.json, from the table of flags. A test holds both alike. */
import { writeFile } from 'node:fs/promises'
import { build } from 'esbuild'

const { outputFiles } = await build({
  entryPoints: ['src/cli/config-schema.ts'],
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
})
const { configSchema } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
)
await writeFile('schema/config.json', `${JSON.stringify(configSchema(), null, 2)}\n`)
