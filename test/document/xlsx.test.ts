import { expect, test } from 'vitest'
import { extractedDocument } from '../../src/document/extracted.ts'
import { positionAt } from '../../src/document/marks.ts'
import { xlsx } from '../../src/document/xlsx.ts'
import { shownNumber } from '../../src/document/xlsx-number.ts'
import { archive, relationships } from './archive.ts'

test('a row is a line that knows its sheet and cell, with numbers and dates as they are shown', () => {
  const bytes = archive({
    '_rels/.rels': relationships(['officeDocument', 'xl/workbook.xml']),
    'xl/workbook.xml':
      '<workbook><sheets><sheet name="Prices" sheetId="1" r:id="rId1"/><sheet name="Two" sheetId="2" r:id="rId2"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': relationships(
      ['worksheet', 'worksheets/1.xml'],
      ['worksheet', 'worksheets/2.xml'],
      ['sharedStrings', 'strings.xml'],
      ['styles', 'styles.xml'],
    ),
    'xl/strings.xml':
      '<sst><si><t>Item</t></si><si><r><t>Whale </t></r><r><t>oil</t></r></si><si><t>鯨</t><rPh><t>くじら</t></rPh></si></sst>',
    'xl/styles.xml':
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>',
    'xl/worksheets/1.xml': `<worksheet><sheetData>
      <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Price</t></is></c></row>
      <row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2"><f>0.1+0.2</f><v>0.30000000000000004</v></c><c r="C2" s="1"><v>45413</v></c></row>
      <row r="7"><c r="B7" t="s"><v>2</v></c><c r="C7" t="b"><v>1</v></c></row></sheetData></worksheet>`,
    'xl/worksheets/2.xml':
      '<worksheet><sheetData><row><c t="str"><v>last</v></c></row></sheetData></worksheet>',
  })
  const document = extractedDocument('xlsx', xlsx.extract(bytes) as never)
  expect(document.text).toBe(
    'Prices\n\nItem | Price\nWhale oil | 0.3 | 2024-05-01\n\n鯨 | TRUE\n\nTwo\n\nlast\n',
  )
  expect(positionAt(document.marks, 4)).toEqual({ sheet: 'Prices', cell: 'A2' })
  expect(positionAt(document.marks, 6)).toEqual({ sheet: 'Prices', cell: 'B7' })
  expect(positionAt(document.marks, 10)).toMatchObject({ sheet: 'Two' })
  expect(document.metadata).toEqual({ sheets: 2 })
})

test('days count from 1900 or 1904, and parts of days are times', () => {
  expect(shownNumber('45413.5729166667', 'date and time', false)).toBe('2024-05-01 13:45')
  expect(shownNumber('43951', 'date', true)).toBe('2024-05-01')
  expect(shownNumber('0.25', 'time', false)).toBe('06:00')
  expect(shownNumber('-1', 'date', false)).toBe('-1')
  expect(shownNumber('1e9', 'date', false)).toBe('1000000000')
  expect(shownNumber('#N/A', 'number', false)).toBe('#N/A')
})
