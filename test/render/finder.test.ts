import { expect, test } from 'vitest'
import { type FinderView, finderLayout, renderFinder } from '../../src/render/finder.ts'
import { sourceLines } from '../../src/render/source-lines.ts'
import { cellWidth } from '../../src/render/width.ts'
import { answer, hit, samePath } from './hits.ts'

const text = `# Keeping what you have\n\n${'A line before.\n'.repeat(20)}\nA backup that was never restored\nis a hope, not a backup.\n\n${'A line after.\n'.repeat(20)}`
const hits = [
  hit('A [backup] that was never restored\nis a hope, not a [backup].', {
    line: 24,
    column: 3,
    title: 'Keeping what you have',
    heading: ['Keeping what you have', 'Why restore'],
  }),
  hit(
    '数据[备份]是指为防止系统出现操作失误或系统故障导致数据丢失，而将全部或部分数据集合从应用主机的硬盘复制到其他的存储介质的过程。',
    {
      path: 'a/rather/long/path/to/a/document/that/has/to/be/cut/guide/备份.md',
      title: '备份 🗄️',
      line: 3,
    },
  ),
  hit(`${'many words before it '.repeat(12)}and only then the [backup] with \u001b[2J more`, {
    title: 'Late',
  }),
]

const view: FinderView = {
  field: 'query',
  query: 'backup',
  paths: 'guide/',
  cursor: 6,
  all: false,
  exact: true,
  result: answer(hits, { total: 120 }),
  isFinal: true,
  chosen: 0,
  preview: sourceLines(hits[0]!, text, { context: 30, whole: true }),
  scroll: 0,
  status: '',
}
const options = { color: false, pathOf: samePath, documents: 9976, passages: 465_278 }
const screenOf = (change: Partial<FinderView> = {}, columns = 80, rows = 24) =>
  renderFinder({ ...view, ...change }, { ...options, columns, rows })

test.each([60, 80, 140])('the screen of %i columns', async columns => {
  const { rows, cursor } = screenOf({}, columns)
  expect([rows.length, cursor]).toEqual([24, { row: 0, column: 8 }])
  expect(rows.filter(row => cellWidth(row) > columns)).toEqual([])
  await expect(`${rows.join('\n')}\n`).toMatchFileSnapshot(`../screens/finder-${columns}.txt`)
})

test.each([
  [20, 4],
  [24, 8],
  [30, 11],
  [30, 12],
  [200, 60],
])('%i columns and %i rows are filled, and never left', (columns, rows) => {
  for (const change of [
    {},
    { chosen: 2 },
    { result: undefined, preview: undefined },
    { result: answer([]) },
  ]) {
    const screen = screenOf(change, columns, rows)
    expect(screen.rows).toHaveLength(rows)
    expect(screen.rows.filter(row => cellWidth(row) > columns)).toEqual([])
    expect(screen.cursor.column).toBeLessThan(columns)
  }
})

test('the chosen hit is marked without colour, and stays in sight', () => {
  const many = Array.from({ length: 30 }, (_, at) => hit(`number ${at}`, { line: at + 1 }))
  const { hits: room } = finderLayout({ rows: 24 })
  const { rows } = screenOf({ result: answer(many), chosen: 17 })
  expect(rows.filter(row => row.startsWith('▌'))).toEqual(['▌ guide/backup.md:18', '▌   number 17'])
  expect(rows.filter(row => /^[▌ ] {3}number/.test(row))).toHaveLength(room)
})

test('a long query is shown from where its cursor is, also in wide characters', () => {
  const query = '備份與還原資料的方法'.repeat(10)
  const end = screenOf({ query, cursor: query.length }, 40)
  expect(end.cursor.column).toBeLessThan(40)
  expect(cellWidth(end.rows[0]!)).toBeLessThanOrEqual(40)
  expect(screenOf({ query, cursor: 0 }, 40).rows[0]).toMatch(/^> 備份與還原.*…$/)
})

test('the preview shows the matches in the middle, and scrolls to its ends', () => {
  const preview = (scroll: number) =>
    screenOf({ scroll })
      .rows.filter(row => /^\s*\d+[:-]/.test(row))
      .map(row => Number.parseInt(row, 10))
  const shown = preview(0)
  expect(shown.indexOf(24)).toBeGreaterThan(2)
  expect(shown.at(-1)).toBeGreaterThan(26)
  expect(preview(-100)[0]).toBe(1)
  expect(preview(100).at(-1)).toBe(46)
})

test('what has happened stands in place of the keys', () => {
  expect(screenOf({ status: 'copied x:1-2@00000000' }).rows.at(-1)).toBe('copied x:1-2@00000000')
  expect(screenOf().rows.at(-1)).toMatch(/^↑↓ choose {3}Enter open/)
})

test('that there is nothing is said once all was looked at', () => {
  const nothing = answer([], { absent: ['zyzzyva'] })
  expect(screenOf({ result: nothing, isFinal: false }).rows[2]).toBe('  Nothing so far, looking further')
  expect(screenOf({ result: nothing }).rows.slice(2, 4)).toEqual([
    '  Nothing found',
    '  not in the index: zyzzyva',
  ])
})
