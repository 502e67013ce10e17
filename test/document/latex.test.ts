import { expect, test } from 'vitest'
import { withAccents } from '../../src/document/latex-accents.ts'
import { readDocument } from '../../src/document/read.ts'

test('accents and letters written by commands are read', () => {
  const cases = {
    'Schr\\"odinger': 'Schrödinger',
    'Schr\\"{o}dinger {\\"U}ber': 'Schrödinger Über',
    "caf\\'e, caf\\'{e}, {\\'{e}}t\\'e": 'café, café, été',
    '\\c{c}a, Ho\\v{r}ava, Erd\\H{o}s, \\v S': 'ça, Hořava, Erdős, Š',
    'stra\\ss e, Stra{\\ss}e, \\L{}ukasz, \\O re': 'straße, Straße, Łukasz, Øre',
    'na\\"{\\i}ve, \\\'\\i': 'naïve, í',
    'hyphen\\-ation': 'hyphenation',
    '\\section{a} \\vec{x} \\url{x} \\cite{d} \\\\ x \\emph{y}':
      '\\section{a} \\vec{x} \\url{x} \\cite{d} \\\\ x \\emph{y}',
    '\\textbf{\\"a}': '\\textbf{ä}',
  }
  for (const [source, text] of Object.entries(cases)) expect(withAccents(source)).toBe(text.normalize('NFC'))
})

const TEXT = `\\documentclass{article}
\\title[Short]{The \\emph{Page} Table\\thanks{us}}
\\author{Ann Bee \\and J\\"org}
\\date{\\today}
\\begin{document}
\\maketitle
\\section*{One $x$}\\label{sec:one}
Text % comment
\\subsection[s]{Two
  lines {nested}}
\\begin{verbatim}
\\section{no} "\\"a"

x
\\end{verbatim}
End.
`

test('sections are headings, verbatim is code as it stands, the title page is metadata', () => {
  const document = readDocument('a.tex', TEXT)
  expect(document).toMatchObject({
    format: 'latex',
    title: 'The Page Table',
    metadata: { title: 'The Page Table', author: ['Ann Bee', 'Jörg'] },
  })
  expect(document.metadata).not.toHaveProperty('date')
  expect(
    document.headings.map(({ level, text, start, end }) => [
      level,
      text,
      document.text.slice(start, end).split('\n').length,
    ]),
  ).toEqual([
    [3, 'One x', 1],
    [4, 'Two lines nested', 2],
  ])
  expect(document.text.split('\n')).toHaveLength(TEXT.split('\n').length)
  expect(document.fences.map(({ start, end }) => document.text.slice(start, end))).toEqual([
    '\\begin{verbatim}\n\\section{no} "\\"a"\n\nx\n\\end{verbatim}',
  ])
})

test('what is never closed costs linear time', () => {
  for (const piece of ['\\section{x\n', '\\begin{verbatim}\n', '\\"{', '{\\title{\n']) {
    const began = performance.now()
    readDocument('a.tex', piece.repeat(30_000))
    expect(performance.now() - began).toBeLessThan(5000)
  }
})
