import { expect, test } from 'vitest'
import { extractedDocument } from '../../src/document/extracted.ts'
import { positionAt } from '../../src/document/marks.ts'
import { pptx } from '../../src/document/pptx.ts'
import { archive, relationships } from './archive.ts'

const shape = (kind: string, ...texts: string[]) =>
  `<p:sp><p:nvPr><p:ph type="${kind}"/></p:nvPr><p:txBody>${texts.map(text => `<a:p><a:r><a:t>${text}</a:t></a:r></a:p>`).join('')}</p:txBody></p:sp>`
const row = (...cells: string[]) =>
  `<a:tr>${cells.map(text => `<a:tc><a:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></a:txBody></a:tc>`).join('')}</a:tr>`

test('slides stand in the order they are shown, with title, text, tables and notes', () => {
  const bytes = archive({
    '_rels/.rels': relationships(['officeDocument', 'ppt/presentation.xml']),
    'ppt/presentation.xml':
      '<p:presentation><p:sldIdLst><p:sldId id="256" r:id="rId2"/><p:sldId id="257" r:id="rId1"/></p:sldIdLst></p:presentation>',
    'ppt/_rels/presentation.xml.rels': relationships(['slide', 'slides/a.xml'], ['slide', 'slides/b.xml']),
    'ppt/slides/a.xml': `<p:sld>${shape('title', 'Second')}<a:tbl>${row('Name', 'Size')}${row('Whale', '30 m')}</a:tbl></p:sld>`,
    'ppt/slides/b.xml': `<p:sld>${shape('title', 'First')}${shape('body', 'one', 'two')}${shape('sldNum', '1')}</p:sld>`,
    'ppt/slides/_rels/b.xml.rels': relationships(['notesSlide', '../notes/n.xml']),
    'ppt/notes/n.xml': `<p:notes>${shape('body', 'Say hello.')}</p:notes>`,
  })
  const document = extractedDocument('pptx', pptx.extract(bytes) as never)
  expect(document.text).toBe('First\n\none\ntwo\n\nSay hello.\n\nSecond\n\nName | Size\nWhale | 30 m\n')
  expect(document).toMatchObject({ title: 'First', metadata: { slides: 2 } })
  expect([1, 6, 10].map(line => positionAt(document.marks, line))).toEqual([
    { slide: 1 },
    { slide: 1 },
    { slide: 2 },
  ])
  expect(pptx.extract(archive({ 'a.txt': 'x' }))).toBeUndefined()
})
