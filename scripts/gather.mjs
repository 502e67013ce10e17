/**
 * Makes one file of the chunks that an entry loads before anything else: a process pays for each file it opens, and what a
 * command shares with others is cut into as many chunks as there are others. The chunks stay as doors to the one file, for
 * those that are loaded later: each module still exists once.
 */
import { rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { build } from 'esbuild'

/**
 * Gathers what `entry` imports into `gathered`, both names of files in `folder`. `outputs` is what esbuild said of the
 * files it wrote there; `options` are those it wrote them with.
 */
export async function gatherChunks({ folder, entry, gathered, outputs, options }) {
  const chunks = importedBy(entry, outputs)
  const doors = new Map(
    chunks.map((chunk, place) => [chunk, door(outputs.get(chunk).exports, place, gathered)]),
  )
  const list = join(folder, `${gathered}.entry.js`)
  await writeFile(
    list,
    chunks.map((chunk, place) => listed(chunk, outputs.get(chunk).exports, place)).join('\n'),
  )
  const again = { ...options, outdir: undefined, splitting: false, metafile: false, plugins: [] }
  await build({
    ...again,
    entryPoints: [list],
    outfile: join(folder, gathered),
    plugins: [laterOnesStay(chunks)],
  })
  await rm(list)
  for (const [chunk, text] of doors) await writeFile(join(folder, chunk), text)
  const path = join(folder, entry)
  await build({
    ...again,
    entryPoints: [path],
    outfile: path,
    allowOverwrite: true,
    plugins: [throughDoors(doors)],
  })
}

/** The chunks an entry imports, directly or not, in the order in which they are evaluated. */
function importedBy(entry, outputs) {
  const found = new Set()
  const visit = name => {
    for (const { path, kind } of outputs.get(name).imports) {
      const chunk = basename(path)
      if (kind !== 'import-statement' || !outputs.has(chunk) || found.has(chunk)) continue
      visit(chunk)
      found.add(chunk)
    }
  }
  visit(entry)
  return [...found]
}

/** Names of a chunk's exports in the gathered file: those of no two chunks are the same. */
const gatheredName = (name, place) => `c${place}_${name}`

function listed(chunk, names, place) {
  const renamed = names.map(name => `${name} as ${gatheredName(name, place)}`)
  return names.length === 0 ? `import './${chunk}'` : `export { ${renamed} } from './${chunk}'`
}

function door(names, place, gathered) {
  const renamed = names.map(name => `${gatheredName(name, place)} as ${name}`)
  return `export{${renamed}}from"./${gathered}"`
}

/** What is imported only when it is needed, and what is no file of ours, stays outside. */
function laterOnesStay(chunks) {
  return {
    name: 'gather',
    setup: ({ onResolve }) =>
      onResolve({ filter: /^\.\/[^/]+\.js$/ }, ({ path, kind }) =>
        kind === 'dynamic-import' || (kind !== 'entry-point' && !chunks.includes(basename(path)))
          ? { path, external: true }
          : undefined,
      ),
  }
}

/** The entry imports from the gathered file directly. */
function throughDoors(doors) {
  return {
    name: 'doors',
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /^\.\/[^/]+\.js$/ }, ({ path, kind, namespace }) =>
        kind === 'import-statement' && namespace === 'file' && doors.has(basename(path))
          ? { path: basename(path), namespace: 'door' }
          : { path, external: true },
      )
      onLoad({ filter: /./, namespace: 'door' }, ({ path }) => ({ contents: doors.get(path) }))
    },
  }
}

/** What esbuild said of the files it wrote, by the names they have in their folder. */
export function outputsOf(metafile) {
  return new Map(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]))
}
