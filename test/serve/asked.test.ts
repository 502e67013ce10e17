import { expect, test } from 'vitest'
import { jobOf } from '../../src/serve/asked.ts'

const job = (url: string) => {
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  return jobOf(pathname, searchParams)
}

test('parameters are the flags of the command', () => {
  const url =
    '/api/search?q=page+table&limit=5&all&path=*.md&path=a/**&where=level+%3C+4&sort=path&group=document&rank=plain&exact=0'
  expect(job(url)).toMatchObject({
    call: 'search',
    query: 'page table',
    options: {
      limit: 5,
      all: true,
      exact: false,
      paths: ['*.md', 'a/**'],
      where: 'level < 4',
      sort: 'path',
      group: 'document',
      rank: 'plain',
    },
  })
  expect(job('/api/show?ref=a.md:3-4')).toEqual({ call: 'show', reference: 'a.md:3-4' })
  expect(job('/api/suggest?q=pa')).toEqual({ call: 'suggest', query: 'pa', limit: 10 })
  expect(job('/api/stats')).toEqual({ call: 'stats' })
  expect(job('/api/other')).toBeUndefined()
})

test.each([
  ['/api/search', /nothing to search for/],
  ['/api/search?q=', /nothing to search for/],
  ['/api/search?q=+', /nothing to search for/],
  ['/api/search?q=a&limits=3', /unknown parameter "limits"; it takes q, limit/],
  ['/api/search?q=a&limit=1001', /limit takes a whole number from 0 to 1000; got "1001"/],
  ['/api/search?q=a&limit=-1', /limit takes a whole number/],
  ['/api/search?q=a&sort=date', /sort takes score or path; got "date"/],
  ['/api/search?q=a&all=perhaps', /all takes 1 or 0/],
  [`/api/search?q=${'a'.repeat(4097)}`, /4096 characters, this one has 4097/],
  ['/api/show', /ref is missing/],
  ['/api/stats?x', /unknown parameter "x"; it takes none/],
])('%s', (url, message) => {
  expect(() => job(url)).toThrow(message)
})
