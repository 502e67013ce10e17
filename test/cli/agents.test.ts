/** AGENTS.md: every command on the page works as it stands, over the seeds. */
import { cpSync, existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { world } from '../world.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const page = readFileSync(`${root}AGENTS.md`, 'utf8')
const commands = [...page.matchAll(/^\$ (.*)$/gm)].map(([, command]) => command!)

/** The one question of the page that nothing answers. */
const UNANSWERED = 'zyzzyva'

test.skipIf(!existsSync(`${root}seeds`))('the commands of AGENTS.md do what the page says', async () => {
  const here = world()
  cpSync(`${root}seeds`, here.path('seeds'), { recursive: true })
  await here.index('seeds')
  expect(commands.length).toBeGreaterThan(8)
  for (const command of commands) {
    const { stdout, stderr, code } = await here.shell(command)
    expect([command, code, stderr.replace(/^glean: same: .*\n/gm, '')]).toEqual([
      command,
      command.includes(UNANSWERED) ? 1 : 0,
      '',
    ])
    expect(stdout.length).toBeGreaterThan(10)
  }
})

test('AGENTS.md is in the package, and names the verdicts there are', () => {
  expect(JSON.parse(readFileSync(`${root}package.json`, 'utf8')).files).toContain('AGENTS.md')
  const schema = (name: string) => JSON.parse(readFileSync(`${root}schema/${name}.json`, 'utf8'))
  const verdicts = [
    ...schema('search').$defs.answerFacts.properties.verdict.enum,
    ...schema('passage').properties.verdict.enum,
  ]
  for (const verdict of verdicts) expect(page).toContain(`| \`${verdict}\` |`)
})
