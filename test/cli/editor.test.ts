import { chmodSync, renameSync } from 'node:fs'
import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { editorFor } from '../../src/cli/editor.ts'
import { world } from '../world.ts'

const place = { path: '/docs/a b.md', line: 12, column: 5 }

test.each([
  [{ EDITOR: 'vim' }, 'vim', ['+12', place.path]],
  [{ EDITOR: '/usr/bin/nvim -u NONE' }, '/usr/bin/nvim', ['-u', 'NONE', '+12', place.path]],
  [{ EDITOR: 'vi', VISUAL: 'emacsclient -nw' }, 'emacsclient', ['-nw', '+12:5', place.path]],
  [{ EDITOR: 'nano' }, 'nano', ['+12,5', place.path]],
  [{ VISUAL: 'code --wait' }, 'code', ['--wait', '--goto', '/docs/a b.md:12:5']],
  [{ EDITOR: 'hx' }, 'hx', ['/docs/a b.md:12:5']],
  [{ EDITOR: "'/opt/my editor/subl' -w" }, '/opt/my editor/subl', ['-w', '/docs/a b.md:12:5']],
  [{ EDITOR: 'C:\\Tools\\notepad++.exe' }, 'C:\\Tools\\notepad++.exe', ['-n12', '-c5', place.path]],
  [{ EDITOR: 'unheard-of' }, 'unheard-of', [place.path]],
])('%j', (env, command, args) => {
  expect(editorFor(place, env)).toEqual({ command, args })
})

test('without an editor the variables to set are named', () => {
  expect(() => editorFor(place, { EDITOR: ' ' })).toThrow('set VISUAL or EDITOR')
})

const docs = {
  'docs/a.md': '# A\n\nOne whale sings.\n',
  'docs/b.md': '# B\n\nNo animal.\n\nA whale, a whale, a whale!\n',
}

test('--open runs the editor at the line of the first hit, or of a later one', async () => {
  const here = await world({ ...docs, nano: '#!/bin/sh\necho "$@" >> opened\n' }).index('docs')
  chmodSync(here.path('nano'), 0o755)
  const env = { EDITOR: here.path('nano') }
  const run = (...args: string[]) => here.runWith({ env }, 'search', '--open', ...args)
  expect(await run('whale')).toEqual({ code: 0, stdout: '', stderr: '' })
  expect((await run('whale', '--offset', '1')).code).toBe(0)
  const opened = (await here.shell('cat opened')).stdout
  expect(opened).toBe(`+5,3 ${here.path('docs/b.md')}\n+3,5 ${here.path('docs/a.md')}\n`)
  expect((await run('zebra')).code).toBe(1)
})

test('what is within an archive cannot be opened, nor linked to', async () => {
  const zip = zipSync({ 'in.txt': strToU8('A whale in an archive.\n') })
  const here = await world({ 'docs/a.zip': zip }).index('docs')
  const run = (...args: string[]) => here.runWith({ env: { EDITOR: 'true' } }, 'search', 'whale', ...args)
  expect(await run('--open')).toMatchObject({
    code: 2,
    stderr: 'glean: a.zip!/in.txt is within an archive: read it with glean show a.zip!/in.txt:1\n',
  })
  const linked = await run('--format', 'pretty', '--color', 'always', '--hyperlink-format', 'vscode')
  expect(linked.stdout).toContain('in.txt')
  expect(linked.stdout).not.toContain('vscode://')
})

test('an editor that fails, is not there, or has no file to open is an error', async () => {
  const here = await world(docs).index('docs')
  const run = (EDITOR: string) => here.runWith({ env: { EDITOR, VISUAL: '' } }, 'search', '--open', 'whale')
  expect(await run('false')).toMatchObject({ code: 2, stderr: 'glean: the editor false ended with 1\n' })
  expect((await run('no-editor')).stderr).toMatch(
    /^glean: cannot run the editor no-editor: .*; set VISUAL or EDITOR/,
  )
  renameSync(here.path('docs'), here.path('elsewhere'))
  expect(await run('true')).toMatchObject({ code: 2 })
  expect((await run('true')).stderr).toContain('b.md is not on this machine: read it with glean show b.md:5')
})
