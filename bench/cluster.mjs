/**
 * What does a search cluster answer, how fast, and how honestly? Two shards, one of which has a mirror, and the server
 * that is asked, all on this machine: loads the corpus, asks two hundred queries beside an index in a folder, then kills
 * and hangs every daemon in turn. An answer is right where it is the whole one, said where it says that it is not, and
 * wrong where it is neither.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { CORPUS_OPTIONS, findCorpus, sizeOf } from './corpus.mjs'
import { hasDaemon, pause, withCluster } from './daemons.mjs'
import { gleanQuery, MIXED, sampleQueries } from './queries.mjs'
import { seeded } from './random.mjs'
import { figure, machine, megabytes, percent, printTable, saveResults } from './results.mjs'
import { library } from './tool.mjs'

const OPTIONS = {
  ...CORPUS_OPTIONS,
  trials: { type: 'string', default: '10' },
  faults: { type: 'string', default: '20' },
}

/** Nothing is compared with files, and no spelling looked for: the engines alone are asked. */
const PLAIN = { freshness: 'none', suggest: false }

/** Copies of each shard. */
const COPIES = [2, 1]

/** Milliseconds after which a daemon that was stopped must be found again. */
const SETTLE = 15_000

export async function run(args) {
  const { values } = parseArgs({ args, options: OPTIONS })
  if (!hasDaemon()) {
    console.log('Skipped: searchd is not installed here (Debian: apt-get install sphinxsearch)')
    return
  }
  const corpus = findCorpus(values)
  if (corpus === null) return
  const system = machine()
  const results = await withCluster(COPIES, cluster => measure(cluster, corpus, Number(values.faults)))
  const survived = await survive(Number(values.trials))
  saveResults('cluster', { machine: system, ...results, survived })
}

async function measure({ address, daemons, folder }, corpus, asked) {
  const { buildIndex, openIndex } = await library()
  const { bytes } = sizeOf(corpus)
  const home = join(folder, 'index')
  await buildIndex({ paths: [corpus], index: home })
  const report = await buildIndex({ paths: [corpus], index: address })
  const load = {
    seconds: report.tookMs / 1000,
    chunks: report.chunks,
    chunksPerSecond: (1000 * report.chunks) / report.tookMs,
    megabytesPerSecond: bytes / 1000 / report.tookMs,
  }
  console.log(
    `${report.documents} documents, ${report.chunks} passages, ${megabytes(bytes)} MB, in ${figure(load.seconds, 1)} s: ` +
      `${figure(load.chunksPerSecond)} passages/s (one shard is written twice)`,
  )
  const sizes = daemons.map(daemon => [daemon.name, daemon.memory(), daemon.disk()])
  printTable(
    ['daemon', 'memory MB', 'disk MB'],
    sizes.map(([name, memory, disk]) => [name, megabytes(memory, 0), megabytes(disk, 0)]),
  )
  const [one, many] = [await openIndex(home), await openIndex(address)]
  try {
    const queries = [...MIXED, ...sampleQueries(corpus)]
    const agreement = await agree(one, many, queries)
    const faults = await everyFault(daemons, many, queries.slice(0, asked))
    const lost = await lostDocuments(one, many)
    console.log(`\nafter all of it: ${lost} documents lost`)
    return { load, sizes, ...agreement, faults, lost }
  } finally {
    await one.close()
    await many.close()
  }
}

/** The same queries of both: places of the first ten that agree, and what each took. */
async function agree(one, many, queries) {
  const times = new Map()
  let places = 0
  let same = 0
  let totals = 0
  // Once for nothing: what is compiled and connected to is not what is measured.
  for (const query of queries.slice(0, 20)) await many.search(gleanQuery(query), PLAIN)
  for (const query of queries) {
    const text = gleanQuery(query)
    const [whole, wholeTook] = await timed(() => one.search(text, PLAIN))
    const [answer, took] = await timed(() => many.search(text, PLAIN))
    const [wanted, got] = [placesOf(whole), placesOf(answer)]
    places += wanted.length
    same += wanted.filter((place, at) => got[at] === place).length
    totals += whole.total === answer.total ? 1 : 0
    const known = times.get(query.kind) ?? []
    known.push([took, wholeTook])
    times.set(query.kind, known)
  }
  const rows = [...times].map(([kind, all]) => ({
    kind,
    queries: all.length,
    cluster: quantiles(all.map(([took]) => took)),
    folder: quantiles(all.map(([, took]) => took)),
  }))
  console.log()
  printTable(
    ['query', 'of these', 'cluster p50 ms', 'p95', 'folder p50 ms', 'p95'],
    rows.map(each => [
      each.kind,
      each.queries,
      ...[each.cluster, each.folder].flatMap(({ p50, p95 }) => [figure(p50, 1), figure(p95, 1)]),
    ]),
  )
  console.log(
    `\n${percent(same / places)} % of ${places} places agree, ${percent(totals / queries.length)} % of ${queries.length} totals`,
  )
  return { queries: rows, agreement: same / places, totals: totals / queries.length }
}

/** Each daemon killed and hung, one after the other; in between everything is as it was. */
async function everyFault(daemons, many, queries) {
  const whole = await Promise.all(
    queries.map(async query => keyOf(await many.search(gleanQuery(query), PLAIN))),
  )
  const faults = []
  for (const daemon of daemons) {
    for (const fault of ['killed', 'hung']) {
      if (fault === 'killed') await daemon.kill()
      else daemon.hang()
      const counts = await askAll(many, queries, whole)
      if (fault === 'killed') await daemon.start()
      else daemon.resume()
      faults.push({
        daemon: daemon.name,
        fault,
        ...counts,
        recovered: await recovered(many, queries[0], whole[0]),
      })
    }
  }
  console.log()
  printTable(
    ['daemon', '', 'right', 'said', 'wrong', 'slowest s', 'whole again after s'],
    faults.map(({ daemon, fault, right, said, wrong, slowest, recovered }) => [
      daemon,
      fault,
      right,
      said,
      wrong,
      figure(slowest / 1000, 1),
      figure(recovered / 1000, 1),
    ]),
  )
  return faults
}

async function askAll(many, queries, whole) {
  const counts = { right: 0, said: 0, wrong: 0, slowest: 0 }
  for (const [place, query] of queries.entries()) {
    const began = performance.now()
    let outcome
    try {
      const answer = await many.search(gleanQuery(query), PLAIN)
      outcome = answer.partial ? 'said' : keyOf(answer) === whole[place] ? 'right' : 'wrong'
    } catch (thrown) {
      if (thrown.code !== 'unreachable') throw thrown
      outcome = 'said'
    }
    counts[outcome]++
    counts.slowest = Math.max(counts.slowest, performance.now() - began)
  }
  return counts
}

/** Milliseconds until an answer is whole again. */
async function recovered(many, query, whole) {
  const began = performance.now()
  for (;;) {
    try {
      const answer = await many.search(gleanQuery(query), PLAIN)
      if (!answer.partial && keyOf(answer) === whole) return performance.now() - began
    } catch (thrown) {
      if (thrown.code !== 'unreachable') throw thrown
    }
    if (performance.now() - began > SETTLE) return Number.NaN
    await pause(100)
  }
}

/** Documents that an index in a folder has and the cluster has not, or has otherwise. */
async function lostDocuments(one, many) {
  const held = new Map()
  for await (const { path, hash } of many.documents.from()) held.set(path, hash)
  let lost = 0
  for await (const { path, hash } of one.documents.from()) if (held.get(path) !== hash) lost++
  return lost
}

/**
 * Updates broken off by kill -9 of a shard at some moment: whatever was written by then is whole, what was deleted stays
 * so, and the next update puts everything right.
 */
async function survive(trials) {
  const { buildIndex, checkIndex } = await library()
  const docs = mkdtempSync(join(tmpdir(), 'glean-bench-docs-'))
  const random = seeded(23)
  const counts = { trials, brokenOff: 0, torn: 0, lost: 0, back: 0 }
  try {
    await withCluster([1, 1], async ({ address, daemons }) => {
      for (let trial = 0; trial < trials; trial++) {
        const gone = trial % 40
        for (let file = 0; file < 40; file++) {
          const name = join(docs, `d${file}.txt`)
          if (file === gone) rmSync(name, { force: true })
          else writeFileSync(name, `Document ${file} of trial ${trial}.\n\n`.repeat(1 + random.below(200)))
        }
        const daemon = daemons[random.below(2)]
        const update = buildIndex({ paths: [docs], index: address }).then(
          () => false,
          () => true,
        )
        await pause(random.below(150))
        await daemon.kill()
        counts.brokenOff += (await update) ? 1 : 0
        await daemon.start()
        const after = await checkIndex({ index: address }).catch(() => undefined)
        counts.torn += after?.damage.filter(({ detail }) => detail.includes('chunks')).length ?? 0
        await buildIndex({ paths: [docs], index: address })
        const { outOfDate } = await checkIndex({ index: address })
        counts.lost += outOfDate.new.length + outOfDate.changed.length
        counts.back += outOfDate.gone.length
      }
    })
  } finally {
    rmSync(docs, { recursive: true, force: true })
  }
  const { brokenOff, torn, lost, back } = counts
  console.log(
    `\n${trials} updates with a shard killed meanwhile, ${brokenOff} broken off: ${torn} documents torn, ${lost} lost, ${back} deleted and back`,
  )
  return counts
}

async function timed(step) {
  const began = performance.now()
  return [await step(), performance.now() - began]
}

function placesOf({ hits }) {
  return hits.map(({ path, startLine }) => `${path}:${startLine}`)
}

function keyOf(answer) {
  return JSON.stringify([answer.total, placesOf(answer)])
}

function quantiles(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const at = share => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
  return { p50: at(0.5), p95: at(0.95) }
}
