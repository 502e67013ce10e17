/** The licences of what is bundled: one text, package by package, from the folders the bundler took files from. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * `inputs` are the files that went into the bundle, from the project's root. Throws where a package has no licence
 * text: what may not be passed on must not be bundled.
 */
export async function licencesOf(inputs) {
  const folders = new Set(
    inputs.map(path => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]).filter(Boolean),
  )
  const sorted = [...folders].sort()
  const texts = await Promise.all([...sorted.map(licenceOf), ...(await carried(sorted))])
  return `gleaner bundles these packages.\n\n${texts.join('\n')}`
}

/** Works that a package has built in, whose licence is another than its own. */
const CARRIED = {
  unpdf: [{ name: 'PDF.js', owner: 'Mozilla Foundation', license: 'Apache-2.0' }],
}

/** Their notices, with the text of the licence from a package that is under the same. */
async function carried(folders) {
  const packages = await Promise.all(folders.map(async folder => ({ folder, ...(await packageOf(folder)) })))
  return packages.flatMap(({ name: carrier }) =>
    (CARRIED[carrier] ?? []).map(async ({ name, owner, license }) => {
      const same = packages.find(each => each.license === license)
      const file = same && (await licenceFile(same.folder))
      if (!file) throw new Error(`no text of the licence ${license} for ${name}`)
      const text = await readFile(join(same.folder, file), 'utf8')
      return `${'-'.repeat(80)}\n${name}, within ${carrier} (${license})\nCopyright ${owner}\n\n${text}`
    }),
  )
}

async function licenceOf(folder) {
  const { name, version, license } = await packageOf(folder)
  const file = await licenceFile(folder)
  if (!file && !license) throw new Error(`${folder} has no licence`)
  const text = file ? await readFile(join(folder, file), 'utf8') : `${license}\n`
  return `${'-'.repeat(80)}\n${name} ${version} (${license})\n\n${text}`
}

async function packageOf(folder) {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
}

async function licenceFile(folder) {
  return (await readdir(folder)).find(each => /^(licen[cs]e|copying)/i.test(each))
}
