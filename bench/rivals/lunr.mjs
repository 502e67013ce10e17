/** lunr with its defaults (English stems, its stop words). It stores no texts: they are kept beside it. */
import { readFileSync, writeFileSync } from 'node:fs'
import lunr from 'lunr'

export function build(passages) {
  const index = lunr(function () {
    this.ref('id')
    this.field('text')
    for (const passage of passages) this.add(passage)
  })
  return { index, passages }
}

export function save({ index, passages }, file) {
  writeFileSync(file, JSON.stringify(index))
  writeFileSync(textsOf(file), JSON.stringify(passages))
}

export function load(file) {
  const index = lunr.Index.load(JSON.parse(readFileSync(file, 'utf8')))
  return { index, passages: JSON.parse(readFileSync(textsOf(file), 'utf8')) }
}

export function search({ index, passages }, { form, words }, limit) {
  if (form !== 'any' && form !== 'prefix' && form !== 'not') return undefined
  const [first, second] = words
  const asked = { any: words.join(' '), prefix: `${first}*`, not: `${first} -${second}` }[form]
  const hits = index.search(asked)
  return { total: hits.length, hits: hits.slice(0, limit).map(({ ref }) => passages[ref]) }
}

const textsOf = file => `${file}.texts`
