/** The package as npm would publish it: what is in it, how its types resolve, and that it works where it is installed. */
import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryFolder } from './temporary-folder.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const execute = promisify(execFile)

/** A project with the packed package and its dependencies, and nothing else. */
let project: string
let tarball: string
let packed: { files: { path: string; size: number }[]; unpackedSize: number }

beforeAll(async () => {
  if (!existsSync(join(root, 'dist/types/index.d.ts')))
    execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], { cwd: root })
  project = temporaryFolder('package', afterAll)
  const packing = ['pack', '--json', '--ignore-scripts', '--pack-destination', project]
  const { stdout } = await execute('npm', packing, { cwd: root, maxBuffer: 1 << 26 })
  packed = JSON.parse(stdout)[0]
  tarball = join(project, (packed as unknown as { filename: string }).filename)
  const modules = join(project, 'node_modules')
  mkdirSync(join(modules, 'gleaner'), { recursive: true })
  await execute('tar', ['-xzf', tarball, '-C', join(modules, 'gleaner'), '--strip-components=1'])
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  for (const name of Object.keys(dependencies))
    symlinkSync(join(root, 'node_modules', name), join(modules, name))
  writeFileSync(join(project, 'package.json'), '{"type":"module"}')
}, 120_000)

test('holds what is needed to use it, and no more', () => {
  const paths = packed.files.map(({ path }) => path)
  const folders = new Set(paths.map(path => path.split('/')[0]))
  expect([...folders].sort()).toEqual([
    'AGENTS.md',
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'dist',
    'docs',
    'package.json',
    'schema',
  ])
  expect(paths).toContain('dist/LICENCES.txt')
  expect(packed.unpackedSize).toBeLessThan(12e6)
})

test('publint has nothing to say', async () => {
  const pkgDir = join(project, 'node_modules/gleaner')
  const pkg = JSON.parse(readFileSync(join(pkgDir, 'package.json'), 'utf8'))
  const { messages } = await publint({ pkgDir, pack: false, strict: true })
  expect(messages.map(message => formatMessage(message, pkg))).toEqual([])
})

test('the types are right, for every way to resolve them', { timeout: 120_000 }, async () => {
  const { problems = [] } = (await checkPackage(
    createPackageFromTarballData(new Uint8Array(readFileSync(tarball))),
    {
      excludeEntrypoints: ['./schema/*'],
    },
  )) as { problems?: { kind: string; resolutionKind?: string }[] }
  // Modules alone, on purpose: from CommonJS it is reached by import(). The oldest way knows no exports at all.
  const others = problems.filter(
    ({ kind, resolutionKind }) => kind !== 'CJSResolvesToESM' && resolutionKind !== 'node10',
  )
  expect(others).toEqual([])
})

const PROGRAM = `
import { buildIndex, GleanError, openIndex, type Hit, type SearchOptions } from 'gleaner'
import { openIndex as openInBrowser } from 'gleaner/browser'

const options: SearchOptions = { limit: 1 }
const report = await buildIndex({ paths: ['docs'], index: 'index' })
const index = await openIndex('index')
const { hits } = await index.search('whale', options)
const hit: Hit | undefined = hits[0]
const failed = await openInBrowser('http://127.0.0.1:9/').catch((thrown: unknown) => (thrown as GleanError).code)
console.log(JSON.stringify([report.documents, hit?.path, hit?.line, failed]))
await index.close()
`

test.each(['nodenext', 'bundler'])(
  'a program is checked and runs, types resolved by %s',
  { timeout: 120_000 },
  async resolution => {
    mkdirSync(join(project, 'docs'), { recursive: true })
    writeFileSync(join(project, 'docs/a.md'), 'Here is a whale.\n')
    writeFileSync(join(project, 'program.ts'), PROGRAM)
    const compilerOptions = {
      module: resolution === 'bundler' ? 'esnext' : 'nodenext',
      moduleResolution: resolution,
      target: 'es2022',
      lib: ['es2023', 'dom', 'dom.asynciterable'],
      strict: true,
      types: [],
      outDir: 'out',
    }
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.ts'] }))
    const { stdout } = await execute(join(root, 'node_modules/.bin/tsc'), ['-p', project]).catch(
      thrown => thrown,
    )
    expect(stdout).toBe('')
    const ran = await execute(process.execPath, ['out/program.js'], { cwd: project })
    expect(JSON.parse(ran.stdout)).toEqual([1, 'a.md', 1, 'io'])
  },
)

test('the command runs where it is installed', async () => {
  mkdirSync(join(project, 'docs'), { recursive: true })
  writeFileSync(join(project, 'docs/a.md'), 'Here is a whale.\n')
  const { bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { bin: { glean: string } }
  const glean = (...args: string[]) =>
    execute(process.execPath, [join('node_modules/gleaner', bin.glean), ...args], { cwd: project })
  await glean('index', 'docs', '--index', 'other')
  expect((await glean('search', 'whale', '--index', 'other', '-c')).stdout).toBe('1\n')
  await glean('export', 'site', 'site', '--index', 'other')
  expect(existsSync(join(project, 'site/index.html'))).toBe(true)
})

/** The TypeScript of a page of the manual, each block a module; what a block takes for granted it is given. */
function examplesOf(page: string): string[] {
  const text = readFileSync(join(root, page), 'utf8')
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, block]) => {
    const named = ['buildIndex', 'openIndex', 'watchIndex', 'Hit'].filter(
      name => new RegExp(`\\b${name}\\b`).test(block!) && !/^import /m.test(block!),
    )
    const imports = named.map(name => `import { ${name === 'Hit' ? 'type Hit' : name} } from 'gleaner'\n`)
    const isOpen = /\bindex\./.test(block!) && !/\bindex = /.test(block!)
    const opens = isOpen
      ? "import { openIndex } from 'gleaner'\nconst index = await openIndex('index')\n"
      : ''
    // What goes on until it is closed would go on after the example.
    const closes = block!.includes('const watch =') ? 'await watch.close()\n' : ''
    return `${imports.join('')}${opens}${block}${closes}export {}\n`
  })
}

test('the examples of the manual are checked and run', { timeout: 120_000 }, async () => {
  const blocks = examplesOf('seeds/manual/library.md')
  expect(blocks.length).toBeGreaterThan(5)
  const files = blocks.map((block, number) => {
    writeFileSync(join(project, `example-${number}.ts`), block)
    return `example-${number}.ts`
  })
  mkdirSync(join(project, 'logs'), { recursive: true })
  mkdirSync(join(project, 'docs'), { recursive: true })
  writeFileSync(join(project, 'logs/a.chat'), '[10] The lease is signed.\n')
  writeFileSync(join(project, 'docs/lease.md'), '---\norder: 3\n---\nThe deposit of a lease.\n')
  const compilerOptions = {
    ...{ module: 'nodenext', moduleResolution: 'nodenext', target: 'es2022', outDir: 'examples' },
    ...{ lib: ['es2023', 'dom', 'dom.asynciterable'], strict: true, types: [] },
  }
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }))
  const { stdout } = await execute(join(root, 'node_modules/.bin/tsc'), ['-p', project]).catch(
    thrown => thrown,
  )
  expect(stdout).toBe('')
  const said: string[] = []
  for (const [number, block] of blocks.entries()) {
    // There is no server to ask for.
    if (block.includes('gleaner/browser')) continue
    const ran = await execute(process.execPath, [`examples/example-${number}.js`], { cwd: project })
    said.push(ran.stdout)
  }
  expect(said[0]).toContain('lease.md:')
})
