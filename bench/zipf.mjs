/**
 * A made corpus of any size, the same for the same size wherever it is made: words as frequent as in real text (Zipf and
 * Mandelbrot: the r-th most common word comes about 1/(r + 2.7) as often), a vocabulary that goes on growing, sentences,
 * paragraphs, headings, and files of about 7 kB, in folders of 256.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { seeded } from './random.mjs'

const SEED = 20
/** Words that have a rank; beyond them one word in two hundred was never seen before. */
const RANKS = 60_000
const FRESH = 0.005
const FILE_BYTES = 7200
const SYLLABLES =
  'ba ke li mo nu ra se ti vo wa den gor hal jis kun lem mar nop pel quor sin tal ver xan zim'.split(' ')

/** Writes about so many bytes of documents under a folder; gives the number of files. */
export function writeZipfCorpus(folder, bytes) {
  const random = seeded(SEED)
  const draw = ranks(random)
  let files = 0
  for (let written = 0; written < bytes; files++) {
    const text = article(draw, random)
    const path = join(
      folder,
      String(files >> 8).padStart(4, '0'),
      `${String(files & 255).padStart(3, '0')}.txt`,
    )
    if ((files & 255) === 0) mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    written += text.length
  }
  return files
}

/** Draws words by their rank's frequency: a place in the sums of all frequencies, found by halving. */
function ranks(random) {
  const sums = new Float64Array(RANKS)
  let sum = 0
  for (let rank = 0; rank < RANKS; rank++) {
    sum += 1 / (rank + 2.7)
    sums[rank] = sum
  }
  const words = Array.from({ length: RANKS }, (_, rank) => wordOfRank(rank))
  let fresh = RANKS
  return () => {
    if (random.unit() < FRESH) return wordOfRank(fresh++)
    const wanted = random.unit() * sum
    let [low, high] = [0, RANKS - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (sums[middle] < wanted) low = middle + 1
      else high = middle
    }
    return words[low]
  }
}

/** The word of a rank, counted from 0: another for each; the smaller, the shorter. */
export function wordOfRank(number) {
  let word = ''
  for (let rest = number + 1; rest > 0; rest = Math.floor(rest / SYLLABLES.length)) {
    word += SYLLABLES[rest % SYLLABLES.length]
  }
  return word
}

function article(draw, random) {
  let text = `${title(draw, random)}\n\n`
  const wanted = FILE_BYTES * (0.5 + random.unit())
  while (text.length < wanted) {
    if (random.below(8) === 0) text += `${title(draw, random)}\n\n`
    let line = ''
    for (let sentences = 1 + random.below(4); sentences > 0; sentences--) {
      const words = Array.from({ length: 5 + random.below(16) }, draw)
      line += `${line && ' '}${capital(words.join(' '))}.`
    }
    text += `${line.replace(/(.{60,75}) /g, '$1\n')}\n\n`
  }
  return text
}

const title = (draw, random) => capital(Array.from({ length: 2 + random.below(4) }, draw).join(' '))

const capital = text => text[0].toUpperCase() + text.slice(1)
