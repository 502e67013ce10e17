import { expect, test } from 'vitest'
import { linked, linker } from '../../src/render/hyperlink.ts'

const place = { host: 'here', wslPrefix: '' }
const target = { path: '/home/a b/ü#1.md', line: 12, column: 5 }

test.each([
  ['default', 'file://here/home/a%20b/%C3%BC%231.md'],
  ['kitty', 'file://here/home/a%20b/%C3%BC%231.md#12'],
  ['vscode', 'vscode://file/home/a%20b/%C3%BC%231.md:12:5'],
  ['grep+', 'grep+:///home/a%20b/%C3%BC%231.md:12'],
  ['x-mine:{path}?l={line}&c={column}', 'x-mine:/home/a%20b/%C3%BC%231.md?l=12&c=5'],
])('%s', (format, address) => {
  expect(linker(format, place)!(target)).toBe(address)
})

test('a Windows path begins with a slash, and a Linux inside Windows has a prefix', () => {
  expect(linker('file://{path}', place)!({ ...target, path: 'C:\\notes\\a.md' })).toBe(
    'file:///C:/notes/a.md',
  )
  const inside = { host: '', wslPrefix: 'wsl$/Debian' }
  expect(linker('file://{wslprefix}{path}', inside)!({ ...target, path: '/a.md' })).toBe(
    'file://wsl$/Debian/a.md',
  )
})

test('no links for none and for nothing', () => {
  expect([linker('none', place), linker('', place)]).toEqual([undefined, undefined])
})

test.each([
  ['file://{file}', 'there is no {file}, only {path} {line} {column} {host} {wslprefix}'],
  ['file://{}{path}', 'there is no {}'],
  ['{path}', 'begins with a scheme'],
  ['emacs', 'begins with a scheme'],
  ['file://x', 'must hold {path}'],
  ['file://{path}:{column}', 'of no use without {line}'],
  ['file://{path}\u0007', 'printable ASCII'],
])('%j is refused, and the names are told', (format, fault) => {
  expect(() => linker(format, place)).toThrow(fault)
  expect(() => linker(format, place)).toThrow('names are default, none, cursor')
})

test('a name in the path cannot end the link', () => {
  const address = linker('default', place)!({ ...target, path: '/a\u001b\\\u0007\n/x.md' })
  expect(linked('x.md', address)).toBe(
    '\u001b]8;;file://here/a%1B%5C%07%0A/x.md\u001b\\x.md\u001b]8;;\u001b\\',
  )
})
