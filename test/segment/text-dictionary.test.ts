import { expect, test } from 'vitest'
import { trainDictionary } from '../../src/segment/text-dictionary.ts'
import { compressBlocks } from '../../src/segment/text-writer.ts'

/** Blocks of lines that many of them share, and of digits that none does. */
function blocksOf(count: number): Uint8Array[] {
  const shared = Array.from(
    { length: 300 },
    (_, line) => `line ${line * 7919} says what others say of ${line}\n`,
  )
  return Array.from({ length: count }, (_, block) => {
    let text = ''
    for (let line = 0; text.length < 4000; line++)
      text += `${shared[(block * 31 + line * 17) % 300]}${block * 1e9 + line * 7919}\n`
    return new TextEncoder().encode(text)
  })
}

test('too little text has no dictionary', () => {
  expect(trainDictionary([])).toBeUndefined()
  expect(trainDictionary(blocksOf(100))).toBeUndefined()
})

test('a dictionary is the same each time, and makes blocks smaller that it was not made of', () => {
  const blocks = blocksOf(400)
  const dictionary = trainDictionary(blocks.slice(0, 200))!
  expect(dictionary).toEqual(trainDictionary(blocks.slice(0, 200)))
  const size = (of?: Uint8Array) =>
    compressBlocks(blocks.slice(200), of).reduce((sum, { length }) => sum + length, 0)
  expect(size(dictionary)).toBeLessThan(0.8 * size())
})
