import { expect, test } from 'vitest'
import { extractedDocument } from '../../src/document/extracted.ts'
import { rtf } from '../../src/document/rtf.ts'

const read = (source: string) =>
  extractedDocument('rtf', rtf.extract(Buffer.from(`{\\rtf1\\ansi${source}}`, 'latin1')) as never)

test('paragraphs, headings, tables and properties', () => {
  const document = read(`\\ansicpg1252{\\fonttbl{\\f0 Arial;}}{\\colortbl;\\red0;}
{\\stylesheet{\\s0 Normal;}{\\s1\\b heading 1;}{\\*\\cs2 Strong;}}
{\\info{\\title The Whale}{\\author A. Writer}{\\keywords sea, whale}}{\\header running}{\\*\\own no}
\\pard\\s1{\\listtext\\pard 1.\\tab}One\\par\\pard A wh{\\b ale} \\{caf\\'e9\\}\\line and{\\v hidden}{\\deleted gone} more{\\footnote A note.}\\par
\\pard\\outlinelevel1 Two\\par\\trowd\\pard\\intbl Name\\cell Size\\cell\\row\\trowd\\pard\\intbl Blue\\cell 30 m\\cell\\row\\pard {\\pict 00ff}End\\par`)
  expect(document.text).toBe(
    'One\n\nA whale {café}\nand moreA note.\n\nTwo\n\nName | Size\nBlue | 30 m\n\nEnd\n',
  )
  expect(document.headings.map(({ level, text }) => `${level} ${text}`)).toEqual(['1 One', '2 Two'])
  expect(document).toMatchObject({
    title: 'The Whale',
    metadata: { author: 'A. Writer', keywords: ['sea', 'whale'] },
  })
})

test('text in any encoding: code pages, fonts, Unicode with what stands in for it', () => {
  expect(read("\\ansicpg1251 \\'ea\\'e8\\'f2\\par").text).toBe('кит\n')
  expect(
    read("{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset128 B;}}\\f1 \\'8c\\'7e\\f0 \\'e9\\par").text,
  ).toBe('鯨é\n')
  expect(read("\\u40120? \\uc2\\u233\\'c3\\'a9x\\u-10179\\u-9165\\par").text).toBe('鲸 éx🐳\n')
})

test('what is no RTF, breaks off or is empty', () => {
  expect(rtf.extract(Buffer.from('plain'))).toBeUndefined()
  expect(rtf.extract(Buffer.from('{\\rtf1 {\\b Words'))).toMatchObject({
    text: 'Words\n',
    doubt: 'its end is missing',
  })
  expect(() => read('{\\info{\\title x}}')).toThrow(expect.objectContaining({ reason: 'no-text' }))
})
