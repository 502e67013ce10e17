/** Patterns over what the analyzer takes apart or folds find what a plain word would. */
import { expect, test } from 'vitest'
import type { Index } from '../../src/search/index.ts'
import { withIndex } from '../build/with-index.ts'

const files = {
  'a.md': "O'Neill lives here.\n\nDon’t go there, they don't like it.\n\nNeill O lives elsewhere.\n",
  'b.md': "L'été d'Artagnan.\n\nThe dog's tail.\n\nEine Straße, naïve and NAIVE.\n",
}

/** What is lit of the hits of a query, in the order of the index. */
async function lit(index: Index, query: string, options = {}): Promise<string[]> {
  const { hits } = await index.search(query, { sort: 'path', ...options })
  return hits.flatMap(({ excerpt, highlights }) =>
    highlights.map(([start, end]) => excerpt.slice(start, end)),
  )
}

test('a wildcard over a word that is taken apart at its apostrophe is its parts side by side', async () => {
  await withIndex(files, async index => {
    for (const query of ["o'neil*", 'O’NEIL*', "o'n?ill", "o'*ll", "o'neill~", "O'Nell~1"])
      expect([query, await lit(index, query)]).toEqual([query, ["O'Neill"]])
    expect(await lit(index, "d'art*")).toEqual(["d'Artagnan"])
    expect(await lit(index, "l'et*")).toEqual(["L'été"])
    expect(await lit(index, "*'neill")).toEqual(['Neill', 'Neill'])
    const { total, absent } = await index.search("o'x*")
    expect([total, absent]).toEqual([0, ["o'x*"]])
  })
})

test('what is one word with its apostrophe is looked for as one', async () => {
  await withIndex(files, async index => {
    expect(await lit(index, "don't*")).toEqual(['Don’t', "don't"])
    expect(await lit(index, "DON'*")).toEqual(['Don’t', "don't"])
    expect(await lit(index, "*'s")).toEqual(["dog's"])
  })
})

test('marks and capitals of a wildcard count only where words are to be as they are written', async () => {
  await withIndex(files, async index => {
    for (const query of ['naï*', 'nai*', 'NAÏ*']) expect(await lit(index, query)).toEqual(['naïve', 'NAIVE'])
    expect(await lit(index, 'strass*')).toEqual(['Straße'])
    expect(await lit(index, 'nai*', { exact: true })).toEqual(['NAIVE'])
    expect(await lit(index, 'strass*', { exact: true })).toEqual([])
    // A regular expression is over the words as they are written, but for capitals.
    expect(await lit(index, '/NAI.*/')).toEqual(['NAIVE'])
  })
})
