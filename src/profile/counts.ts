/**
 * What is counted of texts: tokens and types as the index has them, and of running text the sentences, words, letters
 * and syllables that formulas of readability ask for. Documents come in one after another.
 */
import type { Document, Span } from '../document/document.ts'
import { hasIdentifiers } from '../document/formats.ts'
import { isSpace } from '../document/line.ts'
import { forEachToken } from '../text/analyzer.ts'
import { classOf, SOLO } from '../text/character.ts'
import { identifierParts } from '../text/identifier.ts'
import { endsSentence, endsWideSentence } from '../text/sentence.ts'
import { paragraphs } from './paragraph.ts'

/** Figures of running text that is written with spaces. */
export interface RunningText {
  /** Tokens, but those joined by a hyphen are one word: `well-kept`. */
  words: number
  sentences: number
  /** Letters and digits. */
  letters: number
  /** Words of more than six letters. */
  longWords: number
  /** By the English rules; 0 where no syllables were counted. */
  syllables: number
}

/** Counts the syllables of a word, at least 1. */
export type SyllableCounter = (word: string) => number

/** Share of its tokens from which on a text is of a script without spaces: its words cannot be told. */
const SOLO_SHARE = 0.2

export class Counts {
  /** How often each term occurs. */
  readonly terms = new Map<string, number>()
  /** How often each is part of an identifier, and indexed as such. */
  readonly parts = new Map<string, number>()
  /** Running text of English documents, and of all documents that are written with spaces. */
  readonly english: RunningText = nothing()
  readonly spaced: RunningText = nothing()
  documents = 0
  tokens = 0
  /** Sentences of all running text, and its tokens. */
  sentences = 0
  sentenceTokens = 0
  readonly #syllables: SyllableCounter

  constructor(syllables: SyllableCounter) {
    this.#syllables = syllables
  }

  /** Adds a document in a language (an ISO 639-1 code or ''). */
  add(document: Document, language: string): void {
    const { text, bodyStart, title, titleSpan } = document
    if (!titleSpan) this.#terms(title, 0, false)
    const { tokens, solo } = this.#terms(text, bodyStart, hasIdentifiers(document.format))
    const running = nothing()
    let runningTokens = 0
    for (const paragraph of paragraphs(document))
      runningTokens += this.#paragraph(text, paragraph, language === 'en', running)
    this.documents++
    this.sentences += running.sentences
    this.sentenceTokens += runningTokens
    if (solo > SOLO_SHARE * tokens) return
    add(this.spaced, running)
    if (language === 'en') add(this.english, running)
  }

  #terms(text: string, start: number, isProgram: boolean): { tokens: number; solo: number } {
    let solo = 0
    const tokens = forEachToken(text, start, text.length, (term, from, to) => {
      if (isProgram) for (const part of identifierParts(text.slice(from, to))) increase(this.parts, part)
      if (term.length < 3 && classOf(term.codePointAt(0)!) === SOLO) solo++
      increase(this.terms, term)
    })
    this.tokens += tokens
    return { tokens, solo }
  }

  /** Adds a paragraph to `running`; returns its tokens. A paragraph with a word in it has a sentence. */
  #paragraph(text: string, { start, end }: Span, isEnglish: boolean, running: RunningText): number {
    let before = -1
    let word = 0
    const closeWord = () => {
      if (word === 0) return
      running.words++
      running.letters += word
      if (word > 6) running.longWords++
      word = 0
    }
    const tokens = forEachToken(text, start, end, (term, from, to) => {
      if (before >= 0) {
        if (!isJoined(text, before, from)) closeWord()
        if (sentenceEndsIn(text, before, from)) running.sentences++
      }
      before = to
      word += lettersOf(term)
      if (isEnglish) running.syllables += this.#syllables(term)
    })
    closeWord()
    if (tokens > 0) running.sentences++
    return tokens
  }
}

function increase(counts: Map<string, number>, term: string): void {
  const known = counts.get(term)
  if (known !== undefined) counts.set(term, known + 1)
  else counts.set(Buffer.from(term).toString(), 1) // a copy: a slice would keep the whole text
}

function nothing(): RunningText {
  return { words: 0, sentences: 0, letters: 0, longWords: 0, syllables: 0 }
}

function add(sum: RunningText, more: RunningText): void {
  for (const key of Object.keys(sum) as (keyof RunningText)[]) sum[key] += more[key]
}

/** Letters and digits of a term; it may hold points and apostrophes besides. */
function lettersOf(term: string): number {
  let letters = 0
  for (let at = 0; at < term.length; at++) if (term[at] !== '.' && term[at] !== "'") letters++
  return letters
}

/** Whether no more than a hyphen, an apostrophe or a low line is between two tokens. */
function isJoined(text: string, start: number, end: number): boolean {
  return start === end || (end === start + 1 && "-'_\u2019\u2010\u2011".includes(text.charAt(start)))
}

/** Whether a sentence ends between two tokens. */
function sentenceEndsIn(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    if (at > start && endsWideSentence(text, at)) return true
    if (!isSpace(text.charCodeAt(at)) || at === start) continue
    let next = at
    while (next < end && isSpace(text.charCodeAt(next))) next++
    if (endsSentence(text, at, next)) return true
    at = next - 1
  }
  return start < end && endsWideSentence(text, end)
}
