/** An answer in the form that was asked for. The renderers are loaded when they are needed, but for the smallest. */

import { renderJson } from '../render/json.ts'
import { namesOf, namesOfDetached, notLookedAt, staleNote } from '../render/notes.ts'
import { renderNotes, renderPlain } from '../render/plain.ts'
import type { Index } from '../search/index.ts'
import type { SearchResult } from '../search/result.ts'
import type { CommandContext } from './context.ts'
import type { Form } from './form.ts'
import { pathPrinter } from './location.ts'

/** How an answer is to be printed. */
export interface AnswerForm {
  readonly form: Form
  /** Lines of the source to show around a match. */
  readonly lines: number
  /** Whether a NUL follows each path. */
  readonly nul: boolean
  /** A template of links, or the name of one. */
  readonly hyperlinks: string
}

/** The text to print; what is for the person beside is printed here. */
export async function renderAnswer(
  result: SearchResult,
  { form, lines, nul, hyperlinks }: AnswerForm,
  index: Index,
  { output, cwd, env }: Pick<CommandContext, 'output' | 'cwd' | 'env'>,
): Promise<string> {
  const pathOf = pathPrinter(index, cwd)
  const separator = nul ? '\0' : ':'
  switch (form) {
    case 'count':
      if (result.indexes.some(({ detached }) => detached))
        output.note(notLookedAt(namesOfDetached(result.indexes)))
      if (result.stale) output.note(staleNote(result.stale, namesOf(result)))
      return `${result.total}\n`
    case 'json':
      return renderJson(result)
    case 'plain':
      for (const note of renderNotes(result)) output.note(note)
      return renderPlain(result, pathOf, separator)
    case 'jsonl': {
      const { linesOfHits } = await import('./hit-lines.ts')
      const { renderEvents } = await import('../render/jsonl.ts')
      const { textBytes } = index.manifest.totals
      const wanted = { context: lines, whole: result.budget !== undefined }
      return renderEvents(result, await linesOfHits(index, result.hits, wanted), { pathOf, textBytes })
    }
    case 'vimgrep': {
      const { matchedLines } = await import('./hit-lines.ts')
      const { renderVimgrep } = await import('../render/vimgrep.ts')
      for (const note of renderNotes(result)) output.note(note)
      return renderVimgrep(await matchedLines(index, result.hits), pathOf, separator)
    }
    case 'markdown': {
      const { renderMarkdown } = await import('../render/markdown.ts')
      return renderMarkdown(result, pathOf)
    }
    case 'evidence': {
      const { renderEvidence } = await import('../render/evidence.ts')
      return renderEvidence(result, { color: output.color })
    }
    default: {
      // The only large renderer: it knows the width of every character.
      const { renderPretty } = await import('../render/pretty.ts')
      const { width, color } = output
      const shown = lines > 0 && (await import('./hit-lines.ts'))
      return renderPretty(result, {
        pathOf,
        width,
        color,
        // Links go with colour: who can do without the one can do without the other.
        addressOf:
          color && hyperlinks !== 'none'
            ? (await import('./links.ts')).addressesFor(hyperlinks, index, env)
            : undefined,
        lines: shown ? await shown.linesOfHits(index, result.hits, { context: lines }) : undefined,
      })
    }
  }
}
