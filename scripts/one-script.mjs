/**
 * Makes one file of a script and all it imports at once. esbuild puts what the script shares with parts that are loaded
 * later into files of their own, a dozen of them, each a request and each compressed by itself; here they become part of
 * the script, and the later parts import from that.
 */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'

/** An import statement as esbuild writes it; with names or, for its effects, without. */
const IMPORT = /import(?:\{([^}]*)\}from)?"\.\/([\w-]+\.js)"/g

/** Joins `script` of a folder with the files it imports, and these with theirs; `options` are esbuild's. */
export async function oneScript(folder, script, options) {
  const files = (await readdir(folder)).filter(name => name.endsWith('.js'))
  const sources = new Map(
    await Promise.all(files.map(async name => [name, await readFile(join(folder, name), 'utf8')])),
  )
  const joined = importedBy(script, sources)
  const later = files.filter(name => name !== script && !joined.has(name))
  /** What later parts need of the joined files: `name in its file` by file. */
  const needed = new Map([...joined].map(name => [name, new Set()]))
  for (const name of later) {
    const source = sources.get(name).replace(IMPORT, (statement, names, from) => {
      if (!joined.has(from)) return statement
      const specifiers = (names ?? '').split(',').filter(Boolean)
      for (const each of specifiers) needed.get(from).add(each.split(' as ')[0])
      const renamed = specifiers.map(each => {
        const [own, local = own] = each.split(' as ')
        return `${exportedAs(from, own)} as ${local}`
      })
      return `import{${renamed.join(',')}}from"./${script}"`
    })
    await writeFile(join(folder, name), source)
  }
  const entry = [`import "./${script}"`]
  for (const [file, names] of needed)
    for (const name of names) entry.push(`export { ${name} as ${exportedAs(file, name)} } from "./${file}"`)
  const { outputFiles } = await build({
    ...options,
    stdin: { contents: entry.join('\n'), resolveDir: folder },
    // All of the files belong to the script, whatever the package says of its own.
    ignoreAnnotations: true,
    // The later parts stay where they are.
    external: later.map(name => `./${name}`),
    splitting: false,
    metafile: false,
    write: false,
    outdir: undefined,
  })
  for (const name of joined) await rm(join(folder, name))
  await writeFile(join(folder, script), outputFiles[0].contents)
}

function importedBy(script, sources) {
  const found = new Set()
  const follow = name => {
    for (const [, , from] of sources.get(name).matchAll(IMPORT)) {
      if (found.has(from) || from === script) continue
      found.add(from)
      follow(from)
    }
  }
  follow(script)
  return found
}

function exportedAs(file, name) {
  return `${file.replace(/\W/g, '_').replace(/_js$/, '')}_${name.replace(/\W/g, '_')}`
}
