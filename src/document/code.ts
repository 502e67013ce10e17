/**
 * Source code: its blocks are what stands between blank lines, cut at line ends where they are too long. The text is that
 * of the file. No title and no headings: what a program is about stands in its path and its names.
 */
import type { Span } from './document.ts'
import { LineCursor } from './line.ts'
import { type DocumentReader, type Outline, onOneLine } from './reader.ts'

const EXTENSIONS =
  'ada adb ads asm awk bash bat bzl c cc cl clj cljc cljs cmake cmd coffee cpp cr cs css cts cu cxx d dart el elm erl ' +
  'ex exs f f03 f08 f77 f90 f95 fish for fs fsi fsx gd glsl go gradle graphql groovy h hcl hh hlsl hpp hrl hs hxx ' +
  'inl ino java jl js jsx kt kts less lisp lua m mjs mk ml mli mm mts nim nix pas php pl pm proto ps1 psm1 py pyi pyx ' +
  'r rake rb re res rkt rs s sass scala scm scss sh sol sql st sv svelte swift tcl tf thrift ts tsx v vala vb vbs vhd ' +
  'vhdl vim vue wat wgsl zig zsh'

/** Files that are known by their whole name. */
const NAMES = [
  'makefile',
  'dockerfile',
  'containerfile',
  'rakefile',
  'gemfile',
  'cmakelists.txt',
  'jenkinsfile',
]

export const code: DocumentReader = {
  format: 'code',
  extensions: [...EXTENSIONS.split(' ').map(ending => `.${ending}`), ...NAMES],
  isTitled: false,
  hasIdentifiers: true,
  head: () => ({ metadata: {}, bodyStart: 0 }),
  outline: blocks,
  plainText: onOneLine,
  isMarkup: () => false,
}

function blocks(text: string, bodyStart: number): Outline {
  const fences: Span[] = []
  const line = new LineCursor(text, bodyStart)
  let start = -1
  let end = -1
  while (line.advance()) {
    if (!line.blank) {
      if (start < 0) start = line.start
      end = line.end
    } else if (start >= 0) {
      fences.push({ start, end })
      start = -1
    }
  }
  if (start >= 0) fences.push({ start, end })
  return { headings: [], fences }
}
