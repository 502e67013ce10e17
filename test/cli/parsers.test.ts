import fc from 'fast-check'
import { expect, test } from 'vitest'
import { flagsOf } from '../../src/cli/flags.ts'
import { PLAIN, readPlainLine } from '../../src/cli/plain-line.ts'
import { has, type Typed } from '../../src/cli/typed.ts'
import { typedByYargs } from '../../src/cli/yargs.ts'

/** Query words that parsers like to change. */
const TRICKY = [
  ...['1.10', '007', '1e3', '0x10', '-', '', 'true', 'false', 'help', '-5', '-.5', '1_000', 'NaN', 'null'],
  ...['__proto__', 'constructor', 'a=b', 'a.b', '"quoted"', "'single'", 'ab cd', '--', '---', 'search', 'ü'],
]

const flags = PLAIN.flatMap(command => flagsOf(command))
const flagWord = fc.constantFrom(...flags).chain(({ name, letters = [], value }) => {
  const names = [`--${name}`, ...letters.map(letter => `-${letter}`)]
  const withValue = fc
    .tuple(fc.constantFrom(...names), fc.constantFrom('=', ''), fc.constantFrom('5', 'x', '', 'json', '-1'))
    .map(([flag, sign, text]) => flag + sign + text)
  const bare = fc.constantFrom(...names)
  return value === undefined
    ? fc.oneof({ weight: 4, arbitrary: bare }, { weight: 1, arbitrary: withValue })
    : fc.oneof(bare, withValue)
})
const cluster = fc
  .array(fc.constantFrom(...flags.flatMap(({ letters = [] }) => letters)), { minLength: 2, maxLength: 4 })
  .map(letters => `-${letters.join('')}`)
const unknown = fc.constantFrom(
  '-linux',
  '--limt',
  '--no-all',
  '-x',
  '--include',
  '--__proto__',
  '-n.5',
  '--toString=1',
)
const argument = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...TRICKY) },
  { weight: 6, arbitrary: flagWord },
  { weight: 2, arbitrary: cluster },
  { weight: 1, arbitrary: unknown },
  { weight: 2, arbitrary: fc.string() },
)

const outcome = async (reading: Promise<Typed | undefined>) => {
  try {
    const line = await reading
    if (line === undefined || has(line, 'help') || has(line, 'version')) return 'help'
    return { words: line.words, flags: Object.fromEntries(line.flags) }
  } catch (thrown) {
    return (thrown as Error).message
  }
}

test.each(PLAIN)('yargs and the plain parser read every line of %s alike', async command => {
  await fc.assert(
    fc.asyncProperty(fc.array(argument, { maxLength: 7 }), async rest => {
      const args = [command, ...rest]
      expect(await outcome(readPlainLine(args))).toEqual(await outcome(typedByYargs(command, args)))
    }),
    { numRuns: 200 },
  )
})

const readers = {
  'the plain parser': (args: string[]) => readPlainLine(args) as Promise<Typed>,
  yargs: (args: string[]) => typedByYargs('search', args),
}

for (const [name, read] of Object.entries(readers)) {
  const words = async (...rest: string[]) => (await read(['search', ...rest])).words
  const values = async (flag: string, ...rest: string[]) => (await read(['search', ...rest])).flags.get(flag)

  test.each(TRICKY.filter(word => word !== '--'))(
    `${name} leaves the word %j as it was typed`,
    async word => {
      expect(await words('before', word, 'after')).toEqual(['before', word, 'after'])
      expect(await words('--all', word)).toEqual([word])
      expect(await words('--', word)).toEqual([word])
    },
  )

  test(`${name} takes everything after -- for words`, async () => {
    expect(await words('kernel', '--', '-linux', '--all', '--', '-n5')).toEqual([
      'kernel',
      '-linux',
      '--all',
      '--',
      '-n5',
    ])
  })

  test(`${name} knows every way to give a number`, async () => {
    for (const way of [
      ['-n5'],
      ['-n', '5'],
      ['-n=5'],
      ['--limit=5'],
      ['--limit', '5'],
      ['-m', '5'],
      ['-m5'],
    ]) {
      expect(await values('limit', 'x', ...way)).toEqual(['5'])
    }
  })

  test(`${name} lets the last one of a repeated flag count, and all of -e`, async () => {
    expect(await values('limit', '-n', '3', 'x', '--limit=7', '-m5')).toEqual(['5'])
    expect(await values('query', '-e', '-linux', 'x', '-e', '--all', '-e', '')).toEqual([
      '-linux',
      '--all',
      '',
    ])
  })

  test(`${name} takes apart letters that are written together`, async () => {
    const line = await read(['search', '-lqn5', 'x'])
    expect([...line.flags].sort()).toEqual([
      ['files', []],
      ['limit', ['5']],
      ['quiet', []],
    ])
  })

  test.each([
    [['--limt', '3'], 'unknown flag --limt; did you mean --limit?'],
    [['--hyperlink=vscode'], 'unknown flag --hyperlink; did you mean --hyperlink-format?'],
    [
      ['kernel', '-linux'],
      'unknown flag -linux; a query word that begins with "-" needs -e before it, or -- before all words',
    ],
    [['--include', 'a'], 'unknown flag --include; a query word'],
    [['x', '--limit'], '--limit needs a value'],
    [
      ['x', '--index', '--json'],
      '--index needs a value, and got the flag --json; if that is meant: --index=--json',
    ],
    [['x', '--path', '-l'], '--path needs a value, and got the flag -l'],
    [['x', '-n'], '-n needs a value'],
    [['--all=yes'], '--all takes no value'],
    [
      ['--format', 'html', 'x'],
      '--format takes pretty, plain, json, jsonl, vimgrep, markdown, evidence, paths; got "html"',
    ],
    [['--color=blue', 'x'], '--color takes auto, always, never; got "blue"'],
  ])(`${name} refuses %j`, async (rest, message) => {
    await expect(read(['search', ...rest])).rejects.toThrow(message)
  })
}
