import { expect, test } from 'vitest'
import { extractedDocument } from '../../src/document/extracted.ts'
import { html } from '../../src/document/html.ts'
import { positionAt } from '../../src/document/marks.ts'

const read = (source: string) => html.extract(source)!

test('the text a reader is there for, without what stands around it', () => {
  const { text, title, metadata } =
    read(`<!doctype html><html lang="en"><head><title>Whales – The Sea Site</title>
    <meta name="Description" content="On  whales"><meta name=keywords content="sea, whales"><meta name=viewport content=x>
    <meta property="article:published_time" content="2024-05-01"><style>p { color: red }</style><script>var no = '<p>'</script></head>
    <body><nav><a href=/>Home</a></nav><header><h1>Whales</h1></header><div class="sidebar left">Also read</div>
    <p>The whale is a <b>mam</b>mal &amp; swims.<br>It sings.</p><div hidden>unseen</div>
    <p style="display: none">unseen</p><aside>beside</aside><footer>Copyright</footer></body></html>`)
  expect(text).toBe('Whales\n\nThe whale is a mammal & swims.\nIt sings.\n')
  expect(title).toBe('Whales')
  expect(metadata).toEqual({
    language: 'en',
    description: 'On whales',
    keywords: ['sea', 'whales'],
    'article:published_time': '2024-05-01',
  })
})

test('the main text is taken where a page names it, and all of it where that is empty', () => {
  const long = 'Words of the main text. '.repeat(10).trim()
  const page = (inner: string) =>
    `<title>T</title><h1>Top</h1><p>around</p><main><p>${inner}</p></main><p>below</p>`
  expect(read(page(long)).text).toBe(`Top\n\n${long}\n`)
  expect(read(page('')).text).toBe('Top\n\naround\n\nbelow\n')
})

test('headings know their level and anchor, wherever it stands', () => {
  const document = extractedDocument(
    'html',
    read(`<h1 id=top>Guide<a class=headerlink href=#top>¶</a></h1><p>a</p><section id=one><h2>One</h2><p>b</p></section>
      <a name="two"></a><h2>Two</h2><p>c`),
  )
  expect(document.text).toBe('Guide\n\na\n\nOne\n\nb\n\nTwo\n\nc\n')
  expect(document.headings.map(({ level, text }) => [level, text])).toEqual([
    [1, 'Guide'],
    [2, 'One'],
    [2, 'Two'],
  ])
  expect([3, 5, 11].map(line => positionAt(document.marks, line))).toEqual([
    { anchor: 'top' },
    { anchor: 'one' },
    { anchor: 'two' },
  ])
})

test('lists and tables are lines, code stays as it is', () => {
  const { text } =
    read(`<ul><li>one<li>two <p>more</p></ul><table><tr><th>Name<th>Size</tr><tr><td><p>whale</p><td>30 m</table>
<pre>
if (a &lt; b)

  swim()
</pre>`)
  expect(text).toBe('one\ntwo\nmore\n\nName | Size\nwhale | 30 m\n\nif (a < b)\n\n  swim()\n')
})

test('XHTML closes any tag by itself; what has no tags is no HTML', () => {
  const xhtml =
    '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><a id="x"/><script src="y"/><p>Text</p></body></html>'
  expect(read(xhtml).text).toBe('Text\n')
  expect(html.extract('a < b and c > d')).toBeUndefined()
  expect(read('<p>').text).toBe('')
})

test('any text is read: broken off, wrongly nested, deep', () => {
  expect(read('<html><body><div><p>One <b>two</div> three <td>x</p></html></body> four <scr').text).toContain(
    'three',
  )
  const deep = read(`${'<div>'.repeat(50_000)}deep`)
  expect(deep.text).toBe('deep\n')
  const names = read('<meta name="__proto__" content="x"><p>a')
  expect(Object.getPrototypeOf(names.metadata)).toBe(Object.prototype)
})
