/** The licences of what is bundled: one text, package by package, from the folders the bundler took files from. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

const RULE = `${'-'.repeat(80)}\n`

/** Works that a package has built in under another licence than its own; the text of that comes with a tool of ours. */
const CARRIED = {
  unpdf: { name: 'PDF.js', owner: 'Mozilla Foundation', license: 'Apache-2.0' },
}
const TEXTS = { 'Apache-2.0': 'node_modules/@biomejs/biome/LICENSE-APACHE' }

/**
 * `inputs` are the files that went into the bundle, from the project's root. Throws where a package has no licence
 * text: what may not be passed on must not be bundled.
 */
export async function licencesOf(inputs) {
  const folders = new Set(
    inputs.map(path => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]).filter(Boolean),
  )
  const texts = await Promise.all([...folders].sort().map(licenceOf))
  return `gleaner bundles these packages.\n\n${texts.join('\n')}`
}

async function licenceOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  const file = (await readdir(folder)).find(each => /^(licen[cs]e|copying)/i.test(each))
  if (!file && !license) throw new Error(`${folder} has no licence`)
  const text = file ? await readFile(join(folder, file), 'utf8') : `${license}\n`
  return `${RULE}${name} ${version} (${license})\n\n${text}${await carriedBy(name)}`
}

async function carriedBy(carrier) {
  if (!Object.hasOwn(CARRIED, carrier)) return ''
  const { name, owner, license } = CARRIED[carrier]
  const text = await readFile(TEXTS[license], 'utf8')
  return `\n${RULE}${name}, within ${carrier} (${license})\nCopyright ${owner}\n\n${text}`
}
