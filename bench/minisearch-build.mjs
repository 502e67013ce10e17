/**
 * A rival's build, a process by itself: `node minisearch-build.mjs CORPUS FILE` reads every file of the corpus, cuts it
 * at blank lines, has MiniSearch index the paragraphs with its defaults, texts stored as an answer with excerpts needs
 * them, and writes the index to FILE. Prints counts and sizes as JSON.
 */
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import MiniSearch from 'minisearch'
import { filesOf } from './corpus.mjs'

const [corpus, file] = process.argv.slice(2)
const paragraphs = []
let textBytes = 0
const files = filesOf(corpus)
for (const path of files) {
  const bytes = readFileSync(path)
  textBytes += bytes.length
  for (const text of bytes.toString('utf8').split(/\r?\n(?:[ \t]*\r?\n)+/)) {
    if (text.trim() !== '') paragraphs.push({ id: paragraphs.length, path: relative(corpus, path), text })
  }
}
const index = new MiniSearch({ fields: ['text'], storeFields: ['path', 'text'] })
index.addAll(paragraphs)
writeFileSync(file, JSON.stringify(index))
const figures = {
  documents: files.length,
  chunks: paragraphs.length,
  textBytes,
  indexBytes: statSync(file).size,
}
console.log(JSON.stringify(figures))
