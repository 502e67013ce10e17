/** The sources of an index, where they are on this machine, and how the index is compared with them. */
import { existsSync } from 'node:fs'
import type { Extractor } from '../document/extractor.ts'
import type { ReadRules } from '../document/file-identity.ts'
import type { DocumentList } from '../segment/document-list.ts'
import type { SourceEntry } from '../segment/manifest.ts'
import { FreshnessCheck, sourceRootOf } from './freshness.ts'
import { HeldSurvey } from './held-survey.ts'
import { KnownFiles } from './known-files.ts'
import type { Survey } from './survey.ts'

export interface Sources {
  /** Absolute. */
  readonly root: string
  /** How they are read. */
  readonly rules: ReadRules
  /** What compares hits with their files. */
  check(): FreshnessCheck
  /** How all of them stand to the index. */
  survey(documents: DocumentList): Promise<Survey>
  /** Ends what is kept up for further surveys. */
  close(): void
}

/**
 * The sources of the index in an absolute folder; undefined where they are not on this machine. `formats` are those of the
 * caller's own.
 */
export function sourcesOf(
  folder: string,
  source: SourceEntry,
  formats?: readonly Extractor[],
): Sources | undefined {
  const root = sourceRootOf(folder, source.root)
  if (!existsSync(root)) return undefined
  const rules = { ...source, formats }
  const known = new KnownFiles()
  const held = new HeldSurvey(root)
  return {
    root,
    rules,
    check: () => new FreshnessCheck(root, rules, folder, known),
    survey: documents =>
      held.current(async () => {
        const { surveySources } = await import('./survey.ts')
        return surveySources({ folder, root, source, documents })
      }),
    close: () => held.close(),
  }
}
