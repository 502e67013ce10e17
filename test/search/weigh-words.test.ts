import { expect, test } from 'vitest'
import { describeQuery } from '../../src/search/describe.ts'
import { parseQuery } from '../../src/search/parse.ts'
import { weighWords } from '../../src/search/weigh-words.ts'
import { stemmerFor } from '../../src/text/stem.ts'

const stemmers = new Map([
  ['en', await stemmerFor('en')],
  ['de', await stemmerFor('de')],
])

async function weighed(query: string, languages: Record<string, number> = { en: 90, de: 10 }, all = false) {
  const shareOf = async (word: string) => (word === 'και' ? 0.9 : 0.01)
  const found = await weighWords(parseQuery(query, { all }), { languages, stemmers, shareOf })
  return { ...found, query: describeQuery(found.tree) }
}

test.each([
  ['how does the page table lock', 'page OR table OR lock', 'question and function words are left out'],
  [
    'to be or not to be',
    'to^0.75 OR be^0.75 OR or OR not OR to^0.75 OR be^0.75',
    'where there is nothing else all stay',
  ],
  ['"the page" table', '"the page" OR table', 'what is quoted was meant'],
  ['the^2 page', 'the^2 OR page', 'and so was what is boosted'],
  ['+the page', '+the page', 'and what is demanded'],
  ['is the page table -lock', '(page OR table) AND NOT lock', 'an exclusion changes nothing'],
  ['is the page table path:a', '(page OR table) AND path:a', 'nor does a filter'],
  ['where is the page', 'where OR is OR the OR page', 'where one word would be left all stay'],
  ['if let syntax', 'if OR let OR syntax', 'of three words each is wanted'],
  ['is the IT department', 'IT OR department', 'in capitals among others that are not: a name'],
  ['IS THE PAGE TABLE', 'PAGE OR TABLE', 'where all is in capitals they say nothing'],
  ['the lack of vitamin A', 'lack OR vitamin OR A', 'one letter likewise'],
  [
    'locks and locking pages',
    'locks^0.75 OR locking^0.75 OR pages',
    'two forms of a word share 3c / (c + 2)',
  ],
  ['articles about the locks', 'articles^0.3 OR locks', 'of a sentence, words about the request count less'],
  ['find command', 'find OR command', 'of two keywords, none is about the request'],
])('%s: %s, for %s', async (query, expected) => {
  expect((await weighed(query)).query).toBe(expected)
})

test('under --all every word is demanded and stands', async () => {
  expect((await weighed('the page', undefined, true)).query).toBe('the AND page')
})

test('a word may be a function word of another language; two more of them tell that language', async () => {
  expect(await weighed('world war')).toMatchObject({ language: 'en', ignored: [] })
  expect(await weighed('wie ist das Wetter morgen')).toMatchObject({
    language: 'de',
    ignored: ['wie', 'ist', 'das'],
  })
  expect(await weighed('die Wetterlage morgen früh', { de: 5, en: 1 })).toMatchObject({ ignored: ['die'] })
})

test('where no list tells, a word in a third of all chunks is a function word', async () => {
  expect(await weighed('αέρας και νερό φως', { el: 10 })).toMatchObject({ language: 'el', ignored: ['και'] })
})

test('a few words and nothing else are keywords', async () => {
  expect((await weighed('page lock')).isKeywords).toBe(true)
  for (const query of [
    'จอช นอร์แมน',
    'page',
    'the page lock',
    'page "a lock"',
    'a^2 b',
    'one two three four five',
  ])
    expect([query, (await weighed(query)).isKeywords]).toEqual([query, false])
})
