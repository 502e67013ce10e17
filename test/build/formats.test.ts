/** Files of every format that is text: found where they should be. */
import { expect, test } from 'vitest'
import { withIndex } from './with-index.ts'

/** By path: the content, and what a search for the word finds: line, title, trail, position. */
const FILES: Record<string, [content: string, word: string, line: number, hit: object]> = {
  'a.mdx': [
    "import x from 'y'\n\n# Title\n\nA narwhal.\n",
    'narwhal',
    5,
    { title: 'Title', heading: ['Title'] },
  ],
  'a.adoc': [
    '= Guide\n:level: 3\n\n== Part\n\nA beluga.\n',
    'beluga',
    6,
    { title: 'Guide', metadata: { level: 3 } },
  ],
  'a.org': [
    '#+TITLE: Notes\n\n* One\n** Two\nAn orca.\n',
    'orca',
    5,
    { title: 'Notes', heading: ['One', 'Two'] },
  ],
  'a.tex': [
    '\\title{Paper}\n\\section{Sea}\n\nA Schr\\"odinger walrus.\n',
    'Schrödinger',
    4,
    { title: 'Paper', heading: ['Sea'] },
  ],
  'a.1': [
    '.TH SEAL 1\n.SH NAME\nseal \\- swim\n.SH FLAGS\n.B \\-\\-cub\nfor otters\n',
    'otters',
    6,
    { title: 'seal - swim', heading: ['FLAGS'] },
  ],
  'a.py': ['import os\n\ndef dolphin_song():\n    pass\n', 'song', 3, { title: '', heading: [] }],
  'a.csv': [
    'name,kind\nann,human\nbo,porpoise\n',
    'porpoise',
    3,
    { heading: ['name, kind'], startLine: 3, endLine: 3 },
  ],
  'a.jsonl': ['{"a":1}\n{"b":"man\\u0061tee"}\n', 'manatee', 2, { startLine: 2 }],
  'a.json': ['{\n "list": {\n  "kind": "a dugong here"\n }\n}\n', 'dugong', 3, { heading: ['list'] }],
  'a.yaml': [
    'name: thing\nspec:\n  kind: the vaquita itself\n',
    'vaquita',
    3,
    { title: 'thing', heading: ['spec'] },
  ],
  'a.ipynb': [
    JSON.stringify({
      cells: [
        { cell_type: 'markdown', source: '# Book' },
        { cell_type: 'code', source: 'sturgeon = 1 + 2 + 3', outputs: [] },
      ],
    }),
    'sturgeon',
    3,
    { title: 'Book', position: { cell: 2 } },
  ],
  'a.eml': ['From: a@b.org\nSubject: About fish\n\nA herring.\n', 'herring', 3, { title: 'About fish' }],
  'a.mbox': [
    'From a\nSubject: One\n\nx\n\nFrom b\nSubject: Two\n\nA mackerel.\n',
    'mackerel',
    7,
    { heading: ['Two'], position: { message: 2 } },
  ],
  'a.toml.md': ['+++\nlevel = 4\n+++\n\nA haddock here.\n', 'haddock', 5, { metadata: { level: 4 } }],
}

test('what is in them is found at its place, with its title, trail and metadata', async () => {
  const contents = Object.fromEntries(Object.entries(FILES).map(([path, [content]]) => [path, content]))
  await withIndex(contents, async index => {
    for (const [path, [, word, line, hit]] of Object.entries(FILES)) {
      const { hits } = await index.search(word)
      expect(hits, path).toHaveLength(1)
      expect(hits[0], path).toMatchObject({ path, line, state: 'current', ...hit })
    }
  })
})
