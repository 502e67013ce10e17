import { expect, test } from 'vitest'
import { readDocument } from '../../src/document/read.ts'

const TEXT = `import { Chart } from '../chart.js'
import x from 'x'

export const meta = {
  title: 'Whales at sea',
}

# Heading

<Chart year={2018} />

\`\`\`js
import no from 'no'
\`\`\`

Words are here.
`

test('statements are code, an exported title is the title, headings are headings', () => {
  const document = readDocument('a.mdx', TEXT)
  expect(document).toMatchObject({ format: 'mdx', title: 'Whales at sea' })
  expect(document.headings.map(({ text }) => text)).toEqual(['Heading'])
  expect(document.fences.map(({ start, end }) => TEXT.slice(start, end).split('\n')[0])).toEqual([
    "import { Chart } from '../chart.js'",
    'export const meta = {',
    '```js',
  ])
})

test('front matter goes before, and without any title the first line of text is one', () => {
  expect(readDocument('a.mdx', `---\ntitle: Front\n---\n${TEXT}`).title).toBe('Front')
  const plain = "import a from 'a'\n\n<Tag>\n\nFirst words\n\nand more of them.\n"
  expect(readDocument('a.mdx', plain).title).toBe('First words')
})
