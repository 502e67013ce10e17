/**
 * Makes one script of the command and the chunks that it loads before anything else, or often: a process pays for each
 * file it opens, and a script can be compiled from a cache, which modules cannot (src/cli/script.ts). The chunks stay as
 * doors to it, for those that are loaded later: each module still exists once.
 */
import { createHash } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { build } from 'esbuild'

/** What a script has no words for is handed to it; see `Run` in src/cli/script.ts. */
const PARAMETERS = 'require,module,importChunk,url'

/**
 * Gathers the module `entry`, those of `often` (sources that are imported when they are needed) and what all of them
 * import into the script `gathered`, to which `door` is the module that loads it; all but `often` are names of files in
 * `folder`. `outputs` is what esbuild said of the files it wrote there; `options` are those it wrote them with. Gives the
 * hash of the script.
 */
export async function gatherChunks({ folder, entry, often, gathered, door, outputs, options }) {
  const soon = often.map(source => chunkOf(source, outputs))
  const chunks = inOrder([entry, ...soon], outputs).filter(chunk => chunk !== entry)
  const list = join(folder, `${gathered}.entry.js`)
  await writeFile(list, listOf({ entry, chunks, soon, outputs }))
  const { outputFiles } = await build({
    ...options,
    entryPoints: [list],
    outdir: undefined,
    outfile: join(folder, gathered),
    write: false,
    splitting: false,
    metafile: false,
    format: 'cjs',
    // One byte a character: read, and kept in memory, as it is. What esbuild leaves of others, inAscii spells out.
    charset: 'ascii',
    // Chunks import each other to be evaluated in order; that order is the list's.
    logOverride: { 'ignored-bare-import': 'silent' },
    define: { 'import.meta.url': 'url' },
    plugins: [laterOnesStay([...chunks, entry])],
  })
  const script = asFunction(inAscii(outputFiles[0].text), file =>
    soon.includes(file) ? chunks.indexOf(file) : -1,
  )
  await writeFile(join(folder, gathered), script)
  await rm(list)
  await rm(join(folder, entry))
  for (const [place, chunk] of chunks.entries())
    await writeFile(join(folder, chunk), doorway(outputs.get(chunk).exports, place, door))
  return createHash('sha256').update(script).digest('hex').slice(0, 16)
}

/** Spells out the characters beyond ASCII that are left: those in regular expressions. */
function inAscii(text) {
  if (/\\[^\0-\x7f]/.test(text))
    throw new Error('a character beyond ASCII cannot be spelt out behind a backslash')
  return text.replace(/[^\0-\x7f]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The chunk that a source became, which is imported when it is needed. */
function chunkOf(source, outputs) {
  for (const [chunk, { entryPoint }] of outputs) if (entryPoint === source) return chunk
  throw new Error(`${source} is no chunk of its own`)
}

/** Chunks and all that they import, directly or not, in the order in which they are evaluated. */
function inOrder(chunks, outputs) {
  const found = new Set()
  const visit = name => {
    for (const { path, kind } of outputs.get(name).imports) {
      const chunk = basename(path)
      if (kind === 'import-statement' && outputs.has(chunk) && !found.has(chunk)) visit(chunk)
    }
    found.add(name)
  }
  for (const chunk of chunks) visit(chunk)
  return [...found]
}

/** Names of a chunk's exports in the script: those of no two chunks are the same. */
const gatheredName = (name, place) => `c${place}_${name}`
/** Name of all of them, for a chunk that is imported when it is needed. */
const wholeName = place => `c${place}`

/**
 * What is bundled: the entry, whose exports are the script's. Those of the chunks are handed out by two functions, `chunks` for
 * the doors and `wholes` for the script itself: to name them all at once would cost every run a millisecond or two.
 */
function listOf({ entry, chunks, soon, outputs }) {
  const imports = []
  const names = []
  const wholes = []
  for (const [place, chunk] of chunks.entries()) {
    const own = outputs.get(chunk).exports.map(name => [name, gatheredName(name, place)])
    const renamed = own.map(([name, gathered]) => `${name} as ${gathered}`)
    imports.push(own.length === 0 ? `import './${chunk}'` : `import { ${renamed} } from './${chunk}'`)
    names.push(...own.map(([, gathered]) => gathered))
    if (!soon.includes(chunk)) continue
    imports.push(`import * as ${wholeName(place)} from './${chunk}'`)
    wholes.push(wholeName(place))
  }
  return [
    ...imports,
    `export * from './${entry}'`,
    `export const chunks = () => ({ ${names} })`,
    `export const wholes = () => ({ ${wholes} })`,
  ].join('\n')
}

/** A chunk whose exports are in the script, which has run when it is loaded: they are what they will be. */
function doorway(names, place, door) {
  const gathered = names.map(name => gatheredName(name, place))
  const renamed = names.map(name => `${gatheredName(name, place)} as ${name}`)
  return `import glean from"./${door}";const{${gathered}}=glean.default.chunks();export{${renamed}}`
}

/** What is imported only when it is needed is there already, or asked for in words that a script can be given. */
function asFunction(text, placeOf) {
  const later = text.replace(/\bimport\("\.\/([\w-]+\.js)"\)/g, (_, file) => {
    const place = placeOf(file)
    return place < 0
      ? `importChunk("./${file}")`
      : `Promise.resolve(module.exports.wholes().${wholeName(place)})`
  })
  if (/\bimport\s*[("']/.test(later)) throw new Error('the script imports what it cannot')
  return `(function(${PARAMETERS}){${later}\n})`
}

/** What is imported only when it is needed, and what is no file of ours, stays outside. */
function laterOnesStay(gathered) {
  return {
    name: 'gather',
    setup: ({ onResolve }) =>
      onResolve({ filter: /^\.\/[^/]+\.js$/ }, ({ path, kind }) =>
        kind === 'dynamic-import' || (kind !== 'entry-point' && !gathered.includes(basename(path)))
          ? { path, external: true }
          : undefined,
      ),
  }
}

/** What esbuild said of the files it wrote, by the names they have in their folder. */
export function outputsOf(metafile) {
  return new Map(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]))
}
