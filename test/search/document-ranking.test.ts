import { expect, test } from 'vitest'
import { withIndex } from '../build/with-index.ts'

const FILLER = 'Nothing of the kind is said here.'
const FILES = {
  'once.txt': `Once\n\n${FILLER}\n\nThe whale rose beside the ship.\n\n${FILLER}\n\n${FILLER} Nor here.`,
  'often.txt': `Often\n\n${FILLER}\n\nThe whale dived under the ship.\n\nA whale is no fish.\n\nThe whale was seen again.`,
}

test('of two documents with equal best passages, the one with more passages comes first', async () => {
  await withIndex(FILES, async index => {
    const { hits } = await index.search('whale ship', { group: 'document', explain: true })
    expect(hits.map(({ path, more }) => [path, more])).toEqual([
      ['often.txt', 2],
      ['once.txt', 0],
    ])
    const [often, once] = hits.map(({ refinement }) =>
      refinement!.find(({ part }) => part === 'further passages'),
    )
    expect(often!.score).toBeGreaterThan(0)
    expect(once).toBeUndefined()
    const plain = await index.search('whale ship', { group: 'document', rank: 'plain' })
    expect(plain.hits[0]!.score).toBeLessThan(hits[0]!.score)
  })
})
