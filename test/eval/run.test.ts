/** A run is read back as it was written, and what is no run is told so with its place. */
import { expect, test } from 'vitest'
import { namedAs, readRun, writeRun } from '../../src/eval/run.ts'
import { world } from '../world.ts'

test('six columns; scores fall with every rank, also where two are equal', () => {
  const ranking = [
    { id: 'x', score: 2.5 },
    { id: 'a b', score: 2.5 },
    { id: 'y', score: 0 },
  ]
  expect(writeRun(new Map([['7', ranking]]), 'gleaner')).toBe(
    '7 Q0 x 1 2.500000 gleaner\n7 Q0 a_b 2 2.499999 gleaner\n7 Q0 y 3 0.000000 gleaner\n',
  )
})

test('a run goes by its scores, whatever the order of its lines and its ranks; a document counts once', () => {
  const file = world({
    'a.run': '1 Q0 low 1 0.5 x\n1 Q0 high 2 9e1 x\r\n2\tQ0\tz\t1\t1\tx\n1 Q0 low 3 0.1 x\n',
  })
  const run = readRun(file.path('a.run'))
  expect([...run].map(([query, ranking]) => [query, ranking.map(({ id }) => id)])).toEqual([
    ['1', ['high', 'low']],
    ['2', ['z']],
  ])
})

test('ids with white space come back as the judgements have them', () => {
  const qrels = new Map([['q 1', new Map(Object.entries({ 'a b': 1, 'c d': 1, c_d: 1 }))]])
  const ranking = ['a b', 'c_d', 'e'].map((id, at) => ({ id, score: 3 - at }))
  const here = world({ 'a.run': writeRun(new Map([['q 1', ranking]]), 'x') })
  const run = namedAs(qrels, readRun(here.path('a.run')))
  expect(run).toEqual(new Map([['q 1', ranking]]))
})

test.each(['hello', '1 Q0 my doc 1 0.5 x', '1 Q0 a 1 high x', '1 Q0 a 1'])(
  'what is no run is refused with its line: %s',
  line => {
    const file = world({ 'b.run': `1 Q0 a 1 0.5 x\n1 Q0 a 1 0.5\n${line}\n` }).path('b.run')
    expect(() => readRun(file)).toThrow(`${file}:3 is no line of a TREC run`)
  },
)

test('a run that is not there is told so', () => {
  const file = world({}).path('b.run')
  expect(() => readRun(`${file}.not`)).toThrow('cannot read the run')
})
