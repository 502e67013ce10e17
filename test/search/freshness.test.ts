/** Hits are those of the files as they are now. */
import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { FreshnessCheck } from '../../src/search/freshness.ts'
import { openIndex } from '../../src/search/open.ts'
import { withIndex } from '../build/with-index.ts'

const paragraph = (number: number) => `Paragraph ${number} tells of the whale and of nothing else at all.`
const long = [1, 2, 3, 4].map(paragraph).join('\n\n')
const files = { 'a.md': `# A tale\n\n${long}\n`, 'b.txt': 'A harbour town lies here by the sea.\n' }

test('a passage of a changed file is found at its new line, and one that is gone is dropped', async () => {
  await withIndex(files, async (index, folder) => {
    const now = [1, 2, 4].map(paragraph).join('\n\n')
    writeFileSync(join(folder, 'docs/a.md'), `# A tale\n\nSomething new stands before it all.\n\n${now}\n`)
    const { hits, dropped, total } = await index.search('whale')
    expect(hits.map(({ line, state }) => [line, state]).sort()).toEqual([
      [5, 'changed'],
      [7, 'changed'],
      [9, 'changed'],
    ])
    expect([total, dropped]).toEqual([4, 1])
  })
})

test('a file that is gone takes its hits with it', async () => {
  await withIndex(files, async (index, folder) => {
    rmSync(join(folder, 'docs/b.txt'))
    expect(await index.search('harbour')).toMatchObject({
      hits: [],
      dropped: 1,
      freshness: 'tree',
      stale: { new: 0, changed: 0, gone: 1 },
    })
  })
})

test('where every file was edited, those that still hold a passage show that they are the ones', async () => {
  await withIndex({ 'a.md': files['a.md'] }, async (index, folder) => {
    writeFileSync(join(folder, 'docs/a.md'), `# A tale\n\nNew words are standing here.\n\n${long}\n`)
    const { hits } = await index.search('whale')
    expect(hits.map(({ state }) => state)).toEqual(Array(4).fill('changed'))
    expect(hits.map(({ line }) => line).sort((a, b) => a - b)).toEqual([5, 7, 9, 11])
  })
})

test('without any of its files the index answers, detached', async () => {
  await withIndex(files, async (index, folder) => {
    rmSync(join(folder, 'docs'), { recursive: true })
    const { hits, freshness } = await index.search('whale')
    expect(hits.map(({ state }) => state)).toEqual(Array(4).fill('detached'))
    expect(freshness).toBe('none')
  })
})

test('columns count from the start of the line, also where a paragraph was cut inside one', async () => {
  const lines = Array.from(
    { length: 120 },
    (_, number) => `Line ${number} says a thing. Then x${number} follows and so on`,
  )
  await withIndex({ 'a.txt': `Title of it\n\n${lines.join('\n')}\n` }, async index => {
    for (const [number, line] of lines.entries()) {
      const [hit] = (await index.search(`x${number}`, { exact: true })).hits
      expect([hit!.line, hit!.column]).toEqual([number + 3, line.indexOf(`x${number}`) + 1])
    }
  })
})

test('a citation holds while its passage does, and lines that are none are refused', async () => {
  await withIndex(files, async index => {
    const { citation } = (await index.search('harbour')).hits[0]!
    expect((await index.show(citation)).text).toContain('harbour town')
    await expect(index.show(`${citation.split('@')[0]}@00000000`)).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(index.show('b.txt:5-2')).rejects.toMatchObject({ code: 'not-found' })
    await expect(index.show('b.txt:9')).rejects.toThrow(/has 1 line, there is no line 9/)
  })
})

test('before little or nothing is shown, the whole tree is looked at', async () => {
  await withIndex(files, async (index, folder) => {
    expect(await index.search('harbour')).toMatchObject({ freshness: 'tree', stale: null })
    expect(await index.search('harbour', { limit: 1 })).toMatchObject({ freshness: 'hits', stale: null })
    writeFileSync(join(folder, 'docs/new.txt'), 'A lighthouse.\n')
    writeFileSync(join(folder, 'docs/new.bin'), Buffer.of(0, 1, 2))
    const again = await openIndex('index', { cwd: folder })
    expect(await again.search('lighthouse')).toMatchObject({
      hits: [],
      freshness: 'tree',
      stale: { new: 1, changed: 0, gone: 0 },
    })
    expect(await again.search('lighthouse', { freshness: 'hits' })).toMatchObject({ stale: null })
    expect(await again.staleness()).toEqual({ new: 1, changed: 0, gone: 0 })
    await again.close()
  })
})

test('an index whose files were all edited is known by its folders, a copy of it is not', async () => {
  await withIndex(files, async (_, folder) => {
    for (const name of Object.keys(files)) writeFileSync(join(folder, 'docs', name), 'Nothing of old.\n')
    const here = await openIndex('index', { cwd: folder })
    const changed = Object.keys(files).length
    expect(await here.search('nowhere')).toMatchObject({ stale: { new: 0, changed, gone: 0 } })
    await here.close()
    for (const name of ['docs', 'index'])
      cpSync(join(folder, name), join(folder, 'copy', name), { recursive: true })
    const copy = await openIndex('copy/index', { cwd: folder })
    expect(await copy.search('nowhere')).toMatchObject({ stale: null, freshness: 'none' })
    await copy.close()
  })
})

test('the documents of a query are those whose files have it still, and a number alone says how old it is', async () => {
  const three = { ...files, 'c.txt': 'A whale lies on the shore.\n', 'd.txt': 'Another whale is at sea.\n' }
  await withIndex(three, async (index, folder) => {
    rmSync(join(folder, 'docs/d.txt'))
    writeFileSync(join(folder, 'docs/c.txt'), 'A snail lies on the shore, all by itself.\n')
    writeFileSync(join(folder, 'docs/a.md'), `A harbour.\n\n${paragraph(9)}\n`)
    const all = [{ path: 'a.md', state: 'changed', hits: 4 }]
    expect(await index.matchedDocuments('whale')).toEqual(all)
    for (const most of [1, 2, 9]) expect(await index.matchedDocuments('whale', {}, most)).toEqual(all)
    expect(await index.search('whale', { limit: 0 })).toMatchObject({
      total: 6,
      freshness: 'tree',
      stale: { new: 0, changed: 2, gone: 1 },
    })
    expect(await index.search('whale', { limit: 0, freshness: 'hits' })).toMatchObject({ stale: null })
  })
})

test('a large file of which every passage is another now is taken apart once', async () => {
  const many = (what: string) =>
    Array.from({ length: 1500 }, (_, number) => `Passage ${number} tells of a ${what} of its own.`).join(
      '\n\n',
    )
  await withIndex({ ...files, 'big.txt': many('walrus') }, async (index, folder) => {
    writeFileSync(join(folder, 'docs/big.txt'), many('seal'))
    const read = vi.spyOn(FreshnessCheck.prototype, 'documentOf')
    onTestFinished(() => read.mockRestore())
    expect(await index.search('walrus')).toMatchObject({ hits: [], dropped: 1000 })
    expect(await index.matchedDocuments('walrus')).toEqual([])
    expect(read.mock.calls.length).toBeLessThanOrEqual(4)
  })
})

test('a passage in a line of megabytes is found again before anyone tires of waiting', async () => {
  const line = Array.from({ length: 500_000 }, (_, number) => (number % 9e5).toString(36)).join(' ')
  await withIndex({ 'a.txt': `${line} whale ${line}\n` }, async (index, folder) => {
    writeFileSync(join(folder, 'docs/a.txt'), `${line} whale ${line} and more\n`)
    const { hits } = await index.search('whale')
    expect(hits).toMatchObject([{ line: 1, column: line.length + 2, state: 'changed' }])
  })
}, 20_000)
