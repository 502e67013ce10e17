/** Orama with its defaults, kept as the JSON of what it saves. */
import { readFileSync, writeFileSync } from 'node:fs'
import * as orama from '@orama/orama'

const create = () => orama.create({ schema: { text: 'string' } })

export async function build(passages) {
  const index = create()
  await orama.insertMultiple(
    index,
    passages.map(({ path, text }) => ({ path, text })),
    2000,
  )
  return index
}

export const save = (index, file) => writeFileSync(file, JSON.stringify(orama.save(index)))

export function load(file) {
  const index = create()
  orama.load(index, JSON.parse(readFileSync(file, 'utf8')))
  return index
}

export async function search(index, { form, words }, limit) {
  if (form !== 'any') return undefined
  const { count, hits } = await orama.search(index, { term: words.join(' '), limit })
  return { total: count, hits: hits.map(({ document: { path, text } }) => ({ path, text })) }
}
