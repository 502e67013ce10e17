import { expect, test } from 'vitest'
import { epub } from '../../src/document/epub.ts'
import { extractedDocument } from '../../src/document/extracted.ts'
import { positionAt } from '../../src/document/marks.ts'
import { archive } from './archive.ts'

const chapter = (inner: string) =>
  `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>${inner}</body></html>`
const item = (id: string, href: string, more = 'media-type="application/xhtml+xml"') =>
  `<item id="${id}" href="${href}" ${more}/>`

function book(more: Record<string, string> = {}, items = '', spine = '') {
  return archive({
    mimetype: 'application/epub+zip',
    'META-INF/container.xml':
      '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
    'OEBPS/book.opf': `<package><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Whale</dc:title>
      <dc:creator>A. Writer</dc:creator><dc:creator>B. Writer</dc:creator><dc:language>en</dc:language></metadata>
      <manifest>${item('b', 'text/two%20b.xhtml')}${item('a', 'text/one.xhtml')}${item('a2', 'text/one.xhtml#x')}
      ${item('n', 'nav.xhtml', 'properties="nav" media-type="application/xhtml+xml"')}${items}</manifest>
      <spine><itemref idref="a"/><itemref idref="a2"/><itemref idref="b"/>${spine}</spine></package>`,
    'OEBPS/nav.xhtml': chapter('<nav><ol><li><a href="text/one.xhtml#top">Loomings</a></li></ol></nav>'),
    'OEBPS/text/one.xhtml': chapter('<h1>Chapter 1</h1><p>Call me Ishmael.</p><a id="x"/><p>More.</p>'),
    'OEBPS/text/two b.xhtml': chapter('<h1>The Carpet-Bag</h1><p>I stuffed a shirt.</p>'),
    ...more,
  })
}

const read = (bytes: Uint8Array) => extractedDocument('epub', epub.extract(bytes) as never)

test('chapters stand in the order of the spine, each with its title', () => {
  const document = read(book())
  expect(document.text).toBe(
    'Chapter 1\n\nCall me Ishmael.\n\nMore.\n\nThe Carpet-Bag\n\nI stuffed a shirt.\n',
  )
  expect([3, 7].map(line => positionAt(document.marks, line)?.chapter)).toEqual([
    'Loomings',
    'The Carpet-Bag',
  ])
  expect(document).toMatchObject({
    title: 'The Whale',
    metadata: { author: ['A. Writer', 'B. Writer'], language: 'en' },
  })
})

test('the contents of EPUB 2 name chapters too', () => {
  const ncx = `<ncx><navMap><navPoint><navLabel><text>One</text></navLabel><content src="text/one.xhtml"/></navPoint></navMap></ncx>`
  const bytes = book(
    { 'OEBPS/toc.ncx': ncx, 'OEBPS/nav.xhtml': '' },
    item('t', 'toc.ncx', 'media-type="application/x-dtbncx+xml"'),
  )
  expect(positionAt(read(bytes).marks, 1)?.chapter).toBe('One')
})

test('a chapter that is missing is a doubt, one under a lock a refusal', () => {
  expect(epub.extract(book({}, item('c', 'gone.xhtml'), '<itemref idref="c"/>'))).toMatchObject({
    doubt: '1 of 3 chapters cannot be read: OEBPS/gone.xhtml is not there',
  })
  const locked =
    '<encryption><EncryptedData><CipherData><CipherReference URI="OEBPS/text/one.xhtml"/></CipherData></EncryptedData></encryption>'
  expect(() => epub.extract(book({ 'META-INF/encryption.xml': locked }))).toThrow(
    expect.objectContaining({ reason: 'encrypted' }),
  )
  const font = locked.replace('text/one.xhtml', 'font.otf')
  expect(epub.extract(book({ 'META-INF/encryption.xml': font }))).toBeDefined()
  expect(epub.extract(archive({ 'a.txt': 'x' }))).toBeUndefined()
})
