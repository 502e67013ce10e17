import { expect, test } from 'vitest'
import { renderPretty } from '../../src/render/pretty.ts'
import { cellWidth } from '../../src/render/width.ts'
import { answer, hit, samePath } from './hits.ts'

const prose = hit(
  'A [backup] that was never restored is a hope, not a [backup]. Restore one every month, on another machine, and\nread what comes out: the [backup] tells you nothing by itself.',
  {
    title: 'Keeping what you have',
    heading: ['Keeping what you have', 'Why restore'],
    truncated: [false, true],
  },
)
const list = hit('- first the [backup]\n- then the upgrade\n\n\tcopy --all\n', {
  title: 'Keeping what you have',
  heading: ['Keeping what you have', 'Before an upgrade', 'A list of steps that is longer than most'],
  line: 41,
})
const chinese = hit(
  '数据[备份]是指为防止系统出现操作失误或系统故障导致数据丢失，而将全部或部分数据集合从应用主机的硬盘复制到其他的存储介质的过程。',
  {
    path: 'guide/备份.md',
    title: '备份 🗄️',
    line: 3,
    truncated: [true, false],
  },
)
const screen = answer([prose, list, chinese], { total: 120 })

test.each([40, 60, 80, 140])('at %i cells no line of text is wider', width => {
  const lines = renderPretty(screen, { pathOf: samePath, width, color: false }).split('\n')
  expect(lines.filter(line => cellWidth(line) > width)).toEqual([])
})

test('40 cells', () => {
  expect(renderPretty(screen, { pathOf: samePath, width: 40, color: false })).toMatchInlineSnapshot(`
    "Keeping what you have
    guide/backup.md:12  Why restore
        A backup that was never restored is
        a hope, not a backup. Restore one
        every month, on another machine, and
        read what comes out: the backup
        tells you nothing by itself. …
    guide/backup.md:41
        Before an upgrade › A list of steps…
        - first the backup
        - then the upgrade
            copy --all

    备份 🗄️
    guide/备份.md:3
        …数据备份是指为防止系统出现操作失误
        或系统故障导致数据丢失，而将全部或部
        分数据集合从应用主机的硬盘复制到其他
        的存储介质的过程。

    Hits 1–3 of 120 in 9,976 documents ·
    3.1 ms · checked against the files
    "
  `)
})

test('60 cells', () => {
  expect(renderPretty(screen, { pathOf: samePath, width: 60, color: false })).toMatchInlineSnapshot(`
    "Keeping what you have
    guide/backup.md:12  Why restore
        A backup that was never restored is a hope, not a
        backup. Restore one every month, on another machine, and
        read what comes out: the backup tells you nothing by
        itself. …
    guide/backup.md:41
        Before an upgrade › A list of steps that is longer than…
        - first the backup
        - then the upgrade
            copy --all

    备份 🗄️
    guide/备份.md:3
        …数据备份是指为防止系统出现操作失误或系统故障导致数据丢
        失，而将全部或部分数据集合从应用主机的硬盘复制到其他的存
        储介质的过程。

    Hits 1–3 of 120 in 9,976 documents · 3.1 ms · checked
    against the files
    "
  `)
})

test('80 cells', () => {
  expect(renderPretty(screen, { pathOf: samePath, width: 80, color: false })).toMatchInlineSnapshot(`
    "Keeping what you have
    guide/backup.md:12  Why restore
        A backup that was never restored is a hope, not a backup. Restore one every
        month, on another machine, and read what comes out: the backup tells you
        nothing by itself. …
    guide/backup.md:41  Before an upgrade › A list of steps that is longer than most
        - first the backup
        - then the upgrade
            copy --all

    备份 🗄️
    guide/备份.md:3
        …数据备份是指为防止系统出现操作失误或系统故障导致数据丢失，而将全部或部分数
        据集合从应用主机的硬盘复制到其他的存储介质的过程。

    Hits 1–3 of 120 in 9,976 documents · 3.1 ms · checked against the files
    "
  `)
})

test('140 cells', () => {
  expect(renderPretty(screen, { pathOf: samePath, width: 140, color: false })).toMatchInlineSnapshot(`
    "Keeping what you have
    guide/backup.md:12  Why restore
        A backup that was never restored is a hope, not a backup. Restore one every month, on another machine, and read what comes out: the
        backup tells you nothing by itself. …
    guide/backup.md:41  Before an upgrade › A list of steps that is longer than most
        - first the backup
        - then the upgrade
            copy --all

    备份 🗄️
    guide/备份.md:3
        …数据备份是指为防止系统出现操作失误或系统故障导致数据丢失，而将全部或部分数据集合从应用主机的硬盘复制到其他的存储介质的过程。

    Hits 1–3 of 120 in 9,976 documents · 3.1 ms · checked against the files
    "
  `)
})

test('colour adds nothing but escape sequences, and closes each on its line', () => {
  const plain = renderPretty(screen, { pathOf: samePath, width: 60, color: false })
  const colored = renderPretty(screen, { pathOf: samePath, width: 60, color: true })
  const pieces = colored.split('\u001b[')
  expect(pieces.map((piece, n) => (n === 0 ? piece : piece.replace(/^[\d;]+m/, ''))).join('')).toBe(plain)
  expect(colored).toContain('A \u001b[1;31mbackup\u001b[0m that')
  for (const line of colored.split('\n')) {
    const codes = line
      .split('\u001b[')
      .slice(1)
      .map(piece => piece.split('m')[0])
    expect(codes.filter(code => code === '0')).toHaveLength(codes.length / 2)
  }
})

test('a heading that the trail has said is not said again, unless it is lit', () => {
  const shown = (marked: string, heading: string[], title = '') =>
    renderPretty(answer([hit(marked, { heading, title })]), {
      pathOf: samePath,
      width: 80,
      color: false,
    }).split('\n\n')[0]
  const place = 'guide/backup.md:12'
  expect(shown('## Why ##\n\nA [backup].', ['Why'])).toBe(`${place}  Why\n    A backup.`)
  expect(shown('Why\n===\n\nA [backup].', ['Why'])).toBe(`${place}  Why\n    A backup.`)
  expect(shown('Why\n\nA [backup].', [], 'Why')).toBe(`Why\n${place}\n    A backup.`)
  expect(shown('## [Why]\n\nA [backup].', ['Why'])).toBe(`${place}  Why\n    ## Why\n    A backup.`)
  expect(shown('## Why', ['Why'])).toBe(`${place}  Why\n    ## Why`)
})

test('what is to be known beside the hits stands before the last line', () => {
  const away = hit('A [backup] here.', { state: 'detached' })
  const changed = hit('Another [backup].', { state: 'changed', path: 'b.md', line: 1 })
  const result = answer([away, changed], {
    absent: ['unicorn', 'gryphon'],
    dropped: 1,
    stale: { new: 2, changed: 1, gone: 0 },
    freshness: 'tree',
  })
  expect(renderPretty(result, { pathOf: samePath, width: 80, color: false })).toMatchInlineSnapshot(`
    "guide/backup.md:12
        A backup here.

    b.md:1
        Another backup.

    Not in the index: unicorn, gryphon.
    1 hit is from files changed since they were indexed, shown as the files are now.
    The source files are not here: the text is that of the index.
    1 hit left out: gone from the files; bring the index up to date: glean index.
    The index is behind: 2 new files, 1 changed, 0 gone; bring it up to date: glean
    index.
    2 hits in 9,976 documents · 3.1 ms · checked against all files
    "
  `)
})

test('without hits there is one line, and why', () => {
  const options = { pathOf: samePath, width: 80, color: false }
  expect(
    renderPretty(answer([], { absent: ['unicorn'], freshness: 'none' }), options),
  ).toMatchInlineSnapshot(`
    "Not in the index: unicorn.
    The source files are not here: what they hold now was not looked at.
    No hits in 9,976 documents · 3.1 ms
    "
  `)
  expect(renderPretty(answer([], { total: 12 }), options)).toMatchInlineSnapshot(`
    "No hits to show, 12 matches in 9,976 documents · 3.1 ms
    "
  `)
})

test('a path, title or text of others does not reach the terminal as more than text', () => {
  const nasty = 'x\u001b[2J\u202ey\u009b1m\u0007'
  const result = answer([
    hit(`a [${nasty}] b`, { path: nasty, title: nasty, heading: [nasty, 'two\nlines'] }),
  ])
  const shown = renderPretty(result, { pathOf: samePath, width: 80, color: false })
  expect(
    [...shown].filter(character => /[\p{Cc}\u202a-\u202e]/u.test(character) && character !== '\n'),
  ).toEqual([])
  expect(shown.split('\n')).toHaveLength(6)
})

test('lines of a program or a table stay lines, however they begin', () => {
  const text = "import { readFileSync, writeFileSync } from 'node:fs'\nimport { [join] } from 'node:path'"
  const shown = (format: string) =>
    renderPretty(answer([hit(text, { file: { size: 1, format } })]), {
      pathOf: samePath,
      width: 120,
      color: false,
    }).split('\n')
  expect(shown('code')).toContain("    import { join } from 'node:path'")
  expect(shown('plain')).not.toContain("    import { join } from 'node:path'")
})
