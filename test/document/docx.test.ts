import { expect, test } from 'vitest'
import { docx } from '../../src/document/docx.ts'
import { extractedDocument } from '../../src/document/extracted.ts'
import { positionAt } from '../../src/document/marks.ts'
import { archive, relationships } from './archive.ts'

const STYLES = `<w:styles><w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
  <w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
  <w:style w:type="paragraph" w:styleId="Own"><w:basedOn w:val="berschrift1"/></w:style>
  <w:style w:type="paragraph" w:styleId="Lvl"><w:name w:val="x"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style></w:styles>`

function word(body: string, more: Record<string, string> = {}) {
  return archive({
    '_rels/.rels': relationships(['officeDocument', '/word/document.xml']),
    'word/_rels/document.xml.rels': relationships(['styles', 'styles.xml'], ['footnotes', 'footnotes.xml']),
    'word/document.xml': `<?xml version="1.0"?><w:document><w:body>${body}</w:body></w:document>`,
    'word/styles.xml': STYLES,
    ...more,
  })
}

const paragraph = (text: string, style = '') =>
  `<w:p><w:pPr>${style && `<w:pStyle w:val="${style}"/>`}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`
const read = (bytes: Uint8Array) => extractedDocument('docx', docx.extract(bytes) as never)

test('paragraphs, headings by their styles, lists, tables, notes', () => {
  const item = (text: string) =>
    paragraph(text).replace('</w:pPr>', '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
  const cell = (text: string) => `<w:tc>${paragraph(text)}</w:tc>`
  const document = read(
    word(
      `${paragraph('The Whale', 'T')}${paragraph('One', 'berschrift1')}
       <w:p><w:r><w:t>A wh</w:t></w:r><w:r><w:t>ale &amp; a</w:t><w:tab/><w:t>calf</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>
       ${paragraph('Two', 'Own')}${paragraph('Three', 'Lvl')}${item('first')}${item('second')}
       <w:tbl><w:tr>${cell('Name')}${cell('Size')}</w:tr><w:tr>${cell('Blue whale')}${cell('30 m')}</w:tr></w:tbl>`,
      {
        'word/footnotes.xml': `<w:footnotes><w:footnote>${paragraph('A note.')}</w:footnote></w:footnotes>`,
        'docProps/core.xml': `<cp:coreProperties><dc:creator>A. Writer</dc:creator><cp:keywords>sea; whale</cp:keywords><dcterms:created>2024-05-01T10:00:00Z</dcterms:created></cp:coreProperties>`,
        'docProps/app.xml': '<Properties><Pages>3</Pages></Properties>',
      },
    ),
  )
  expect(document.text).toBe(
    'The Whale\n\nOne\n\nA whale & a\tcalf\n\nTwo\n\nThree\n\nfirst\nsecond\n\nName | Size\nBlue whale | 30 m\n\nA note.\n',
  )
  expect(document.title).toBe('The Whale')
  expect(document.headings.map(({ level, text }) => `${level} ${text}`)).toEqual([
    '1 One',
    '1 Two',
    '2 Three',
  ])
  expect(document.metadata).toEqual({
    author: 'A. Writer',
    keywords: ['sea', 'whale'],
    created: '2024-05-01T10:00:00Z',
    pages: 3,
  })
})

test('pages are those that Word has noted', () => {
  const turn = '<w:r><w:lastRenderedPageBreak/><w:t>Two</w:t></w:r>'
  const document = read(
    word(
      `${paragraph('One')}<w:p>${turn}</w:p><w:p><w:r><w:t>Two </w:t></w:r>${turn}</w:p>${paragraph('Three')}`,
    ),
  )
  expect([1, 3, 5, 7].map(line => positionAt(document.marks, line)?.page)).toEqual([1, 2, 2, 3])
  expect(read(word(paragraph('One'))).marks).toEqual([])
})

test('what is no Word file, encrypted or broken is told apart', () => {
  const compound = (text: string) =>
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from(text, 'utf16le')])
  const whole = word(paragraph('text '.repeat(500)))
  expect(docx.extract(Buffer.from('plain text'))).toBeUndefined()
  expect(docx.extract(archive({ 'a.txt': 'x' }))).toBeUndefined()
  expect(() => docx.extract(compound('EncryptedPackage'))).toThrow(
    expect.objectContaining({ reason: 'encrypted' }),
  )
  expect(() => docx.extract(compound('WordDocument'))).toThrow(expect.objectContaining({ reason: 'binary' }))
  expect(() => docx.extract(whole.subarray(0, 300))).toThrow(expect.objectContaining({ reason: 'damaged' }))
})

test('declared entities are not expanded', () => {
  const bomb =
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
  const bytes = word('', {
    'word/document.xml': `${bomb}<w:document><w:body>${paragraph('x &b; &c; y')}</w:body></w:document>`,
  })
  expect(read(bytes).text).toBe('x &b; &c; y\n')
})
