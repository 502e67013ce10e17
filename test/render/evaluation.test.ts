/** Measures fit the terminal: side by side where there is room, else one query below the other. */
import { expect, test } from 'vitest'
import type { Evaluation } from '../../src/eval/evaluation.ts'
import { renderEvaluation } from '../../src/render/evaluation.ts'
import { cellWidth } from '../../src/render/width.ts'

const measures = { 'ndcg@10': 0.5, map: 0.25, mrr: 1, 'p@10': 0.1, 'recall@100': 1 }
const evaluation = {
  collection: 'whales',
  means: measures,
  byQuery: [{ query: 'q1', ...measures }],
} as Evaluation
const shown = (width: number) =>
  renderEvaluation(evaluation, {
    width,
    color: false,
    byQuery: true,
    textOf: () => 'which of the whales dives for an hour',
  })

test('side by side', () => {
  expect(shown(80)).toMatchInlineSnapshot(`
    "whales  1 judged query
            nDCG@10     MAP     MRR    P@10  Recall@100
      q1     0.5000  0.2500  1.0000  0.1000      1.0000  which of the whales dives…
      mean   0.5000  0.2500  1.0000  0.1000      1.0000
    "
  `)
})

test('where that is too wide, below each other, no line too wide and no figure broken', () => {
  expect(shown(40)).toMatchInlineSnapshot(`
    "whales  1 judged query
      q1  which of the whales dives for an…
        nDCG@10 0.5000 · MAP 0.2500 ·
        MRR 1.0000 · P@10 0.1000 ·
        Recall@100 1.0000
      mean
        nDCG@10 0.5000 · MAP 0.2500 ·
        MRR 1.0000 · P@10 0.1000 ·
        Recall@100 1.0000
    "
  `)
  for (const width of [24, 30, 40, 50])
    for (const line of shown(width).trimEnd().split('\n')) {
      expect(cellWidth(line)).toBeLessThanOrEqual(width)
      expect(line).not.toMatch(/(nDCG@10|MAP|MRR|P@10|Recall@100|\d\.\d{0,3})$/)
    }
})
