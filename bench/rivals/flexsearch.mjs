/** FlexSearch's Document with its defaults, texts stored, exported part by part. A query wants all of its words. */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { Document } from 'flexsearch'

const OPTIONS = { document: { id: 'id', index: ['text'], store: ['path', 'text'] } }
/** Between the parts of an export: a byte that no JSON holds. */
const SEPARATOR = '\0'

export function build(passages) {
  const index = new Document(OPTIONS)
  for (const passage of passages) index.add(passage)
  return index
}

export async function save(index, file) {
  const descriptor = openSync(file, 'w')
  await index.export((key, data) => {
    if (data !== undefined) writeSync(descriptor, `${key}${SEPARATOR}${data}${SEPARATOR}`)
  })
  closeSync(descriptor)
}

export async function load(file) {
  const index = new Document(OPTIONS)
  const parts = readFileSync(file, 'utf8').split(SEPARATOR)
  for (let at = 0; at + 1 < parts.length; at += 2) index.import(parts[at], parts[at + 1])
  return index
}

export function search(index, { form, words }, limit) {
  if (form !== 'any') return undefined
  const [found] = index.search(words.join(' '), { limit, enrich: true })
  const hits = (found?.result ?? []).map(({ doc: { path, text } }) => ({ path, text }))
  return { total: hits.length, hits }
}
