import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decode, readText } from '../../src/crawl/decode.ts'
import { world } from './world.ts'

const bytes = (...values: number[]) => Uint8Array.from(values)

describe('decode', () => {
  it('gives back any text, with and without a byte-order mark', () => {
    const text = fc.string({ unit: 'grapheme' }).filter(text => !/[\0\uFEFF]/.test(text))
    fc.assert(
      fc.property(text, text => {
        const wide = Buffer.from(`\uFEFF${text}`, 'utf16le')
        expect(decode(Buffer.from(text))).toEqual({ text, encoding: 'utf-8' })
        expect(decode(Buffer.from(`\uFEFF${text}`))).toEqual({ text, encoding: 'utf-8' })
        expect(decode(wide)).toEqual({ text, encoding: 'utf-16le' })
        expect(decode(Buffer.from(wide).swap16())).toEqual({ text, encoding: 'utf-16be' })
      }),
    )
  })

  it('takes off one byte-order mark and keeps line ends', () => {
    expect(decode(Buffer.from('\uFEFF\uFEFFa\r\nb\rc'))).toMatchObject({ text: '\uFEFFa\r\nb\rc' })
    expect(decode(bytes(0xff, 0xfe, 0xff, 0xfe))).toMatchObject({ text: '\uFEFF' })
    expect(decode(bytes())).toEqual({ text: '', encoding: 'utf-8' })
  })

  it('calls bytes with a NUL binary, wherever it stands', () => {
    expect(decode(Buffer.from('ab\0'))).toEqual({ reason: 'binary', detail: 'a NUL byte at offset 2' })
    expect(decode(Buffer.from(`${'x'.repeat(20000)}\0`))).toMatchObject({ reason: 'binary' })
    expect(decode(Buffer.from('\uFEFFa\0', 'utf16le'))).toMatchObject({
      reason: 'binary',
      detail: 'a NUL byte at offset 4',
    })
  })

  it('names the first byte that is not UTF-8', () => {
    expect(decode(Buffer.from('caf\xe9 au lait', 'latin1'))).toEqual({
      reason: 'not-text',
      detail: 'not UTF-8: byte 0xE9 at offset 3',
    })
    expect(decode(bytes(0xef, 0xbb, 0xbf, 0xc3))).toMatchObject({
      detail: 'not UTF-8: byte 0xC3 at offset 3',
    })
    // A surrogate by itself, and a slash written with more bytes than it needs.
    expect(decode(bytes(0x61, 0xed, 0xa0, 0x80))).toMatchObject({ reason: 'not-text' })
    expect(decode(bytes(0xc0, 0xaf))).toMatchObject({ detail: expect.stringContaining('offset 0') })
  })

  it('finds that byte after any text, U+FFFD in it included', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '\uFFFD', '\u{1F600}') })
    fc.assert(
      fc.property(text, fc.constantFrom(0x80, 0xc1, 0xff), text, (before, bad, after) => {
        const start = Buffer.from(before)
        const result = decode(Buffer.concat([start, bytes(bad), Buffer.from(after)]))
        expect(result).toMatchObject({
          reason: 'not-text',
          detail: expect.stringMatching(`offset ${start.length}$`),
        })
      }),
    )
  })

  it('makes UTF-16 well-formed: lone surrogates and an odd byte become U+FFFD', () => {
    expect(decode(bytes(0xff, 0xfe, 0x00, 0xd8, 0x61, 0x00))).toMatchObject({ text: '\uFFFDa' })
    expect(decode(bytes(0xfe, 0xff, 0x00, 0x61, 0xdc, 0x00))).toMatchObject({ text: 'a\uFFFD' })
    expect(decode(bytes(0xfe, 0xff, 0x00, 0x61, 0x62))).toMatchObject({ text: 'a\uFFFD' })
  })
})

describe('readText', () => {
  const read = (root: string, path: string, limit = 1000) =>
    readText({ path, absolute: join(root, path), size: 0 }, limit)

  it('gives text, length and hash', () => {
    const root = world({ 'a.md': '\uFEFFwhale' })
    const sha = createHash('sha256').update('\uFEFFwhale').digest('hex')
    expect(read(root, 'a.md')).toEqual({ text: 'whale', bytes: 8, hash: sha.slice(0, 32), encoding: 'utf-8' })
  })

  it('reads files of every length around its buffers whole', () => {
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
      expect(read(root, 'a.txt', 1e6)).toMatchObject({ bytes: length })
    }
  })

  it('keeps nothing of a file when it reads the next', () => {
    const root = world({ 'long.md': 'x'.repeat(500), 'short.md': 'y' })
    const first = read(root, 'long.md')
    expect(read(root, 'short.md')).toMatchObject({ text: 'y' })
    expect(first).toMatchObject({ text: 'x'.repeat(500) })
  })

  it('reports what is binary or not text under its path', () => {
    const root = world({ 'a.bin': 'a\0b', 'late.bin': `${'x'.repeat(9000)}\0`, 'b.txt': bytes(0xe9) })
    expect(read(root, 'a.bin')).toEqual({ path: 'a.bin', reason: 'binary', detail: 'a NUL byte at offset 1' })
    expect(read(root, 'late.bin', 1e5)).toMatchObject({ path: 'late.bin', reason: 'binary' })
    expect(read(root, 'b.txt')).toMatchObject({ path: 'b.txt', reason: 'not-text' })
  })

  it('reports what has changed since it was listed: gone, grown, no file any more', () => {
    const root = world({ 'grown.md': 'x'.repeat(1001) })
    execFileSync('mkfifo', [join(root, 'fifo.md')])
    expect(read(root, 'gone.md')).toMatchObject({ path: 'gone.md', reason: 'vanished' })
    expect(read(root, 'grown.md')).toMatchObject({
      reason: 'too-large',
      detail: expect.stringContaining('1,001'),
    })
    expect(read(root, 'fifo.md')).toMatchObject({ reason: 'special', detail: 'a FIFO' })
    expect(read(root, '.')).toMatchObject({ reason: 'special' })
  })

  it.skipIf(process.getuid?.() === 0)('reports a file that may not be read', () => {
    const root = world({ 'shut.md': '' })
    chmodSync(join(root, 'shut.md'), 0)
    expect(read(root, 'shut.md')).toMatchObject({ reason: 'unreadable', detail: 'EACCES: permission denied' })
  })

  it.skipIf(process.platform !== 'linux')(
    'reads what has no size, and reports what fails while being read',
    () => {
      expect(read('/proc/self', 'status', 1e6)).toMatchObject({ text: expect.stringContaining('Pid:') })
      expect(read('/proc/self', 'mem')).toEqual({
        path: 'mem',
        reason: 'unreadable',
        detail: 'EIO: i/o error',
      })
    },
  )
})
