import { expect, test } from 'vitest'
import { type Pattern, PatternMatcher, sizeOf } from '../../src/search/automaton.ts'

const one = (character: string): Pattern => ({
  kind: 'character',
  test: point => point === character.codePointAt(0),
})
const ANY: Pattern = { kind: 'character', test: () => true }
const repeat = (child: Pattern, least: number, most = least): Pattern => ({
  kind: 'repeat',
  child,
  least,
  most,
})

function matches(matcher: PatternMatcher, term: string): boolean {
  const points = [...term].map(character => character.codePointAt(0)!)
  return points.every((point, depth) => matcher.enter(depth, point)) && matcher.accepts(points.length)
}

test('a pattern with more states than are kept still matches what it should, also where it is set back', () => {
  // An a at the 13th place from the end: each of the 2^13 ways to have had an a lately is a state of its own.
  const parts = [repeat(ANY, 0, Number.POSITIVE_INFINITY), one('a'), repeat(ANY, 12)]
  const matcher = new PatternMatcher({ kind: 'sequence', parts })
  const wrong: string[] = []
  let before = ''
  for (let number = 0; number < 2 ** 15; number++) {
    const term = number.toString(2).padStart(15, '0').replaceAll('0', 'a').replaceAll('1', 'b')
    let depth = 0
    while (depth < term.length && term[depth] === before[depth]) depth++
    for (; depth < term.length; depth++) matcher.enter(depth, term.charCodeAt(depth))
    if (matcher.accepts(15) !== (term.at(-13) === 'a')) wrong.push(term)
    before = term
  }
  expect(wrong).toEqual([])
})

test('a pattern that tells more characters apart than its table has room for matches them all', () => {
  const letters = Array.from({ length: 150 }, (_, number) => String.fromCodePoint(0x4e00 + number * 7))
  const matcher = new PatternMatcher(repeat({ kind: 'choice', branches: letters.map(one) }, 3))
  for (let at = 0; at + 3 <= letters.length; at++) {
    expect(matches(matcher, letters.slice(at, at + 3).join(''))).toBe(true)
    expect(matches(matcher, `${letters[at]}${letters[at + 1]}\u4e01`)).toBe(false)
  }
})

test('bounds hold at the ends of a term only', () => {
  const start: Pattern = { kind: 'start' }
  const end: Pattern = { kind: 'end' }
  const bounded = (parts: Pattern[]) => new PatternMatcher({ kind: 'sequence', parts })
  expect(matches(bounded([start, start, one('a'), end, end]), 'a')).toBe(true)
  expect(matches(bounded([one('a'), start, one('b')]), 'ab')).toBe(false)
  expect(matches(bounded([one('a'), end, one('b')]), 'ab')).toBe(false)
  expect(matches(bounded([start, end]), '')).toBe(true)
  expect(matches(bounded([end, start]), '')).toBe(true)
  expect(matches(bounded([end, start, one('a')]), 'a')).toBe(false)
})

test('the size of a pattern counts its repetitions', () => {
  expect(sizeOf(repeat(repeat(ANY, 1000), 1000))).toBeGreaterThan(1_000_000)
  expect(sizeOf(repeat({ kind: 'sequence', parts: [] }, 1e9))).toBeGreaterThan(1e9)
  expect(sizeOf(repeat(ANY, 3, Number.POSITIVE_INFINITY))).toBe(5)
})
