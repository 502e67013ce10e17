/**
 * Makes one script of the command and the chunks that it loads before anything else, or often: a process pays for each
 * file it opens, and a script can be compiled from a cache, which modules cannot (src/cli/script.ts). Chunks that are
 * loaded later take from the script what they would have imported from those in it: each module still exists once.
 */
import { createHash } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
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
  for (const chunk of [entry, ...chunks]) await rm(join(folder, chunk))
  for (const chunk of outputs.keys()) {
    if (chunk === entry || chunks.includes(chunk)) continue
    const source = await readFile(join(folder, chunk), 'utf8')
    await writeFile(join(folder, chunk), takingFrom(source, { chunks, soon, door }))
  }
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

/** An import of a chunk as esbuild writes it, with names or for its effects alone; and one that is made when needed. */
const IMPORT = /\bimport\s*(?:\{([^}]*)\}\s*from\s*)?"\.\/([\w-]+\.js)";?/g
const IMPORT_LATER = /\bimport\("\.\/([\w-]+\.js)"\)/g

/**
 * A chunk that is loaded later, taking from the script what it imports from the gathered `chunks`, and those of them that
 * are imported when needed, `soon`. The script has run by then: what is taken is what it will be.
 */
function takingFrom(source, { chunks, soon, door }) {
  const taken = []
  const others = source.replace(IMPORT, (statement, names = '', chunk) => {
    const place = chunks.indexOf(chunk)
    if (place < 0) return statement
    for (const each of names.split(',').filter(Boolean)) {
      const [name, own = name] = each.trim().split(' as ')
      taken.push(`${gatheredName(name, place)}:${own}`)
    }
    return ''
  })
  const rest = others.replace(IMPORT_LATER, (call, chunk) => {
    if (!chunks.includes(chunk)) return call
    if (!soon.includes(chunk)) throw new Error(`${chunk} is imported later, but is not among what often is`)
    return `Promise.resolve($script.wholes().${wholeName(chunks.indexOf(chunk))})`
  })
  if (taken.length === 0 && rest === others) return rest
  return `import $glean from"./${door}";const $script=$glean.default,{${taken}}=$script.chunks();${rest}`
}

/** What is imported only when it is needed is there already, or asked for in words that a script can be given. */
function asFunction(text, placeOf) {
  const later = text.replace(IMPORT_LATER, (_, file) => {
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
