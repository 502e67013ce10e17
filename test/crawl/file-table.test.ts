import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stampOf } from '../../src/crawl/file-stamp.ts'
import { FileTable } from '../../src/crawl/file-table.ts'

const stampFor = (size: number) =>
  stampOf({ size: BigInt(size), mtimeNs: 5n, ctimeNs: 2n ** 62n, ino: BigInt(size) })

/** What there is of some files, of several with one path the first. */
function expected(paths: readonly string[]) {
  const files = paths.map((path, size) => {
    const name = path.slice(path.lastIndexOf('/') + 1)
    return { path, absolute: `/docs/${size % 3}/${name}`, size, stamp: stampFor(size) }
  })
  const firsts = files.filter(({ path }, place) => paths.indexOf(path) === place)
  return firsts.sort((a, b) => (a.path < b.path ? -1 : 1))
}

function inTable(paths: readonly string[]) {
  const table = new FileTable()
  for (const [size, path] of paths.entries()) table.add(path, `/docs/${size % 3}/`, stampFor(size))
  expect(table.length).toBe(paths.length)
  return table.sorted().map(({ path, absolute, size, stamp }) => ({ path, absolute, size, stamp }))
}

test('files come out of the table as they went in, sorted, of several with one path the first', () => {
  const names = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('a', 'a/b', 'a-b', 'ä', 'ł', '\ud800'),
  )
  fc.assert(fc.property(fc.array(names), paths => void expect(inTable(paths)).toEqual(expected(paths))))
})

test('there may be many, and their paths as long as they like', () => {
  const many = Array.from({ length: 9000 }, (_, number) => `folder ${number % 7}/${number}.md`)
  const long = ['x'.repeat(40_000), 'ł'.repeat(40_000), 'y'.repeat(70_000)]
  const paths = [...many.slice(0, 5000), ...long, ...many.slice(5000)]
  expect(inTable(paths)).toEqual(expected(paths))
})
