/**
 * Readability by published formulas. Three give a school year of the United States, in which a text can be read; they
 * were made for English. LIX was made for Swedish and is used for many languages that are written with spaces.
 */
import type { RunningText } from './counts.ts'

/** Null where a formula does not apply: no words, another language. Three decimals. */
export interface Readability {
  fleschKincaid: number | null
  automatedReadability: number | null
  colemanLiau: number | null
  lix: number | null
}

/** `english` is the part of the text that is English, `spaced` the part that is written with spaces. */
export function readabilityOf(english: RunningText, spaced: RunningText): Readability {
  return {
    fleschKincaid: figure(english, fleschKincaid),
    automatedReadability: figure(english, automatedReadability),
    colemanLiau: figure(english, colemanLiau),
    lix: figure(spaced, lix),
  }
}

function figure(text: RunningText, formula: (text: RunningText) => number): number | null {
  return text.words === 0 ? null : Number(formula(text).toFixed(3))
}

/** Kincaid, Fishburne, Rogers and Chissom, "Derivation of New Readability Formulas", 1975. */
function fleschKincaid({ words, sentences, syllables }: RunningText): number {
  return 0.39 * (words / sentences) + 11.8 * (syllables / words) - 15.59
}

/** Smith and Senter, "Automated Readability Index", 1967. */
function automatedReadability({ words, sentences, letters }: RunningText): number {
  return 4.71 * (letters / words) + 0.5 * (words / sentences) - 21.43
}

/** Coleman and Liau, "A computer readability formula designed for machine scoring", 1975. */
function colemanLiau({ words, sentences, letters }: RunningText): number {
  return 0.0588 * ((100 * letters) / words) - 0.296 * ((100 * sentences) / words) - 15.8
}

/** Björnsson, "Läsbarhet", 1968: words in a sentence, and of a hundred words those of more than six letters. */
function lix({ words, sentences, longWords }: RunningText): number {
  return words / sentences + (100 * longWords) / words
}
