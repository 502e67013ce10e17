import { expect, test } from 'vitest'
import { lexicalProfile } from '../../src/profile/profile.ts'
import { withIndex } from '../build/with-index.ts'

const sea = 'The whale swims in the sea. The whale sings.\n'
const files = {
  'sea.txt': `Fact Box\nTokens: 10\nTTR: 0.7\n\nOn whales\n\n${sea}\n${sea}`,
  'land/a.md': '# Land\n\nThe horse runs on the land. The horse neighs, and the sheep bleat.\n',
  'land/b.md': '# More\n\nThe cow stands in the field, and the cow is fat. It eats the grass.\n',
}

test('a document is told against the others, beside what it says of itself', async () => {
  await withIndex(files, async index => {
    const profile = await lexicalProfile(index, 'sea.txt')
    expect(profile).toMatchObject({
      title: 'On whales',
      documents: 1,
      languages: { en: 1 },
      tokens: 20,
      types: 8,
      typeTokenRatio: 0.4,
      sentences: 4,
      meanSentenceLength: 4.5,
      claims: { tokens: 10, typeTokenRatio: 0.7 },
    })
    expect(profile.commonest.slice(0, 2)).toEqual([
      { word: 'the', count: 6 },
      { word: 'whale', count: 4 },
    ])
    expect(profile.typical?.[0]).toMatchObject({ word: 'whale', count: 4, elsewhere: 0 })
    expect(profile.typical?.map(({ word }) => word)).not.toContain('the')
    expect((await lexicalProfile(index, 'sea.txt', { limit: 1 })).commonest).toHaveLength(1)
  })
})

test('a glob tells of some, and nothing of all: then there is no rest', async () => {
  await withIndex(files, async index => {
    const some = await lexicalProfile(index, 'land/')
    expect(some).toMatchObject({ of: 'land/', documents: 2, claims: null })
    expect(some).not.toHaveProperty('title')
    expect(some.typical?.map(({ word }) => word)).toEqual(
      ['and', 'cow', 'horse'].slice(0, some.typical?.length),
    )
    const all = await lexicalProfile(index, null)
    expect(all).toMatchObject({ documents: 3, tokens: index.manifest.totals.tokens, typical: null })
    expect(all.types).toBe((await index.stats()).terms)
    await expect(lexicalProfile(index, 'no*')).rejects.toMatchObject({ code: 'not-found' })
  })
})
