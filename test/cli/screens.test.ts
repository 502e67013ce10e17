/**
 * The screens of the command at three widths, as a terminal shows them, kept in test/screens/. What differs from run to
 * run (times, and the place of the world) is written over. A change is seen in the diff of these files.
 */
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { cellWidth } from '../../src/render/width.ts'
import { hasScript, onTerminal } from '../terminal.ts'
import { type World, world } from '../world.ts'

const docs = {
  'docs/guide/backup.md': `---
title: Keeping what you have
tags: [manual]
---
# Keeping what you have

A backup that was never restored is a hope, not a backup. Restore one every month, on another
machine, and read what comes out: the backup tells you nothing by itself.

## Before an upgrade

1. make a backup
2. restore it elsewhere
3. then upgrade

\`\`\`sh
backup --all /srv
\`\`\`
`,
  'docs/guide/备份.md': `# 备份 🗄️

数据备份是指为防止系统出现操作失误或系统故障导致数据丢失，而将全部或部分数据集合从应用主机的硬盘复制到其他的存储介质的过程。
`,
  'docs/notes/restore.txt': `Restore\n\nHow to restore from a backup ${'when the machine is gone and nobody remembers the password '.repeat(5)}end.\n`,
  'docs/notes/evil.txt': `Evil\n\nA backup \u001b[31mred\u001b[0m \u202edesrever\u202c and ${'x'.repeat(1_000_000)} end.\n`,
}

const ESCAPE = '\u001b'

const SCREENS: Readonly<Record<string, readonly string[]>> = {
  search: ['search', 'backup', 'restore'],
  context: ['search', '-C2', 'backup', '-n2'],
  explain: ['search', '--explain', '-n2', 'restore', 'backup'],
  evidence: ['search', '--budget', '150', 'upgrade', '备份'],
  nothing: ['search', 'bakcup', 'zebra'],
  index: ['index', 'docs', '--rebuild'],
}

for (const [name, args] of Object.entries(SCREENS)) {
  test.each([60, 80, 140])(`${name} at %i columns`, async columns => {
    if (!hasScript()) return expect(hasScript(), 'script(1) makes the terminal').toBe(Boolean(process.env.CI))
    const here = await world(docs).index('docs')
    const shown = await onTerminal(here, { columns, env: { NO_COLOR: '1' } }, ...args)
    const screen = steady(here, shown)
    const lines = shown.split('\n')
    if (name !== 'index' && name !== 'evidence')
      expect(lines.filter(line => cellWidth(line) > columns)).toEqual([])
    const file = fileURLToPath(new URL(`../screens/${name}-${columns}.txt`, import.meta.url))
    await expect(screen).toMatchFileSnapshot(file)
  })
}

/** A screen without what differs from run to run, and without the progress. What a terminal acts on is made visible. */
function steady(here: World, screen: string): string {
  const [last] = screen
    .split(`${ESCAPE}[?25h`)
    .filter(part => part.trim() !== '')
    .slice(-1)
  return (
    last!
      .replaceAll(here.folder, '/world')
      .replace(/\b\d[\d.]* m?s\b/g, 'N ms')
      // How long it took decides where the last line breaks.
      .replace(
        /\n[^\n]* in [\d,]+ documents · N ms[\s\S]*$/,
        line => `\n${line.trim().replaceAll('\n', ' ')}\n`,
      )
      .replace(/\b[\d.]+ [kM]?B( of index)?(\/s)?/g, 'N B$1$2')
      .replace(/\([\d.]+ of the text/, '(N of the text')
      .replaceAll(ESCAPE, '<ESC>')
  )
}
