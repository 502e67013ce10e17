import { expect, test } from 'vitest'
import { readFrontMatter } from '../../src/document/front-matter.ts'

test('keys are lower-cased, dates stay strings, numbers are numbers, structures stay', () => {
  const text = '---\nTitle: A: b\n...\n'
  expect(readFrontMatter(text)).toBeUndefined()
  const good =
    '---\nTitle: "A: b"\nDate: 2024-01-31\nLevel: 13.8\nDraft: true\nTags: [a, 1, {B: ~}]\nnan: .nan\n---\nBody'
  const front = readFrontMatter(good)!
  expect(front.metadata).toEqual({
    title: 'A: b',
    date: '2024-01-31',
    level: 13.8,
    draft: true,
    tags: ['a', 1, { B: null }],
    nan: null,
  })
  expect(good.slice(front.end)).toBe('Body')
})

test('it may be empty, end with dots, and have any line ends', () => {
  expect(readFrontMatter('---\n---\nx')).toEqual({ metadata: {}, end: 8 })
  expect(readFrontMatter('---\r\na: 1\r\n...\r\nx')).toEqual({ metadata: { a: 1 }, end: 16 })
  expect(readFrontMatter('---\ra: |\r  b\r  c\r---\rx')?.metadata).toEqual({ a: 'b\nc\n' })
})

test('what is no mapping, does not parse, has no end or begins later is body', () => {
  const bodies = [
    '---\n# Heading\n---\n',
    '---\n- a\n- b\n---\n',
    '---\njust text\n---\n',
    '---\na: [\n---\n',
    '---\na: 1\n\nno end',
    '\n---\na: 1\n---\n',
    '----\na: 1\n----\n',
    '---\n? [a]\n: b\n---\n',
    `---\na: ${'x'.repeat(66_000)}\n---\n`,
  ]
  for (const text of bodies) expect(readFrontMatter(text), text.slice(0, 30)).toBeUndefined()
})

test('the last of equal keys counts, and no key reaches the prototype', () => {
  expect(readFrontMatter('---\na: 1\na: 3\nA: 2\n---\n')?.metadata).toEqual({ a: 2 })
  const { metadata } = readFrontMatter('---\n__proto__: {polluted: 1}\n---\n')!
  expect(Object.getPrototypeOf(metadata)).toBe(Object.prototype)
  expect(Object.keys(metadata)).toEqual(['__proto__'])
})

test('bombs and bottomless nesting are body, and quickly', () => {
  const nine = (name: string) => `[${Array(9).fill(`*${name}`).join(',')}]`
  const bombs = [
    `a: &a [x]\nb: &b ${nine('a')}\nc: &c ${nine('b')}\nd: ${nine('c')}`,
    'a: &a [*a]',
    `a: ${'['.repeat(30_000)}`,
    `a: ${'{a: '.repeat(15_000)}`,
    `a: ${'[? '.repeat(200)}x${']'.repeat(200)}`,
    '? '.repeat(1000),
    `a:\n ${'- '.repeat(30_000)}`,
    `a:\n - ${'&a - '.repeat(10_000)}`,
    Array.from({ length: 340 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
  ]
  const began = performance.now()
  for (const bomb of bombs) expect(readFrontMatter(`---\n${bomb}\n---\n`), bomb.slice(0, 40)).toBeUndefined()
  expect(performance.now() - began).toBeLessThan(2000)
})

test('between plus signs it is TOML', () => {
  const text =
    '+++\r\nTitle = "A: b"\r\ndate = 1979-05-27T07:32:00-08:00\r\nday = 2026-11-24\r\nlevel = 13.8\r\nnan = nan\r\n' +
    'tags = ["a", 1]\r\n[Params]\r\nAuthor = "C"\r\n+++\r\nBody'
  const front = readFrontMatter(text)!
  expect(front.metadata).toEqual({
    title: 'A: b',
    date: '1979-05-27T07:32:00.000-08:00',
    day: '2026-11-24',
    level: 13.8,
    nan: null,
    tags: ['a', 1],
    params: { Author: 'C' },
  })
  expect(text.slice(front.end)).toBe('Body')
  const bodies = ['+++\na: 1\n+++\n', '+++\na = 1\n---\n', '+++\na = [\n+++\n', '++++\na = 1\n++++\n']
  const deep = [`a = ${'['.repeat(30_000)}`, `${'a.'.repeat(40)}a = 1`, `a = ${'{b='.repeat(20_000)}`]
  for (const body of [...bodies, ...deep.map(each => `+++\n${each}\n+++\n`)])
    expect(readFrontMatter(body), body.slice(0, 30)).toBeUndefined()
})
