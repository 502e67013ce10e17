/** An answer in the form that was asked for. The renderers are loaded when they are needed, but for the smallest. */

import { renderJson } from '../render/json.ts'
import { staleNote } from '../render/notes.ts'
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
}

/** The text to print; what is for the person beside is printed here. */
export async function renderAnswer(
  result: SearchResult,
  { form, lines, nul }: AnswerForm,
  index: Index,
  { output, cwd }: Pick<CommandContext, 'output' | 'cwd'>,
): Promise<string> {
  const pathOf = pathPrinter(index.sourceRoot, cwd)
  const separator = nul ? '\0' : ':'
  switch (form) {
    case 'count':
      if (result.stale) output.note(staleNote(result.stale))
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
      return renderEvents(result, await linesOfHits(index, result.hits, lines), { pathOf, textBytes })
    }
    case 'vimgrep': {
      const { matchedLines } = await import('./hit-lines.ts')
      const { renderVimgrep } = await import('../render/vimgrep.ts')
      return renderVimgrep(await matchedLines(index, result.hits), pathOf, separator)
    }
    case 'markdown': {
      const { renderMarkdown } = await import('../render/markdown.ts')
      return renderMarkdown(result, pathOf)
    }
    default: {
      // The only large renderer: it knows the width of every character.
      const { renderPretty } = await import('../render/pretty.ts')
      return renderPretty(result, { pathOf, width: output.width, color: output.color })
    }
  }
}
