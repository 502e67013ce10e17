/** After whatever edits, an index brought up to date answers as one built anew; a small one is the same bytes. */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { build, buildIndex } from '../../src/build/build.ts'
import { STAT_CACHE } from '../../src/freshness/stat-cache.ts'
import { openIndex } from '../../src/search/open.ts'
import type { SearchResult } from '../../src/search/result.ts'

/** Hundreds of updates, each written to disk: on a busy machine that takes its time. */
const LONG = { timeout: 300_000 }

/** An edit of a folder of documents. */
type Edit =
  | { readonly kind: 'write'; readonly path: string; readonly text: string }
  | { readonly kind: 'remove'; readonly path: string }
  | { readonly kind: 'touch'; readonly path: string }
  | { readonly kind: 'rename'; readonly path: string; readonly to: string }

const WORDS = [
  'whale',
  'whales',
  'sea',
  'ship',
  'captain',
  'sail',
  'storm',
  'häuser',
  'haus',
  'meer',
  '鯨',
  '海',
  'e',
  'the',
  'der',
  'und',
  'of',
]

const path = fc.constantFrom('a.md', 'b.txt', 'c/d.md', 'c/e.md', 'f.md', 'z/y/x.txt', 'B.md', 'ä.md')
const paragraph = fc
  .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 30 })
  .map(words => words.join(' '))
const text = fc
  .tuple(fc.array(paragraph, { maxLength: 4 }), fc.boolean())
  .map(([paragraphs, hasHeading]) => `${hasHeading ? '# The sea\n\n' : ''}${paragraphs.join('\n\n')}\n`)
const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('write' as const), path, text }) },
  fc.record({ kind: fc.constant('remove' as const), path }),
  fc.record({ kind: fc.constant('touch' as const), path }),
  fc.record({ kind: fc.constant('rename' as const), path, to: path }),
)
/** Edits, parted by updates. */
const history = fc.array(fc.array(edit, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 6 })

/** A document without a chunk is written, and is gone again. */
const NO_CHUNK: Edit[][] = [
  [{ kind: 'write', path: 'z/y/x.txt', text: '\n' }],
  [{ kind: 'remove', path: 'z/y/x.txt' }],
]

/** Two chunks deleted close together, in the segment that was there first: they must both be counted. */
const TWO_GAPS: Edit[][] = [
  ['f.md', 'a.md'].map(path => ({ kind: 'write', path, text: 'whale\n' })),
  [{ kind: 'write', path: 'b.txt', text: 'whale\n\nwhale\n' }],
  [{ kind: 'remove', path: 'a.md' }],
  [{ kind: 'remove', path: 'f.md' }],
]

const QUERIES = [
  'whale',
  'sea captain',
  'häuser meer der',
  '"the sea"',
  '+ship -storm',
  'wha*',
  'shap~',
  '/s.*/',
  'heading:sea',
  '鯨海',
  'title:whale OR sail^2',
  'ship NEAR/5 captain',
  'whhale',
]

function apply(edits: readonly Edit[], docs: string): void {
  for (const each of edits) {
    const file = join(docs, each.path)
    mkdirSync(dirname(file), { recursive: true })
    if (each.kind === 'write') writeFileSync(file, each.text)
    else if (each.kind === 'remove') rmSync(file, { force: true })
    else {
      try {
        if (each.kind === 'touch') writeFileSync(file, readFileSync(file))
        else {
          mkdirSync(dirname(join(docs, each.to)), { recursive: true })
          renameSync(file, join(docs, each.to))
        }
      } catch {
        // Not there to be touched or renamed.
      }
    }
  }
}

/** Calls `check` after each update of an index whose sources are edited, with the folder of `docs` and `index`. */
async function whileEdited(
  edits: readonly (readonly Edit[])[],
  smallIndex: number,
  check: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gleaner-'))
  try {
    const docs = join(folder, 'docs')
    mkdirSync(docs)
    // Never empty: an index of nothing is not brought up to date.
    writeFileSync(join(docs, 'always.md'), 'A ship on the sea.\n')
    await build({ paths: ['docs'], index: 'index', cwd: folder }, { smallIndex })
    for (const some of edits) {
      apply(some, docs)
      await build({ index: 'index', cwd: folder }, { smallIndex })
      await check(folder)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The files that make an index, with their bytes. */
function contents(folder: string): Record<string, string> {
  const names = readdirSync(folder).filter(name => name !== STAT_CACHE)
  return Object.fromEntries(names.map(name => [name, readFileSync(join(folder, name), 'base64')]))
}

/** What must be equal of an answer, however the index came about. */
function essence({ tookMs: _, indexes, ...answer }: SearchResult) {
  return { ...answer, indexes: indexes.map(({ documents, chunks }) => ({ documents, chunks })) }
}

async function answers(folder: string, index: string) {
  const open = await openIndex(index, { cwd: folder })
  try {
    const answered = []
    for (const query of QUERIES) {
      answered.push(essence(await open.search(query, { limit: 50, explain: true })))
      answered.push(await open.count(query), await open.matchedDocuments(query))
    }
    answered.push(essence(await open.search('sea', { sort: 'path', limit: 3 })))
    answered.push(essence(await open.search('sea ship', { group: 'document' })))
    answered.push(essence(await open.search('whale', { paths: ['c/**'] })))
    const { totals } = open.manifest
    return { answered, totals }
  } finally {
    await open.close()
  }
}

test('a small index is the bytes of one built anew, after every update', LONG, async () => {
  await fc.assert(
    fc.asyncProperty(history, edits =>
      whileEdited(edits, Number.POSITIVE_INFINITY, async folder => {
        await buildIndex({ paths: ['docs'], index: 'anew', cwd: folder })
        expect(contents(join(folder, 'index'))).toEqual(contents(join(folder, 'anew')))
      }),
    ),
    { numRuns: 25 },
  )
})

test('an index of several segments answers as one built anew, after every update', LONG, async () => {
  await fc.assert(
    fc.asyncProperty(history, edits =>
      whileEdited(edits, 0, async folder => {
        await buildIndex({ paths: ['docs'], index: 'anew', cwd: folder, rebuild: true })
        expect(await answers(folder, 'index')).toEqual(await answers(folder, 'anew'))
      }),
    ),
    { numRuns: 30, examples: [[TWO_GAPS]] },
  )
})

test('compacted, an index of several segments is the bytes of one built anew', LONG, async () => {
  await fc.assert(
    fc.asyncProperty(history, edits =>
      whileEdited(edits, 0, async folder => {
        cpSync(join(folder, 'index'), join(folder, 'compact'), { recursive: true })
        await build({ index: 'compact', cwd: folder, compact: true }, { smallIndex: 0 })
        await buildIndex({ paths: ['docs'], index: 'anew', cwd: folder, rebuild: true })
        const { 'replaced.json': _, ...compact } = contents(join(folder, 'compact'))
        expect(compact).toMatchObject(contents(join(folder, 'anew')))
        rmSync(join(folder, 'compact'), { recursive: true })
      }),
    ),
    { numRuns: 12, examples: [[NO_CHUNK]] },
  )
})

test('the report tells what became of the files', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gleaner-'))
  const docs = join(folder, 'docs')
  mkdirSync(docs)
  for (const name of ['a.md', 'b.md', 'c.md', 'd.md'])
    writeFileSync(join(docs, name), `The words of ${name}.\n`)
  const options = { paths: ['docs'], index: 'index', cwd: folder }
  expect(await buildIndex(options)).toMatchObject({ changes: { added: 4, unchanged: 0 }, segments: 1 })
  expect(await buildIndex(options)).toMatchObject({ changed: false, changes: { unchanged: 4 } })
  writeFileSync(join(docs, 'a.md'), 'Other words.\n')
  renameSync(join(docs, 'b.md'), join(docs, 'z.md'))
  rmSync(join(docs, 'c.md'))
  writeFileSync(join(docs, 'e.md'), 'New words.\n')
  const { changes } = await buildIndex(options)
  expect(changes).toEqual({ added: 1, changed: 1, removed: 1, renamed: 1, unchanged: 1 })
  rmSync(folder, { recursive: true })
})
