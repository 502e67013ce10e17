import { expect, test } from 'vitest'
import {
  type BytesExtractor,
  buildIndex,
  openIndex,
  Refusal,
  TextBuilder,
  type TextExtractor,
} from '../../src/index.ts'
import { world } from '../world.ts'

const chat: TextExtractor = {
  format: 'chat',
  extensions: ['.chat'],
  takes: 'text',
  extract(text) {
    const out = new TextBuilder()
    for (const line of text.split('\n')) {
      const [, time, said] = /^\[(\d+)\] (.*)$/.exec(line) ?? []
      if (time === undefined) continue
      out.mark('time', Number(time))
      out.paragraph(said!)
    }
    if (out.length === 0) throw new Refusal('no-text', 'nobody says anything')
    return out.finish({ title: 'Chat', metadata: { kind: 'chat' } })
  },
}

const backwards: BytesExtractor = {
  format: 'backwards',
  extensions: ['.pdf'],
  takes: 'bytes',
  extract: async bytes => {
    const out = new TextBuilder()
    out.paragraph(String.fromCharCode(...[...bytes].reverse()))
    return out.finish({ title: '' })
  },
}

test('a format of the caller is read, comes before ours, and is used for changed files', async () => {
  const here = world({
    'docs/a.chat': '[7] Where is the whale?\nnoise\n[9] In the sea.\n',
    'docs/b.chat': 'nothing',
    'docs/c.pdf': 'elahw',
    'docs/d.md': 'Another file, which stays.',
  })
  const formats = [chat, backwards]
  const index = here.path('index')
  const report = await buildIndex({ paths: ['docs'], index, cwd: here.folder, formats })
  expect(report.leftOut).toEqual([{ path: 'b.chat', reason: 'no-text', detail: 'nobody says anything' }])
  const opened = await openIndex(index, { formats })
  const found = async () =>
    (await opened.search('whale', { sort: 'path' })).hits.map(({ path, position, state }) => ({
      path,
      position,
      state,
    }))
  expect(await found()).toEqual([
    { path: 'a.chat', position: { time: 7 }, state: 'current' },
    { path: 'c.pdf', position: undefined, state: 'current' },
  ])
  here.write({ 'docs/a.chat': '[1] Hello\n[20] Where is the whale?\n', 'docs/c.pdf': 'elahw eulb' })
  expect(await found()).toEqual([
    { path: 'a.chat', position: { time: 20 }, state: 'changed' },
    { path: 'c.pdf', position: undefined, state: 'changed' },
  ])
  await opened.close()
})
