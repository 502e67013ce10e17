/** Passages for a person: their text, made safe; of several, each under its name. What became of a citation, in words. */
import type { CheckedPassage, CitationVerdict, Passage } from '../search/result.ts'
import { safeLine, safeText } from './safe-text.ts'

/** The text of a passage with a line end at its end. */
export function renderPassage({ text }: Pick<Passage, 'text'>): string {
  const lines = safeText(text.replace(/\r\n?/g, '\n'))
  return lines.endsWith('\n') || lines === '' ? lines : `${lines}\n`
}

/** The line over a passage, where several are shown. */
export function passageHead(reference: string): string {
  return `==> ${safeLine(reference)} <==\n`
}

const WORDS: Record<CitationVerdict, string> = {
  same: 'the passage stands where it stood',
  moved: 'the same passage, now at',
  changed: 'the passage has changed; what stands in its place is',
  gone: 'the passage is no longer there',
}

/** One line on what became of a citation, with where to find it now. */
export function verdictLine({ citation, verdict, now, against, text }: CheckedPassage): string {
  const place = verdict === 'same' || now === null ? '' : ` ${now}`
  const old = verdict === 'gone' && text !== '' ? '; this is what the index has of it' : ''
  const where = against === 'index' ? ' (by the index: the files are not here)' : ''
  return safeLine(`${verdict}: ${citation}: ${WORDS[verdict]}${place}${old}${where}`)
}
