/** The completion scripts, in the shells they are for. */
import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { hasTmux, Terminal } from '../tmux.ts'
import { COMMAND, world } from '../world.ts'

function has(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const CASES: readonly (readonly [words: string, completions: string])[] = [
  ['glean sea', 'search'],
  ['glean search --hyp', '--hyperlink-format'],
  ['glean search --format js', 'json jsonl'],
  ['glean eval --by', '--by-query'],
  ['glean index do', 'docs'],
  ['glean completion z', 'zsh'],
  ['glean export m', 'minisearch'],
  ['glean stats --color a', 'always auto'],
]

test.each(CASES)('bash completes %j with %j', async (words, completions) => {
  const here = world({ 'docs/a.md': '' })
  const { stdout, stderr } = await here.shell(`
    source <(glean completion bash)
    COMP_WORDS=(${words}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _glean
    printf '%s\\n' "\${COMPREPLY[@]}"`)
  expect({ words: stdout.trim().split('\n').sort().join(' '), stderr }).toEqual({
    words: completions,
    stderr: '',
  })
})

test('bash completes the value after a sign of equality', async () => {
  const { stdout } = await world().shell(`
    source <(glean completion bash)
    COMP_WORDS=(glean search --sort = pa); COMP_CWORD=4; _glean; echo "\${COMPREPLY[@]}"
    COMP_WORDS=(glean search --sort =); COMP_CWORD=3; _glean; echo "\${COMPREPLY[@]}"`)
  expect(stdout).toBe('path\nscore path\n')
})

test('fish completes the same', async context => {
  if (!has('fish')) return context.skip('no fish on this machine')
  const here = world({ 'docs/a.md': '', 'glean.fish': (await world().run('completion', 'fish')).stdout })
  for (const [words, completions] of CASES) {
    const { stdout, stderr } = await here.shell(
      `fish --no-config -c "source glean.fish; complete -C '${words}'"`,
    )
    const found = stdout.split('\n').map(line => line.split('\t')[0]!.replace(/\/$/, ''))
    expect([words, found.filter(Boolean).sort().join(' '), stderr]).toEqual([words, completions, ''])
  }
})

test('zsh completes in a terminal', async context => {
  if (!has('zsh') || !hasTmux()) return context.skip('no zsh or no tmux on this machine')
  const here = world({ 'docs/a.md': '' })
  const terminal = new Terminal(here, { columns: 100 })
  terminal.type(`PS1='%% ' zsh -f`).press('Enter')
  await terminal.until(/^% $|% *$/m)
  terminal.type(
    `autoload -U compinit; compinit -u -d zcompdump; source <('${process.execPath}' '${COMMAND}' completion zsh); clear`,
  )
  terminal.press('Enter')
  await terminal.until(/^%\s*$/)
  for (const [typed, shown] of [
    ['glean sear', 'glean search'],
    ['glean search --hyp', 'glean search --hyperlink-format'],
    ['glean search --sort pa', 'glean search --sort path'],
    ['glean index do', 'glean index docs'],
  ] as const) {
    terminal.type(typed).press('Tab')
    await terminal.until(shown)
    terminal.press('C-u')
  }
})

test('another shell is refused by name', async () => {
  expect(await world().run('completion', 'tcsh')).toMatchObject({
    code: 2,
    stderr: 'glean: there is no completion for "tcsh", only for bash, zsh, fish\n',
  })
})

test('the man page has every command and flag, and nothing troff warns of', async context => {
  if (!has('groff')) return context.skip('no groff on this machine')
  const page = COMMAND.replace('cli.js', 'glean.1')
  const { stdout, stderr } = await world().shell(`groff -man -Tascii -ww -P-cbou -rLL=90n '${page}'`)
  expect(stderr).toBe('')
  for (const text of [
    'glean search <QUERY..>',
    '-n, -m, --limit N',
    '--hyperlink-format FORMAT',
    'GLEAN_INDEX',
  ]) {
    expect(stdout.replace(/\s+/g, ' ')).toContain(text)
  }
})
