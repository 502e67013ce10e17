/**
 * Subtitles, SRT and WebVTT: what is said, and when. Lines that follow one another closely are one paragraph, so that a
 * sentence over several of them is found; each line knows its time. Numbers, styling and notes are left out.
 */
import { TextBuilder } from './extracted.ts'
import type { TextExtractor } from './extractor.ts'
import { LineCursor } from './line.ts'

/** UTF-16 units of a paragraph: from the first on it ends with a sentence, from the second on anyway. */
const PARAGRAPH = 200
const LONGEST = 600
/** Seconds of silence that part paragraphs. */
const SILENCE = 4

const TIMES = /^\s*(?:(\d{1,4}):)?(\d{1,2}):(\d{2})[.,]\d{1,3}\s*-->\s*(?:(\d{1,4}):)?(\d{1,2}):(\d{2})[.,]/u
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', nbsp: ' ', lrm: '', rlm: '' }

export const subtitles: TextExtractor = {
  format: 'subtitles',
  extensions: ['.srt', '.vtt'],
  takes: 'text',
  extract(text) {
    const out = new TextBuilder()
    const line = new LineCursor(text)
    let cues = 0
    let ended = 0
    let length = 0
    while (line.advance()) {
      const times = line.end - line.start > 200 ? null : TIMES.exec(text.slice(line.start, line.end))
      if (!times) continue
      cues++
      const start = seconds(times[1], times[2], times[3])
      const said = cueText(text, line)
      if (said === '') continue
      if (length > LONGEST || start - ended > SILENCE) [length] = [0, out.break()]
      out.mark('time', start)
      out.line(said)
      length += said.length
      ended = seconds(times[4], times[5], times[6])
      if (length > PARAGRAPH && /[.!?…。！？]["'”’»)]*$/u.test(said)) [length] = [0, out.break()]
    }
    return cues === 0 ? undefined : out.finish({ title: '' })
  },
}

function seconds(hours = '0', minutes = '0', rest = '0'): number {
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(rest)
}

/** The lines of a cue up to the blank one, as one. */
function cueText(text: string, line: LineCursor): string {
  const lines: string[] = []
  while (line.advance() && !line.blank) lines.push(text.slice(line.first, line.end).trimEnd())
  return lines
    .join(' ')
    .replace(/<[^<>]{0,200}>|\{\\[^{}]{0,200}\}/gu, '')
    .replace(/&(amp|lt|gt|nbsp|lrm|rlm);/gu, (_, name: string) => ENTITIES[name] ?? '')
    .replace(/\s+/gu, ' ')
    .trim()
}
