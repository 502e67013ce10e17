import { expect, test } from 'vitest'
import { hasScript, onTerminal } from '../terminal.ts'
import { world } from '../world.ts'

const docs = { 'docs/a.md': '# Whales\n\nA whale sings.\n' }

test('--pager hands the coloured text to PAGER on a terminal, and to nobody elsewhere', async context => {
  if (!hasScript()) return context.skip('no script(1) to make a terminal with')
  const here = await world(docs).index('docs')
  const env = { PAGER: 'tee paged | tr a-z A-Z' }
  const shown = await onTerminal(here, { env }, 'search', '--pager', 'whale')
  expect(shown).toContain('SINGS.')
  expect((await here.shell('cat paged')).stdout).toContain('\u001b[1;31mwhale\u001b[0m')
  expect((await here.runWith({ env }, 'search', '--pager', 'whale')).stdout).toBe(
    'docs/a.md:1:3: # Whales A whale sings.\n',
  )
  expect(await onTerminal(here, { env }, 'show', '--pager', 'a.md')).toContain('A WHALE SINGS.')
})

test('a pager that is not there is an error that names it; one that is left early is none', async context => {
  if (!hasScript()) return context.skip('no script(1) to make a terminal with')
  const here = await world({ 'docs/a.txt': 'A whale.\n\n'.repeat(20_000) }).index('docs')
  const none = await onTerminal(here, { env: { PAGER: 'nopager' } }, 'search', '--pager', 'whale')
  expect(none).toContain('glean: cannot run the pager nopager')
  const left = await onTerminal(here, { env: { PAGER: 'true' } }, 'show', '--pager', 'a.txt')
  expect(left).toBe('')
})
