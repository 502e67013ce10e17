/** `glean export`: writes the index in another form, piece by piece to standard output or, a site, to a folder. */
import { resolve } from 'node:path'
import { openIndex } from '../../cluster/open.ts'
import { GleanError } from '../../errors.ts'
import type { Index } from '../../search/index.ts'
import { isUrl } from '../../search/open.ts'
import type { CommandContext } from '../context.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { findIndex } from '../index-location.ts'
import { has, mustHaveWords, text } from '../typed.ts'

type Export = (
  index: Index,
  context: CommandContext,
) => AsyncIterable<string> | Promise<AsyncIterable<string>>

/** What goes to standard output. */
const STREAMS: Readonly<Record<string, Export>> = {
  minisearch: minisearchLines,
  jsonl: async index => (await import('../../export/jsonl.ts')).exportJsonl(index),
  opensearch: async (index, { line }) => {
    const { exportOpensearch, OPENSEARCH_MAPPING } = await import('../../export/opensearch.ts')
    return has(line, 'mapping') ? single(`${JSON.stringify(OPENSEARCH_MAPPING)}\n`) : exportOpensearch(index)
  },
}

export async function run(context: CommandContext): Promise<ExitCode> {
  const { line, env, cwd } = context
  mustHaveWords(line, 1, 2)
  const [form, out] = line.words as [string, string | undefined]
  const forms = [...Object.keys(STREAMS), 'site']
  if (!forms.includes(form)) {
    throw new GleanError('usage', `cannot export to "${form}"; the forms are ${forms.join(', ')}`)
  }
  mustFit(context, form, out)
  const location = await findIndex(text(line, 'index'), env, cwd)
  const index = await openIndex(location, { cwd })
  try {
    if (form === 'site') await exportToSite(index, location, out!, context)
    else await printAll(await STREAMS[form]!(index, context), context)
    return EXIT.ok
  } finally {
    await index.close()
  }
}

/** Milliseconds between two turns of the event loop, in which signals are seen and progress is drawn. */
const TURN = 50

/** Prints piece by piece, and tells how much where that takes a while and the pieces go elsewhere than to the terminal. */
async function printAll(pieces: AsyncIterable<string>, { output, interrupt }: CommandContext): Promise<void> {
  const isShown = output.showsProgress && !output.isTerminal
  const drawing = isShown ? await import('../progress.ts') : undefined
  const progress = drawing?.laterText(output.color)
  const began = performance.now()
  let turned = began
  let units = 0
  try {
    for await (const piece of pieces) {
      await output.print(piece)
      units += piece.length
      const now = performance.now()
      if (now - turned < TURN) continue
      turned = now
      if (drawing && now - began > drawing.PATIENCE)
        progress?.update(`exported ${(units / 1e6).toFixed(1)} MB`)
      await new Promise(next => setImmediate(next))
      interrupt.signal.throwIfAborted()
    }
  } finally {
    progress?.stop()
  }
}

/** Throws `usage` for what does not belong to the form. */
function mustFit({ line }: CommandContext, form: string, out: string | undefined): void {
  const flags = { 'single-file': 'site', title: 'site', mapping: 'opensearch' }
  for (const [flag, owner] of Object.entries(flags)) {
    if (has(line, flag) && form !== owner)
      throw new GleanError('usage', `--${flag} belongs to glean export ${owner}`)
  }
  if (form === 'site' && out === undefined) throw new GleanError('usage', 'where to? glean export site OUT')
  if (form !== 'site' && out !== undefined) {
    throw new GleanError(
      'usage',
      `export takes no further argument "${out}": it writes to standard output, > ${out}`,
    )
  }
}

/** One line for each part; that there are several is said. */
async function* minisearchLines(index: Index, { output }: CommandContext): AsyncGenerator<string> {
  const { exportMinisearch } = await import('../../export/minisearch.ts')
  let parts = 0
  for await (const json of exportMinisearch(index)) {
    parts++
    yield json
    yield '\n'
  }
  if (parts > 1) output.note(`too large for one MiniSearch: ${parts} parts, one a line, each for loadJSON`)
}

async function* single(piece: string): AsyncGenerator<string> {
  yield piece
}

async function exportToSite(
  index: Index,
  location: string,
  out: string,
  { line, output, cwd }: CommandContext,
): Promise<void> {
  if (isUrl(location))
    throw new GleanError('usage', `a site is made of an index on this machine, not of ${location}`)
  const { exportSite } = await import('../../export/site.ts')
  const { files, bytes } = await exportSite({
    folder: resolve(cwd, location),
    index,
    out: resolve(cwd, out),
    title: text(line, 'title') ?? 'Search',
    singleFile: has(line, 'single-file'),
  })
  output.note(`${out}: ${files} ${files === 1 ? 'file' : 'files'}, ${(bytes / 1e6).toFixed(1)} MB`)
}
