import { expect, test } from 'vitest'
import { extractedDocument } from '../../src/document/extracted.ts'
import { positionAt } from '../../src/document/marks.ts'
import { odf } from '../../src/document/odf.ts'
import { archive } from './archive.ts'

const file = (body: string, more = {}) =>
  archive({
    mimetype: 'application/vnd.oasis.opendocument.text',
    'content.xml': `<office:document-content><office:automatic-styles><style:style style:name="P1" style:parent-style-name="Title"/></office:automatic-styles><office:body>${body}</office:body></office:document-content>`,
    ...more,
  })
const read = (bytes: Uint8Array) => extractedDocument('opendocument', odf.extract(bytes) as never)

test('a text: title, headings, lists, white space, properties', () => {
  const document = read(
    file(
      `<office:text><text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:p text:style-name="P1">The Whale</text:p>
       <text:h text:outline-level="2">One</text:h><text:p>a<text:s text:c="2"/>b<text:line-break/>c <text:span>d</text:span><office:annotation><text:p>no</text:p></office:annotation></text:p>
       <text:list><text:list-item><text:p>first</text:p></text:list-item><text:list-item><text:p>second</text:p></text:list-item></text:list></office:text>`,
      {
        'meta.xml':
          '<office:document-meta><meta:initial-creator>A. Writer</meta:initial-creator><meta:keyword>sea</meta:keyword><meta:keyword>whale</meta:keyword><meta:document-statistic meta:page-count="4"/></office:document-meta>',
      },
    ),
  )
  expect(document.text).toBe('The Whale\n\nOne\n\na  b\nc d\n\nfirst\nsecond\n')
  expect(document.headings).toMatchObject([{ level: 2, text: 'One' }])
  expect(document).toMatchObject({
    title: 'The Whale',
    metadata: { author: 'A. Writer', keywords: ['sea', 'whale'], pages: 4 },
  })
})

test('a presentation knows its slides, a spreadsheet its sheets and cells', () => {
  const slides = read(
    file(
      '<office:presentation><draw:page><draw:frame presentation:class="title"><text:p>One</text:p></draw:frame></draw:page><draw:page><draw:frame><text:p>Two</text:p></draw:frame></draw:page></office:presentation>',
    ),
  )
  expect(positionAt(slides.marks, 3)).toEqual({ slide: 2 })
  expect(slides.headings).toMatchObject([{ text: 'One' }])
  const empty = '<table:table-cell table:number-columns-repeated="27"/>'
  const cell = '<table:table-cell><text:p>far</text:p></table:table-cell>'
  const sheet = read(
    file(
      `<office:spreadsheet><table:table table:name="Prices"><table:table-row table:number-rows-repeated="3">${empty}</table:table-row><table:table-row>${empty}${cell}${cell}</table:table-row></table:table></office:spreadsheet>`,
    ),
  )
  expect(sheet.text).toBe('Prices\n\nfar | far\n')
  expect(positionAt(sheet.marks, 3)).toEqual({ sheet: 'Prices', cell: 'AB4' })
})

test('what is encrypted or no such file is told', () => {
  const manifest = '<manifest:manifest><manifest:encryption-data/></manifest:manifest>'
  expect(() => odf.extract(file('', { 'META-INF/manifest.xml': manifest }))).toThrow(
    expect.objectContaining({ reason: 'encrypted' }),
  )
  expect(odf.extract(archive({ 'a.txt': 'x' }))).toBeUndefined()
})
