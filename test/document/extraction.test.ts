/** Files are taken apart in the built thread: these tests see what a broken or malicious one can do to it. */
import { expect, test } from 'vitest'
import { extractApart } from '../../src/document/extraction.ts'

const page = (text: string) => ({ format: 'html', input: `<title>T</title><p>${text}` })

test('a file is taken apart, one after another and at the same time', async () => {
  expect(await extractApart(page('one'))).toMatchObject({ text: 'one\n', title: 'T' })
  const both = await Promise.all([extractApart(page('two')), extractApart(page('three'))])
  expect(both.map(each => each?.text)).toEqual(['two\n', 'three\n'])
  expect(await extractApart({ format: 'html', input: 'plain' })).toBeUndefined()
})

test('one that takes too long is ended, and the next is read', async () => {
  // Each closing tag is looked for in all that is open.
  const slow = { format: 'html', input: `${'<div>'.repeat(60_000)}${'</b>'.repeat(60_000)}` }
  await expect(extractApart(slow, { time: 100, memory: 1 << 30 })).rejects.toMatchObject({
    reason: 'over-limit',
    message: expect.stringMatching(/^taking out its text took more than \d+ s; save it anew/),
  })
  expect(await extractApart(page('next'))).toMatchObject({ text: 'next\n' })
})

test('so is one that takes too much memory', async () => {
  const large = { format: 'html', input: '<p>x'.repeat(3_000_000) }
  await expect(extractApart(large, { time: 60_000, memory: 20 << 20 })).rejects.toMatchObject({
    reason: 'over-limit',
    message: expect.stringContaining('took more than 20 MB of memory'),
  })
  expect(await extractApart(page('next'))).toMatchObject({ text: 'next\n' })
})

test('what a parser throws is said', async () => {
  await expect(extractApart({ format: 'none', input: '' })).rejects.toMatchObject({ reason: 'damaged' })
})
