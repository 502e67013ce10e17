/** A file to a document: what is read, and what is refused. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readFileDocument } from '../../src/document/read-file.ts'
import { world } from '../crawl/world.ts'

const bytes = (...values: number[]) => Uint8Array.from(values)

describe('readFileDocument', () => {
  const read = async (root: string, path: string, maxFileSize = 1000) => {
    const found = await readFileDocument({ path, absolute: join(root, path), size: 0 }, { maxFileSize })
    if ('reason' in found) return found
    return { text: found.document.text, bytes: found.bytes, hash: found.hash }
  }

  it('gives text, length and hash', async () => {
    const root = world({ 'a.md': '\uFEFFwhale' })
    const sha = createHash('sha256').update('\uFEFFwhale').digest('hex')
    expect(await read(root, 'a.md')).toEqual({ text: 'whale', bytes: 8, hash: sha.slice(0, 32) })
  })

  it('reads files of every length around its buffers whole', async () => {
    const root = world()
    for (const length of [0, 1, 8192, (1 << 18) - 1, 1 << 18, (1 << 18) + 1, 3 << 18]) {
      const text = 'wörd '.repeat(length / 6 + 1)
      writeFileSync(
        join(root, 'a.txt'),
        Buffer.from(text)
          .subarray(0, length)
          .toString('latin1')
          .replace(/[^ -~]/g, '~'),
      )
      expect(await read(root, 'a.txt', 1e6)).toMatchObject({ bytes: length })
    }
  })

  it('reads what is not of the format its name says by what it is', async () => {
    const compound = Buffer.from(`d0cf11e0a1b11ae1${'00'.repeat(600)}`, 'hex')
    const root = world({
      'page.pdf': '<!DOCTYPE html><title>Not found</title><p>Nothing here.',
      'rich.doc': '{\\rtf1 Rich text\\par}',
      'text.docx': 'plain words',
      'old.xls': compound,
      'picture.pdf': bytes(0x89, 0x50, 0x4e, 0x47, 0, 0),
    })
    expect(await read(root, 'page.pdf')).toMatchObject({ text: 'Nothing here.\n' })
    expect(await read(root, 'rich.doc', 5000)).toMatchObject({ text: 'Rich text\n' })
    expect(await read(root, 'text.docx')).toMatchObject({ text: 'plain words' })
    expect(await read(root, 'old.xls')).toMatchObject({
      reason: 'binary',
      detail: expect.stringMatching(/old kind; save it as \.docx/),
    })
    expect(await read(root, 'picture.pdf')).toMatchObject({
      reason: 'binary',
      detail: 'not what its name says; a NUL byte at offset 4',
    })
  })

  it('keeps nothing of a file when it reads the next', async () => {
    const root = world({ 'long.md': 'x'.repeat(500), 'short.md': 'y' })
    const first = await read(root, 'long.md')
    expect(await read(root, 'short.md')).toMatchObject({ text: 'y' })
    expect(first).toMatchObject({ text: 'x'.repeat(500) })
  })

  it('reports what is binary or not text under its path', async () => {
    const root = world({
      'a.bin': 'a\0b',
      'late.bin': `${'x'.repeat(9000)}\0`,
      'b.txt': bytes(0xe9, 1, 2, 3),
    })
    expect(await read(root, 'a.bin')).toEqual({
      path: 'a.bin',
      reason: 'binary',
      detail: 'a NUL byte at offset 1',
    })
    expect(await read(root, 'late.bin', 1e5)).toMatchObject({ path: 'late.bin', reason: 'binary' })
    expect(await read(root, 'b.txt')).toMatchObject({ path: 'b.txt', reason: 'not-text' })
  })

  it('reports what has changed since it was listed: gone, grown, no file any more', async () => {
    const root = world({ 'grown.md': 'x'.repeat(1001) })
    execFileSync('mkfifo', [join(root, 'fifo.md')])
    expect(await read(root, 'gone.md')).toMatchObject({ path: 'gone.md', reason: 'vanished' })
    expect(await read(root, 'grown.md')).toMatchObject({
      reason: 'too-large',
      detail: expect.stringContaining('1,001'),
    })
    expect(await read(root, 'fifo.md')).toMatchObject({ reason: 'special', detail: 'a FIFO' })
    expect(await read(root, '.')).toMatchObject({ reason: 'special' })
  })

  it.skipIf(process.getuid?.() === 0)('reports a file that may not be read', async () => {
    const root = world({ 'shut.md': '' })
    chmodSync(join(root, 'shut.md'), 0)
    expect(await read(root, 'shut.md')).toMatchObject({
      reason: 'unreadable',
      detail: 'EACCES: permission denied',
    })
  })

  it.skipIf(process.platform !== 'linux')(
    'reads what has no size, and reports what fails while being read',
    async () => {
      expect(await read('/proc/self', 'status', 1e6)).toMatchObject({ text: expect.stringContaining('Pid:') })
      expect(await read('/proc/self', 'mem')).toEqual({
        path: 'mem',
        reason: 'unreadable',
        detail: 'EIO: i/o error',
      })
    },
  )
})
