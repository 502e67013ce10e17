/** A corpus as the rivals take it: every file cut at blank lines. */
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { filesOf } from './corpus.mjs'

/** The passages of a folder, `{ id, path, text }`, numbered from 0. */
export function passagesOf(corpus) {
  const passages = []
  for (const file of filesOf(corpus)) {
    const path = relative(corpus, file)
    for (const text of readFileSync(file, 'utf8').split(/\r?\n(?:[ \t]*\r?\n)+/)) {
      if (text.trim() !== '') passages.push({ id: passages.length, path, text })
    }
  }
  return passages
}
