import { expect, test } from 'vitest'
import { analyzerEntry, buildStemmers, formLanguages } from '../../src/build/words.ts'
import { STEMMERS } from '../../src/text/stem.ts'

test('English has a form table always, another language from one per cent of the documents on', () => {
  expect(formLanguages({}, 0)).toEqual(['en'])
  expect(formLanguages({ en: 989, de: 10, fr: 9 }, 1000)).toEqual(['de', 'en'])
  expect(formLanguages({ ru: 1, de: 2 }, 3)).toEqual(['de', 'en', 'ru'])
})

test('languages without a stemmer, and documents without a language, get no table', () => {
  expect(formLanguages({ ja: 50, '': 30, constructor: 20 }, 100)).toEqual(['en'])
})

test('analyzer and stemmers name the same languages in the same order', async () => {
  const languages = formLanguages({ de: 1, ar: 1 }, 2)
  expect(Object.entries(analyzerEntry(languages).stemmers)).toEqual([
    ['ar', STEMMERS.ar!.id],
    ['de', STEMMERS.de!.id],
    ['en', STEMMERS.en!.id],
  ])
  const stemmers = await buildStemmers(languages)
  expect([...stemmers.keys()]).toEqual(languages)
  expect(stemmers.get('de')!('häuser')).toBe('haus')
})
