/** `glean export`: writes the index in another form, to standard output or, a site, to a folder. */
import { resolve } from 'node:path'
import { GleanError } from '../../errors.ts'
import type { Index } from '../../search/index.ts'
import { isUrl, openIndex } from '../../search/open.ts'
import type { CommandContext } from '../context.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { findIndex } from '../index-location.ts'
import { has, mustHaveWords, text } from '../typed.ts'

const FORMS = ['minisearch', 'site']

export async function run(context: CommandContext): Promise<ExitCode> {
  const { line, env, cwd } = context
  mustHaveWords(line, 1, 2)
  const [form, out] = line.words as [string, string | undefined]
  if (!FORMS.includes(form)) {
    throw new GleanError('usage', `cannot export to "${form}"; the forms are ${FORMS.join(', ')}`)
  }
  const location = await findIndex(text(line, 'index'), env, cwd)
  const index = await openIndex(location, { cwd })
  try {
    if (form === 'site') await exportToSite(index, location, out, context)
    else await exportToOutput(index, out, context)
    return EXIT.ok
  } finally {
    await index.close()
  }
}

async function exportToOutput(
  index: Index,
  out: string | undefined,
  { output }: CommandContext,
): Promise<void> {
  if (out !== undefined) {
    throw new GleanError(
      'usage',
      `export takes no further argument "${out}": it writes to standard output, > ${out}`,
    )
  }
  const { exportMinisearch } = await import('../../export/minisearch.ts')
  await output.print(`${await exportMinisearch(index)}\n`)
}

async function exportToSite(
  index: Index,
  location: string,
  out: string | undefined,
  { line, output, cwd }: CommandContext,
): Promise<void> {
  if (out === undefined) throw new GleanError('usage', 'where to? glean export site OUT')
  if (isUrl(location))
    throw new GleanError('usage', `a site is made of an index on this machine, not of ${location}`)
  const { exportSite } = await import('../../export/site.ts')
  const { files, bytes } = exportSite({
    folder: resolve(cwd, location),
    manifest: index.manifest,
    out: resolve(cwd, out),
    title: text(line, 'title') ?? 'Search',
    singleFile: has(line, 'single-file'),
  })
  output.note(`${out}: ${files} ${files === 1 ? 'file' : 'files'}, ${(bytes / 1e6).toFixed(1)} MB`)
}
