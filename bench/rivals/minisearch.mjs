/** MiniSearch with its defaults, texts stored, kept as JSON as its README shows it. */
import { readFileSync, writeFileSync } from 'node:fs'
import MiniSearch from 'minisearch'

const OPTIONS = { fields: ['text'], storeFields: ['path', 'text'] }

export function build(passages) {
  const index = new MiniSearch(OPTIONS)
  index.addAll(passages)
  return index
}

export const save = (index, file) => writeFileSync(file, JSON.stringify(index))

export const load = file => MiniSearch.loadJSON(readFileSync(file, 'utf8'), OPTIONS)

/** How many passages match and the best of them; undefined for what it cannot be asked. */
export function search(index, { form, words }, limit) {
  if (form !== 'any' && form !== 'prefix') return undefined
  const hits = index.search(words.join(' '), { prefix: form === 'prefix' })
  return { total: hits.length, hits: hits.slice(0, limit).map(({ path, text }) => ({ path, text })) }
}
