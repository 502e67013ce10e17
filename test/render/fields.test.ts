import { expect, test } from 'vitest'
import { renderFields } from '../../src/render/fields.ts'
import { cellWidth } from '../../src/render/width.ts'
import type { IndexFields } from '../../src/search/fields.ts'

const some = (key: string, documents: number) => ({ key, documents, distinct: 2, values: [] })
const fields: IndexFields = {
  schema: 'gleaner.fields/1',
  index: 'index',
  documents: 1200,
  fields: [
    { ...some('date', 3), types: { date: 3 }, dates: ['2025-01', '2026-11-24'] },
    { ...some('level', 1100), types: { number: 1100 }, numbers: [3.5, 13.815] },
    {
      ...some('tags', 4),
      types: { text: 5 },
      distinct: 40,
      values: [
        { value: 'sea\u001b[31m', documents: 1000 },
        { value: '東京都', documents: 1 },
      ],
    },
  ],
  file: [{ ...some('size', 1200), types: { number: 1200 }, numbers: [17, 50_000] }],
}

test('a line for each key, and an expression to begin with', () => {
  expect(renderFields(fields, { color: false, width: 80 })).toMatchInlineSnapshot(`
    "index  1,200 documents

    Metadata
      key    documents  type    values
      date           3  date    2025-01 to 2026-11-24
      level      1,100  number  3.5 to 13.815
      tags           4  text    40 different: sea␛[31m (1,000), 東京都, …

    Of the files
      key   documents  type    values
      size      1,200  number  17 to 50000

    for example: glean search --where 'level >= 3.5'
    "
  `)
})

test('no line is wider than the terminal, and there may be nothing to tell', () => {
  for (const width of [40, 60, 80])
    for (const line of renderFields(fields, { color: false, width }).split('\n').slice(0, -2))
      expect(cellWidth(line)).toBeLessThanOrEqual(width)
  const none = { ...fields, documents: 0, fields: [], file: [] }
  expect(renderFields(none, { color: false, width: 80 })).toContain('no document has metadata')
})
