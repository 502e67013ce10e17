/** Reads a segment whole, every part as a reader of it does, and holds the parts against each other. */
import { GleanError, messageOf } from '../errors.ts'
import type { ByteFolder } from '../segment/byte-source.ts'
import { formsOf } from '../segment/form-table.ts'
import type { SegmentEntry } from '../segment/manifest.ts'
import { PositionBlock, PostingBlock } from '../segment/posting.ts'
import { Segment } from '../segment/segment.ts'

/** Says what is wrong with a file. */
export type Complain = (detail: string) => void

/** What a check waits for between steps: others' turns. */
export type Turn = () => Promise<void> | undefined

/** Checks the segment of an entry. Throws only what `turn` throws. */
export async function checkSegment(
  folder: ByteFolder,
  entry: SegmentEntry,
  version: number,
  complain: Complain,
  turn: Turn,
): Promise<void> {
  const steps = [checkHead, checkRows, checkText, checkTerms, checkForms]
  let segment: Segment
  try {
    segment = await Segment.open(folder, entry, version, [])
  } catch (thrown) {
    complain(wordsOf(thrown))
    return
  }
  try {
    for (const step of steps) {
      try {
        await step(segment, complain, turn)
      } catch (thrown) {
        if (!isDamage(thrown)) throw thrown
        complain(wordsOf(thrown))
      }
    }
  } finally {
    segment.close()
  }
}

/** Whether what was thrown says that bytes are not what they should be. Sound bytes never make a reader fail. */
export function isDamage(thrown: unknown): boolean {
  if (thrown instanceof GleanError)
    return thrown.code === 'damaged' || thrown.code === 'io' || thrown.code === 'not-found'
  return (
    thrown instanceof RangeError ||
    thrown instanceof TypeError ||
    thrown instanceof SyntaxError ||
    'code' in Object(thrown)
  )
}

/** The message of what was thrown, without the advice that the check gives itself. */
export function wordsOf(thrown: unknown): string {
  return messageOf(thrown).replace(/; rebuild (it|the index): .*$/s, '')
}

async function checkHead(segment: Segment): Promise<void> {
  await segment.head()
}

async function checkRows(segment: Segment, complain: Complain, turn: Turn): Promise<void> {
  const { documents, chunks, tokens } = segment.entry
  const found = { documents: 0, chunks: 0, tokens: 0 }
  for await (const row of segment.rows.all()) {
    if (row.firstChunk !== found.chunks)
      complain(`document ${found.documents} begins with another chunk than it should`)
    found.documents++
    found.chunks += row.chunks
    found.tokens += row.tokens
    await turn()
  }
  const expected = { documents, chunks, tokens }
  for (const what of ['documents', 'chunks', 'tokens'] as const) {
    if (found[what] !== expected[what]) complain(`expected ${expected[what]} ${what}, found ${found[what]}`)
  }
}

async function checkText(segment: Segment, complain: Complain, turn: Turn): Promise<void> {
  const { chunks } = segment.entry
  let found = 0
  for await (const block of segment.text.blocks()) {
    found += block.length
    await turn()
  }
  if (found !== chunks) complain(`expected the text of ${chunks} chunks, found that of ${found}`)
  for await (const { place, length } of segment.rows.all()) {
    if ((await segment.text.text(place, place + length)).length !== length)
      complain('a text is shorter than it should be')
    await turn()
  }
}

/** Every term with all its postings and positions. */
async function checkTerms(segment: Segment, complain: Complain, turn: Turn): Promise<void> {
  const { chunks, terms } = segment.entry
  const lent = { postings: new PostingBlock(), positions: new PositionBlock() }
  let found = 0
  let before = ''
  for await (const { key, information } of segment.dictionary.from()) {
    if (found++ > 0 && key <= before) complain(`the term ${JSON.stringify(key)} is out of order`)
    before = key
    const list = segment.listOf(information, lent)
    let postings = 0
    let occurrences = 0
    let last = -1
    while (await list.next()) {
      const positions = await list.positions()
      const { size } = list.block
      postings += size
      occurrences += positions.starts[size]!
      for (let at = 0; at < size; at++) {
        if (list.block.chunks[at]! <= last) complain(`postings of ${JSON.stringify(key)} are out of order`)
        last = list.block.chunks[at]!
      }
    }
    if (last >= chunks) complain(`postings of ${JSON.stringify(key)} point to a chunk that is not there`)
    if (postings !== list.documentFrequency || occurrences !== list.collectionFrequency)
      complain(`expected ${list.documentFrequency} postings of ${JSON.stringify(key)}, found ${postings}`)
    await turn()
  }
  if (found !== terms) complain(`expected ${terms} terms, found ${found}`)
}

async function checkForms(segment: Segment, complain: Complain, turn: Turn): Promise<void> {
  for (const language of Object.keys(segment.entry.forms)) {
    const table = segment.formTable(language)!
    for await (const { key } of table.from()) {
      const { terms, documentFrequency } = await formsOf(table, key)
      const found = await segment.dictionary.findAll(terms)
      if (found.size !== terms.length) complain(`a form of ${JSON.stringify(key)} (${language}) is no term`)
      if (documentFrequency === undefined || documentFrequency > segment.entry.chunks)
        complain(`${JSON.stringify(key)} (${language}) is in more chunks than there are`)
      await turn()
    }
  }
}
