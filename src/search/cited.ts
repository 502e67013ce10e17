/**
 * Checks a citation again: whether the passage it names still stands where it stood, as the files are now. The hash in a
 * citation is all that is known of the passage's words, and enough to find them wherever they have gone.
 */
import { join } from 'node:path'
import { readFileDocument } from '../document/read-file.ts'
import { GleanError } from '../errors.ts'
import { chunkHash } from '../segment/chunk-hash.ts'
import { tokenize } from '../text/analyzer.ts'
import { sliceLines } from '../text/lines.ts'
import {
  type DocumentPassages,
  filePassages,
  type PassageRun,
  runsWithHash,
  stretchText,
} from './document-passages.ts'
import { FreshnessCheck } from './freshness.ts'
import type { Index } from './index.ts'
import { citation, parseReference, type Reference } from './reference.ts'
import type { CheckedPassage, Passage } from './result.ts'

/** A reference that is a citation. */
interface Cited extends Reference {
  readonly hash: string
}

/** Where a passage was found. */
interface Found {
  readonly document: DocumentPassages
  readonly run: PassageRun
}

/** Share of words two passages must have in common, for one to be the other after a change; and in another file. */
const LIKENESS = 0.4
const LIKENESS_ELSEWHERE = 0.6

/** The citation a reference is; undefined for one without a hash. */
export function citedBy(reference: string): Cited | undefined {
  return parseReference(reference).find((meant): meant is Cited => meant.hash !== undefined)
}

/**
 * Finds what a citation stands for today; of several indexes in the one that has it, else had it. `same`: it stands where
 * it stood. `moved`: it stands on other lines, or in another file. `changed`: something like it stands in its place, or
 * in a new file where its own is gone. `gone`: nothing does. The first two hold.
 */
export async function checkCitation(index: Index, reference: string): Promise<CheckedPassage> {
  const cited = citedBy(reference)
  if (!cited) throw new GleanError('usage', `expected a citation, PATH:LINE-LINE@HASH; got ${reference}`)
  const verdicts: CheckedPassage[] = []
  for (const member of await likeliestFirst(index.members, cited)) {
    const checked = await checkIn(member, cited, reference)
    if (checked.verdict === 'same') return checked
    verdicts.push(checked)
  }
  return verdicts.find(({ verdict }) => verdict === 'moved') ?? verdicts[0]!
}

/** The indexes that have the passage before those that have not: the citation is of one of them. */
async function likeliestFirst(indexes: readonly Index[], cited: Cited): Promise<readonly Index[]> {
  if (indexes.length === 1) return indexes
  const has = await Promise.all(
    indexes.map(async index => (await new CitedSearch(index, cited).asIndexed()) !== undefined),
  )
  return [...indexes.filter((_, at) => has[at]), ...indexes.filter((_, at) => !has[at])]
}

async function checkIn(index: Index, cited: Cited, reference: string): Promise<CheckedPassage> {
  const search = new CitedSearch(index, cited)
  const here = await search.document(cited.path)
  const found = (here && nearest(here, cited)) ?? (await search.elsewhere())
  const against = search.against
  if (found) {
    const passage = passageOf(found)
    const now = citationOf(found)
    return {
      ...passage,
      citation: reference,
      verdict: standsAs(cited, passage) ? 'same' : 'moved',
      now,
      against,
    }
  }
  const old = await search.asIndexed()
  const words = old && stretchText(old.document, ...old.run)
  const changed = here ? inItsPlace(here, cited, words, LIKENESS) : words && (await search.likeIt(words))
  if (changed) {
    return {
      ...passageOf(changed),
      citation: reference,
      verdict: 'changed',
      now: citationOf(changed),
      against,
    }
  }
  return {
    ...(old ? passageOf(old) : nothingOf(cited)),
    citation: reference,
    verdict: 'gone',
    now: null,
    against,
  }
}

/** Where a citation is looked for: the files, where they are on this machine, else the index. */
class CitedSearch {
  against: CheckedPassage['against'] = 'index'
  readonly #index: Index
  readonly #cited: Cited

  constructor(index: Index, cited: Cited) {
    this.#index = index
    this.#cited = cited
  }

  /** The document at a path, as it is now; undefined where there is none. */
  async document(path: string): Promise<DocumentPassages | undefined> {
    const { documents, manifest, rules, sourceRoot } = this.#index
    const listed = await documents.find(path)
    if (sourceRoot !== null) {
      const check = new FreshnessCheck(sourceRoot, rules)
      if (await check.isAttached(listed ? [listed] : [], documents, manifest.totals.documents)) {
        this.against = 'files'
        return this.#fileDocument(path)
      }
    }
    return listed && this.#index.passagesOf(listed)
  }

  /** The passage in any other document: a new file, which may be the old one renamed, or one that has it too. */
  async elsewhere(): Promise<Found | undefined> {
    const { documents } = this.#index
    for await (const document of this.#fresh()) {
      const found = nearest(document, this.#cited)
      if (found) return found
    }
    let looked = 0
    for await (const listed of documents.from()) {
      if (listed.path === this.#cited.path) continue
      // Signals and timers get their turn.
      if (++looked % 64 === 0) await new Promise(next => setImmediate(next))
      const indexed = await this.#index.passagesOf(listed)
      const found = nearest(indexed, this.#cited)
      if (!found) continue
      if (this.against === 'index') return found
      const now = await this.#fileDocument(listed.path)
      const still = now && nearest(now, this.#cited)
      if (still) return still
    }
    return undefined
  }

  /** What is most like some words in a new file: that of a passage which is gone, renamed and changed. */
  async likeIt(words: string): Promise<Found | undefined> {
    for await (const document of this.#fresh()) {
      const found = inItsPlace(document, this.#cited, words, LIKENESS_ELSEWHERE)
      if (found) return found
    }
    return undefined
  }

  /** The documents of files that are not in the index yet. */
  async *#fresh(): AsyncGenerator<DocumentPassages> {
    const survey = this.against === 'files' ? await this.#index.survey() : undefined
    for (const { path } of survey?.fresh ?? []) {
      const document = await this.#fileDocument(path)
      if (document) yield document
    }
  }

  /** The passage as the index has it, where it still does. */
  async asIndexed(): Promise<Found | undefined> {
    const listed = await this.#index.documents.find(this.#cited.path)
    const document = listed && (await this.#index.passagesOf(listed))
    return document && nearest(document, this.#cited)
  }

  async #fileDocument(path: string): Promise<DocumentPassages | undefined> {
    const { sourceRoot, rules } = this.#index
    const file = { path, absolute: join(sourceRoot!, path), size: 0 }
    const read = await readFileDocument(file, rules)
    return 'document' in read ? filePassages(path, read.document) : undefined
  }
}

/** The run of that hash that is nearest to the lines cited. */
function nearest(document: DocumentPassages, { first, last, hash }: Cited): Found | undefined {
  const runs = runsWithHash(document, hash, last - first + 1)
  const away = ([from]: PassageRun) => Math.abs(document.passages[from]!.startLine - first)
  const [run] = runs.sort((a, b) => away(a) - away(b))
  return run && { document, run }
}

function standsAs({ path, first, last }: Cited, passage: Passage): boolean {
  return passage.path === path && passage.startLine === first && passage.endLine === last
}

/** What stands in the place of a passage: the likest one where its words are known, else the one on its lines. */
function inItsPlace(
  document: DocumentPassages,
  { first, last }: Cited,
  words: string | undefined,
  least: number,
): Found | undefined {
  const { passages, text } = document
  let best: { at: number; likeness: number } | undefined
  for (const [at, { start, end, startLine, endLine }] of passages.entries()) {
    const stands = startLine <= last && endLine >= first
    const likeness = words === undefined ? Number(stands) : likenessOf(words, text.slice(start, end))
    if (likeness >= least && likeness > (best?.likeness ?? 0)) best = { at, likeness }
  }
  return best && { document, run: [best.at, best.at] }
}

/** Words two texts share, of all they have: Dice's coefficient over their distinct words. */
function likenessOf(a: string, b: string): number {
  const [one, other] = [a, b].map(text => new Set(tokenize(text).map(({ term }) => term)))
  const shared = [...one!].filter(term => other!.has(term)).length
  return (2 * shared) / Math.max(one!.size + other!.size, 1)
}

function passageOf({ document, run: [first, last] }: Found): Passage {
  const { path, title, metadata, text, lines, passages } = document
  const { startLine } = passages[first]!
  const { endLine } = passages[last]!
  const position = document.positionAt(startLine)
  return {
    path,
    title,
    startLine,
    endLine,
    lines,
    text: sliceLines(text, startLine, endLine),
    ...(position ? { position } : {}),
    metadata,
  }
}

/** Where not even the index has the words any more. */
function nothingOf({ path, first, last }: Cited): Passage {
  return { path, title: '', startLine: first, endLine: last, lines: 0, text: '', metadata: {} }
}

function citationOf({ document, run: [first, last] }: Found): string {
  const { path, passages } = document
  const hash = chunkHash(stretchText(document, first, last))
  return citation(path, passages[first]!.startLine, passages[last]!.endLine, hash)
}
