import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decode, sniff } from '../../src/crawl/decode.ts'

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

  it('reads UTF-16 without a mark, and takes no numbers for it', () => {
    const wide = Buffer.from('Whales, Wale, киты: \u{1F433}\n', 'utf16le')
    expect(decode(wide)).toMatchObject({ text: 'Whales, Wale, киты: \u{1F433}\n', encoding: 'utf-16le' })
    expect(decode(Buffer.from(wide).swap16())).toMatchObject({ encoding: 'utf-16be' })
    expect(sniff(Buffer.from(wide))).toBeUndefined()
    for (const numbers of [
      [65, 0, 7, 0],
      [65, 0, 0, 0],
      [0, 65, 66, 0],
      [49, 0, 50, 0],
      [65, 0, 0, 0xd8],
    ])
      expect(decode(bytes(...numbers))).toMatchObject({ reason: 'binary' })
  })

  it.each([
    'Whales – and “ships” … • one • two',
    'Привет, как дела?\n',
    '第一章 鲸鱼\n\n一头鲸鱼在海里，不在岸上。\n',
    'ひらがなだけのぶんしょうです\n',
    'クジラは海に住む。\r\nOS 2 の行\r\n',
    '고래는 바다에 산다.\n',
    'Cá voi sống ở biển.\n',
    '├── src\n│   └── main.ts\n',
  ])('tells which UTF-16 it is without a mark: %j', text => {
    const wide = Buffer.from(text, 'utf16le')
    expect(decode(wide)).toEqual({ text, encoding: 'utf-16le' })
    expect(decode(Buffer.from(wide).swap16())).toEqual({ text, encoding: 'utf-16be' })
    expect(sniff(wide)).toBeUndefined()
  })

  it('takes no text with a NUL in it for UTF-16, wherever it stands', () => {
    const text = 'The blue whale is the largest animal.\nIt lives in the sea.\n'
    for (let at = 0; at <= text.length; at++) {
      const offset = Buffer.byteLength(text.slice(0, at))
      const detail = `a NUL byte at offset ${offset}`
      expect(decode(Buffer.from(`${text.slice(0, at)}\0${text.slice(at)}`))).toEqual({
        reason: 'binary',
        detail,
      })
    }
    for (const list of ['abc\0', 'src/a.ts\0src/bb.ts\0', 'PATH=/bin\0HOME=/\0', 'naïve\0café au lait\0'])
      expect(decode(Buffer.from(list))).toMatchObject({ reason: 'binary' })
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

it('what others are packed in is told by its name', () => {
  const detailOf = (bytes: Buffer) =>
    [sniff(bytes), decode(bytes)].map(each => each && 'detail' in each && each.detail)
  const tar = Buffer.alloc(512)
  tar.write('a.txt')
  tar.write('ustar', 257)
  expect(detailOf(tar)).toEqual(Array(2).fill('a tar archive; unpack it, or pack it as ZIP'))
  const seven = Buffer.from('7z\xbc\xaf\x27\x1c\0\x04', 'latin1')
  expect(detailOf(seven)).toEqual(Array(2).fill('a 7z archive; unpack it, or pack it as ZIP'))
  expect(detailOf(Buffer.from('BZ\0'))).toEqual(Array(2).fill('a NUL byte at offset 2'))
})
