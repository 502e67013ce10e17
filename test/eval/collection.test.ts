/** Files of a collection as people have them: marks, blank lines, odd spacing; and what is wrong, told with its line. */
import { expect, test } from 'vitest'
import { readCorpus, readQrels, readQueries } from '../../src/eval/collection.ts'
import { world } from '../world.ts'

const MARK = '\ufeff'

test('a byte order mark, CRLF and blank lines are no part of the files', async () => {
  const here = world({
    'corpus.jsonl': `${MARK}{"id":"a","text":"x"}\r\n\r\n{"_id":2,"title":"y"}\r\n`,
    'queries.jsonl': `${MARK}\r\n{"id":"1","text":"x"}\r\n2\ty z\r\n`,
    'qrels.tsv': `${MARK}\r\nquery-id\tcorpus-id\tscore\r\n1\ta\t2\r\n`,
  })
  const documents = []
  for await (const document of readCorpus(here.path('corpus.jsonl'))) documents.push(document)
  expect(documents).toEqual([
    { id: 'a', title: '', text: 'x' },
    { id: '2', title: 'y', text: '' },
  ])
  expect(readQueries(here.path('queries.jsonl')).map(({ id, text }) => [id, text])).toEqual([
    ['1', 'x'],
    ['2', 'y z'],
  ])
  expect(readQrels(here.path('qrels.tsv'))).toEqual(new Map([['1', new Map([['a', 2]])]]))
})

test('judgements are separated by tabs, where an id may hold a space, or by any white space', () => {
  const file = world({ 'qrels.tsv': '1\t a b.md \t1\n1 0\tc 2\n  1   Q0 d -1\n' }).path('qrels.tsv')
  const judged = { 'a b.md': 1, c: 2, d: -1 }
  expect(readQrels(file)).toEqual(new Map([['1', new Map(Object.entries(judged))]]))
})

test('an id that comes twice or loses digits, and a row without text, are told with their line', async () => {
  const here = world({
    'twice.jsonl': '{"id":"a","text":"x"}\n\n{"id":"a","text":"y"}\n',
    'none.jsonl': '{"id":"a","contents":"x"}\n',
    'long.jsonl': '{"id":12345678901234567890,"text":"x"}\n',
  })
  const corpusOf = async (name: string) => {
    for await (const _ of readCorpus(here.path(name)));
  }
  for (const read of [corpusOf, async (name: string) => readQueries(here.path(name))]) {
    await expect(read('twice.jsonl')).rejects.toThrow('twice.jsonl:3 has the id of line 1: a')
    await expect(read('none.jsonl')).rejects.toThrow('none.jsonl:1 should be a JSON object with a "text"')
    await expect(read('long.jsonl')).rejects.toThrow(
      'long.jsonl:1 should be a JSON object with an "id" of more',
    )
  }
})
