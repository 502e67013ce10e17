/**
 * Files that others have made: the documentation of Debian in several forms, and a manual in ten languages. The same words
 * have to be found in each form, at a place a reader can go to. Skipped where these packages are not installed.
 */
import { existsSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { world } from '../world.ts'

const REFERENCE = '/usr/share/developers-reference'
const POLICY = '/usr/share/doc/debian-policy'
const MANUALS = '/usr/share/doc/live-manual/odt'

/** In CI they are there, and a test that finds them missing fails. */
const isHere = (folder: string) => existsSync(folder) || process.env.CI === 'true'

interface Hit {
  path: string
  line: number
  position?: Record<string, string | number>
  heading: string[]
  excerpt: string
}

/** The counts, for whoever reads the log. */
function tell(what: string, { documents, leftOut }: { documents: number; leftOut: unknown[] }): void {
  process.stdout.write(`${what}: ${documents} documents, ${leftOut.length} left out\n`)
}

async function indexed(...folders: string[]) {
  const here = world()
  const { stdout } = await here.run('index', ...folders, '--no-ignore', '--json')
  const report = JSON.parse(stdout)
  const search = async (...query: string[]): Promise<Hit[]> =>
    JSON.parse((await here.run('search', '--json', '-n', '50', ...query)).stdout).hits
  return { report, search }
}

test.skipIf(!isHere(REFERENCE))('one book as HTML, PDF, EPUB and packed text', async () => {
  const { report, search } = await indexed(REFERENCE)
  tell('developers-reference', report)
  expect(report.leftOutCounts).not.toHaveProperty('damaged')
  const hits = await search('"going on vacation gracefully"')
  const first = (ending: string) => hits.find(({ path }) => path.endsWith(ending))
  expect(first('developer-duties.html')).toMatchObject({ position: { anchor: expect.any(String) } })
  expect(first('.epub')).toMatchObject({ position: { chapter: expect.stringContaining('Duties') } })
  expect(first('.txt.gz')).toBeDefined()
  const pdf = hits.find(({ path, heading }) => path.endsWith('.pdf') && heading.join().includes('vacation'))
  expect(pdf).toMatchObject({ position: { page: expect.any(Number) } })
})

test.skipIf(!isHere(POLICY))('a policy of many pages, as pages of the web and as packed PDF', async () => {
  const { report, search } = await indexed(POLICY)
  tell('debian-policy', report)
  const hits = await search('--all', 'source package control fields', '--path', '*.pdf.gz')
  expect(hits.length).toBeGreaterThan(0)
  expect(hits[0]).toMatchObject({ position: { page: expect.any(Number) } })
})

test.skipIf(!isHere(MANUALS))('a manual in ten languages as OpenDocument', async () => {
  const manuals = readdirSync(MANUALS).filter(name => name.endsWith('.odt'))
  const { report, search } = await indexed(MANUALS)
  tell('live-manual', report)
  expect(report).toMatchObject({ documents: manuals.length, leftOut: [], doubts: [] })
  expect((await search('Handbuch'))[0]?.path).toBe('live-manual.de.odt')
  expect((await search('マニュアル'))[0]?.path).toBe('live-manual.ja.odt')
})
