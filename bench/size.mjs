/** How large is an index, beside its text and beside the rivals', and what does each of its parts cost for a token? */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { CORPUS_OPTIONS, findCorpus, sizeOf } from './corpus.mjs'
import { buildAll, withHomes } from './homes.mjs'
import { figure, machine, megabytes, percent, printTable, saveResults } from './results.mjs'
import { rivals } from './rivals.mjs'
import { GLEAN } from './tool.mjs'

const OPTIONS = { ...CORPUS_OPTIONS, rivals: { type: 'string' } }

export async function run(args) {
  const { values } = parseArgs({ args, options: OPTIONS })
  const corpus = findCorpus(values)
  if (corpus === null) return
  await withHomes(homeOf => {
    const system = machine()
    const { bytes } = sizeOf(corpus)
    const figures = buildAll([GLEAN, ...rivals(values.rivals)], corpus, homeOf)
    const engines = Object.entries(figures).filter(([, { failed }]) => !failed)
    printTable(
      ['', 'index MB', 'index/text'],
      engines.map(([name, { indexBytes }]) => [name, megabytes(indexBytes), figure(indexBytes / bytes, 2)]),
    )
    const { indexBytes } = figures.glean
    const { parts, tokens } = partsOf(homeOf(GLEAN.name), indexBytes)
    console.log(`\n${tokens} tokens, ${megabytes(bytes)} MB of text`)
    printTable(
      ['part of gleaner', 'MB', '%', 'bytes a token'],
      [...parts, ['all', indexBytes]].map(([part, size]) => [
        part,
        megabytes(size),
        percent(size / indexBytes),
        figure(size / tokens, 3),
      ]),
    )
    const sizes = engines.map(([name, own]) => [name, own.indexBytes])
    saveResults('size', { machine: system, textBytes: bytes, tokens, sizes, parts })
  })
}

/** The parts of all segments as the manifest has them; what is no part of a segment is `the rest`. */
function partsOf(index, indexBytes) {
  const manifest = readFileSync(join(index, 'manifest.json'), 'utf8')
  const { segments } = JSON.parse(manifest)
  const sums = {}
  for (const { sections } of segments) {
    for (const [part, size] of Object.entries(sections)) sums[part] = (sums[part] ?? 0) + size
  }
  const parts = Object.entries(sums)
  const rest = indexBytes - parts.reduce((sum, [, size]) => sum + size, 0)
  const tokens = segments.reduce((sum, each) => sum + each.tokens, 0)
  return { parts: [...parts, ['the rest', rest]], tokens }
}
