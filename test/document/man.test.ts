import { expect, test } from 'vitest'
import { readDocument } from '../../src/document/read.ts'
import { plainRoff } from '../../src/document/roff.ts'

test('lines say what they show', () => {
  const cases = {
    '.B \\-\\-all': '--all',
    '.BR ls (1),': 'ls(1),',
    '.I "two words" three': 'two words three',
    '.IP "\\fB\\-x\\fR" 4': '-x',
    '.PP': '',
    '.\\" a comment': '',
    '\'\\" t': '',
    'caf\\[u00E9] na\\(:ive \\(em \\fIit\\fP\\&.\\" note': 'café naïve — it.',
    "a\\ b\\~c \\e \\*(Tm \\s-1X\\s0 \\h'1n'y": 'a b c \\ ™ X y',
    '.Op Fl v Ar file': '-v file',
    '.Xr bind 2 ,': 'bind(2),',
    '.Fl a Ns Ar b': '-ab',
    '.It Fl l': '-l',
    '.SH "SEE ALSO"': '.SH "SEE ALSO"',
    '.unknown x y': 'x y',
    '.if n .ta 4': '',
  }
  for (const [source, text] of Object.entries(cases))
    expect([source, plainRoff(source)]).toEqual([source, text])
})

test('a page has its title, its sections, and every line in its place', () => {
  const text =
    '.\\" note\n.de XX\n.B no\n..\n.TH WHALE 1 "2026-11-24" "Sea 1.0" "Commands"\n.SH NAME\nwhale \\- sing\n.SH "DE SCRIPTION"\n.B whale\nsings.\n.SS Songs\n.TP\n.B \\-l\nlong ones\n'
  const document = readDocument('whale.1', text)
  expect(document).toMatchObject({
    format: 'man',
    title: 'whale - sing',
    metadata: { title: 'whale - sing', section: 1, date: '2026-11-24', source: 'Sea 1.0' },
  })
  expect(document.headings.map(({ level, text: words }) => `${level} ${words}`)).toEqual([
    '1 NAME',
    '1 DE SCRIPTION',
    '2 Songs',
  ])
  const lines = document.text.split('\n')
  expect([lines[2], lines[8], lines[12], lines[13]]).toEqual(['', 'whale', '-l', 'long ones'])
  expect(lines).toHaveLength(text.split('\n').length)
})

test('so does one in the other macros', () => {
  const text =
    '.Dd November 22, 1987\n.Dt WHALE 3\n.Os\n.Sh NAME\n.Nm whale ,\n.Nm song\n.Nd sing\n.Sh DESCRIPTION\nThe\n.Fn whale\nfunction.\n'
  const document = readDocument('whale.3x', text)
  expect(document).toMatchObject({
    title: 'whale, song - sing',
    metadata: { section: 3, date: 'November 22, 1987' },
  })
  expect(document.text.split('\n').slice(8, 11)).toEqual(['The', 'whale', 'function.'])
})

test('a log or a list that ends in a number is plain text', () => {
  expect(readDocument('syslog.1', 'Nov 24 x\n.B y\n').format).toBe('plain')
})
