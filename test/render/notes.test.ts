import { expect, test } from 'vitest'
import { notesOf } from '../../src/render/notes.ts'
import { answer, hit } from './hits.ts'

test.each(['...', '???', '❤️', '"--"'])('that %s holds no word is said where nothing is found', query => {
  expect(notesOf(answer([], { query }))).toEqual(['the query has no letter or digit to look for'])
  expect(notesOf(answer([hit('[a]')], { query }))).toEqual([])
})

test('what could be found is another matter', () => {
  expect(notesOf(answer([], { query: 'word' }))).toEqual([])
  expect(notesOf(answer([], { query: '' }))).toEqual([])
  expect(notesOf(answer([], { query: '😀', absent: ['😀'] }))).toEqual(['not in the index: 😀'])
})

test('what to do names the index, where it is not the usual one', () => {
  const stale = { new: 1, changed: 0, gone: 0 }
  const indexes = [{ index: 'my.ix', documents: 1, chunks: 1 }]
  expect(notesOf(answer([], { stale, indexes }))).toEqual([
    'the index is behind: 1 new file, 0 changed, 0 gone; bring it up to date: glean index --index my.ix',
  ])
})
