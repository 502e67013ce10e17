import fc from 'fast-check'
import { expect, test } from 'vitest'
import { GleanError } from '../../src/errors.ts'
import { expandRegex } from '../../src/search/regex.ts'
import { CHARACTERS, contents } from './term-arbitrary.ts'
import { union, withDictionaries } from './with-dictionaries.ts'

const atom = fc.constantFrom(
  ...[
    ...CHARACTERS,
    'A',
    'É',
    '.',
    '.',
    '\\d',
    '\\w',
    '\\W',
    '[a-e]',
    '[^a-e]',
    '[é字1]',
    '[^]',
    '[]',
    '[\\]b]',
  ],
  ...['\\p{L}', '\\P{Lu}', '\\u{20bb7}', '\\ud842\\udfb7', '\\u0061', '\\x62', '\\.', '^', '$', '()'],
)
const quantifier = fc.constantFrom('', '', '', '*', '+', '?', '*?', '{2}', '{1,}', '{0,2}', '{1,2}?')
const { pattern } = fc.letrec<{ pattern: string; part: string; group: string }>(tie => ({
  pattern: fc
    .array(
      fc.array(tie('part'), { maxLength: 4 }).map(parts => parts.join('')),
      { minLength: 1, maxLength: 3 },
    )
    .map(branches => branches.join('|')),
  part: fc.oneof(
    { depthSize: 'small' },
    fc.tuple(atom, quantifier).map(([text, times]) => (/^[\^$]$/.test(text) ? text : text + times)),
    fc.tuple(tie('group'), quantifier).map(([text, times]) => text + times),
  ),
  group: fc
    .tuple(fc.constantFrom('(', '(?:', '(?<name>'), tie('pattern'))
    .map(([open, in_]) => `${open}${in_})`),
}))

/** Names of groups may stand once; and what doubles a part is bounded, so that no pattern is refused for its size. */
const isPattern = (source: string) =>
  source.split('(?<name>').length <= 2 && source.length <= 40 && source.split(/[+{]/).length <= 4

test('a pattern matches the terms that JavaScript matches whole, in order, each once', async () => {
  const patterns = fc.array(pattern.filter(isPattern), { minLength: 1, maxLength: 20 })
  await fc.assert(
    fc.asyncProperty(contents, patterns, async (lists, sources) => {
      await withDictionaries(lists, async dictionaries => {
        for (const source of sources) {
          const naive = new RegExp(`^(?:${source})$`, 'iu')
          const wanted = union(lists).filter(term => naive.test(term))
          expect(await expandRegex(dictionaries, source), source).toEqual(wanted)
        }
      })
    }),
    { numRuns: 60 },
  )
})

test('a word is bounded at its ends, and accents may be typed apart', async () => {
  await withDictionaries([['café', 'memory', 'memories', 'in-memory']], async dictionaries => {
    expect(await expandRegex(dictionaries, '\\bMEM.*y\\b')).toEqual(['memory'])
    expect(await expandRegex(dictionaries, 'cafe\u0301')).toEqual(['café'])
    expect(await expandRegex(dictionaries, 'mem\\b.*')).toEqual([])
  })
})

test('letters that have two small forms find both, also at the beginning', async () => {
  await withDictionaries([['σοφοσ', 'σοφος', 'ςα', 'τα', '漢字']], async dictionaries => {
    expect(await expandRegex(dictionaries, 'Σ.*')).toEqual(['ςα', 'σοφος', 'σοφοσ'])
    expect(await expandRegex(dictionaries, 'ς.*ς')).toEqual(['σοφος', 'σοφοσ'])
    expect(await expandRegex(dictionaries, '漢.')).toEqual(['漢字'])
  })
})

test('what is no pattern, or none that one pass can match, is refused with the pattern and the reason', async () => {
  const wrong = ['(', 'a)', '[a', 'a{2,1}', '*', '\\', '(a)\\1', '(?=a)b', 'a(?<!b)', '\\B', '(?<n>a)\\k<n>']
  for (const source of [
    ...wrong,
    '(a{1000}){1000}',
    `${'('.repeat(5000)}${')'.repeat(5000)}`,
    'a{9999999999}',
  ]) {
    const refused = await expandRegex([], source).catch((thrown: unknown) => thrown)
    expect(refused, source).toBeInstanceOf(GleanError)
    expect(refused).toMatchObject({ code: 'usage' })
    expect((refused as GleanError).message).toContain(`/${source}/: `)
    expect((refused as GleanError).message).not.toContain('\n')
  }
})

test('a pattern that takes JavaScript forever takes no time here', async () => {
  const terms = Array.from({ length: 128 }, (_, number) => 'a'.repeat(number + 1))
  await withDictionaries([terms], async dictionaries => {
    expect(await expandRegex(dictionaries, '(a+)+b')).toEqual([])
    expect(await expandRegex(dictionaries, '((a|aa)*)*c|(.*a){20}')).toEqual(terms.slice(19))
    expect(await expandRegex(dictionaries, '(((a*)*)*)*$')).toEqual(terms)
  })
})
