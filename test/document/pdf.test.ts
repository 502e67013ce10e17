import { expect, test } from 'vitest'
import { extractedDocument } from '../../src/document/extracted.ts'
import { extractApart } from '../../src/document/extraction.ts'
import { positionAt } from '../../src/document/marks.ts'
import { pdf } from '../../src/document/pdf.ts'
import { type Line, pdfFile } from './pdf-file.ts'

/** Lines of one paragraph, from a height downwards. */
function lines(y: number, ...texts: string[]): Line[] {
  return texts.map((text, n): Line => [text, 10, 72, y - 12 * n])
}

/** As the reader of files has it: bytes of its own. */
const read = async (file: Buffer) => pdf.extract(new Uint8Array(file))

test('pages, headings by their size, paragraphs by their gaps, also over the end of a page', async () => {
  const file = pdfFile(
    [
      [
        ['Whales', 20, 72, 700],
        ...lines(660, 'The whale is a mam-', 'mal of the sea. It is read-', 'only.'),
        ...lines(600, 'A read-only tale goes', 'on over'),
      ],
      lines(700, 'the end of the page.'),
    ],
    {
      info: "/Title (All about whales) /Author (A. Writer) /Keywords (sea, whale) /CreationDate (D:20240501120000+02'00')",
    },
  )
  const document = extractedDocument('pdf', (await read(file))!)
  expect(document.text).toBe(
    'Whales\n\nThe whale is a mammal\nof the sea. It is read-only.\n\nA read-only tale goes\non over\nthe end of the page.\n',
  )
  expect(document.title).toBe('All about whales')
  expect(document.headings).toMatchObject([{ level: 1, text: 'Whales' }])
  expect([1, 7, 8].map(line => positionAt(document.marks, line))).toEqual([
    { page: 1 },
    { page: 1 },
    { page: 2 },
  ])
  expect(document.metadata).toMatchObject({
    author: 'A. Writer',
    keywords: ['sea', 'whale'],
    created: '2024-05-01T12:00:00+02:00',
    pages: 2,
  })
})

test('the outline names headings; running heads and page numbers are dropped', async () => {
  const pages = ['One', 'Two', 'Three', 'Four'].map((name, n): Line[] => [
    ['The Book of Whales', 8, 72, 780],
    [`${n + 1}. ${name}`, 10, 72, 700],
    ...lines(660, `Text of part ${name.toLowerCase()}.`),
    [`${n + 5} ${name}`, 8, 72, 30],
  ])
  const outline = pages.map(([, line], n) => [line![0].replace(/^\d\. /, ''), n + 1] as const)
  const document = extractedDocument('pdf', (await read(pdfFile(pages, { outline })))!)
  expect(document.headings.map(({ text }) => text)).toEqual(['1. One', '2. Two', '3. Three', '4. Four'])
  expect(document.text).not.toMatch(/Book|^\d \w+$/m)
})

test('what cannot be read is refused with its reason', async () => {
  const whole = pdfFile([lines(700, 'Words on a page, and some more of them.'), lines(700, 'Second page')])
  expect(await pdf.extract(new TextEncoder().encode('<html>no'))).toBeUndefined()
  await expect(read(pdfFile(['', '']))).rejects.toMatchObject({
    reason: 'no-text',
    message: expect.stringContaining('2 pages have no text: scanned?'),
  })
  const encrypt = `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${'41'.repeat(32)}> /U <${'42'.repeat(32)}> >> /ID [<41> <41>]`
  await expect(read(pdfFile([lines(700, 'a')], { trailer: encrypt }))).rejects.toMatchObject({
    reason: 'encrypted',
  })
  await expect(read(whole.subarray(0, 60))).rejects.toMatchObject({ reason: 'damaged' })
  expect(await read(whole.subarray(0, -15))).toMatchObject({
    text: expect.stringContaining('Words on a page'),
    doubt: 'its end is missing',
  })
  const half = pdfFile([lines(700, 'Words'), ''])
  expect(await read(half)).toMatchObject({ doubt: '1 of 2 pages have no text: scanned?' })
})

test('East Asian text is read where only the name of its character map tells the letters', async () => {
  const font =
    '<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /90ms-RKSJ-H /DescendantFonts [101 0 R] >>'
  const descendant =
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> /DW 1000 /FontDescriptor 102 0 R >>'
  const descriptor =
    '<< /Type /FontDescriptor /FontName /A /Flags 4 /FontBBox [0 0 9 9] /ItalicAngle 0 /Ascent 8 /Descent -2 /CapHeight 7 /StemV 8 >>'
  const file = pdfFile(['BT /F2 20 Tf 50 700 Td <8C7E93FA> Tj ET'], {
    objects: [font, descendant, descriptor],
  })
  const own = file.toString('latin1').replace('/F1 3 0 R', '/F2 100 0 R')
  expect(await read(Buffer.from(own, 'latin1'))).toMatchObject({ text: '鯨日\n' })
})

test('a file that would keep its parser busy for ever is given up', async () => {
  // Each form draws the next one twenty times: 20^8 times in all.
  const form = (content: string, next: number) =>
    `<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X ${next} 0 R >> >> /Length ${content.length} >>\nstream\n${content}\nendstream`
  const objects = Array.from({ length: 8 }, (_, n) => form('/X Do '.repeat(20), 101 + n))
  objects.push(form('BT /F1 9 Tf (x) Tj ET', 100).replace('/XObject <<', '/Font << /F1 3 0 R >> /No <<'))
  const input = new Uint8Array(pdfFile(['/X Do'], { objects, resources: '/XObject << /X 100 0 R >>' }))
  await expect(extractApart({ format: 'pdf', input }, { time: 500, memory: 1 << 30 })).rejects.toMatchObject({
    reason: 'over-limit',
  })
})
