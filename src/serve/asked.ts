/** What a URL asks of the API, as a job: its parameters are the flags of the command, and what is no parameter is an error. */
import { GleanError } from '../errors.ts'
import type { SearchOptions } from '../search/options.ts'
import type { Job } from './job.ts'

/** UTF-16 units of a query, of an expression and of a glob at the most. */
export const LONGEST_QUERY = 4096

/** Hits of one answer, and hits passed over, at the most. */
export const MOST_HITS = 1000
export const LARGEST_OFFSET = 100_000

/** Completions of one answer at the most. */
export const MOST_WORDS = 100

const SEARCH = [
  'q',
  'limit',
  'offset',
  'all',
  'exact',
  'fuzzy',
  'language',
  'path',
  'where',
  'sort',
  'group',
  'rank',
  'explain',
  'excerpt',
  'budget',
]

/** Tokens of an answer at the most. */
export const LARGEST_BUDGET = 100_000

/** UTF-16 units of an excerpt at the most. */
export const LONGEST_EXCERPT = 20_000

/** The job of an API path; undefined where there is no such path. Throws `usage` for parameters that cannot be taken. */
export function jobOf(path: string, parameters: URLSearchParams): Job | undefined {
  switch (path) {
    case '/api/search':
      mustKnow(parameters, SEARCH)
      return {
        call: 'search',
        query: text(parameters, 'q') ?? '',
        options: searchOptions(parameters),
        budget: number(parameters, 'budget', LARGEST_BUDGET),
      }
    case '/api/show': {
      mustKnow(parameters, ['ref'])
      const reference = text(parameters, 'ref')
      if (reference === undefined) throw wrong('ref is missing: /api/show?ref=PATH or PATH:LINE-LINE')
      return { call: 'show', reference }
    }
    case '/api/suggest':
      mustKnow(parameters, ['q', 'limit'])
      return {
        call: 'suggest',
        query: text(parameters, 'q') ?? '',
        limit: number(parameters, 'limit', MOST_WORDS) ?? 10,
      }
    case '/api/stats':
      mustKnow(parameters, [])
      return { call: 'stats' }
    default:
      return undefined
  }
}

function searchOptions(parameters: URLSearchParams): SearchOptions {
  const options: SearchOptions = {
    limit: number(parameters, 'limit', MOST_HITS),
    offset: number(parameters, 'offset', LARGEST_OFFSET),
    all: flag(parameters, 'all'),
    exact: flag(parameters, 'exact'),
    fuzzy: flag(parameters, 'fuzzy'),
    explain: flag(parameters, 'explain'),
    excerptLength: number(parameters, 'excerpt', LONGEST_EXCERPT),
    language: text(parameters, 'language'),
    paths: parameters.has('path') ? parameters.getAll('path').map(short) : undefined,
    where: text(parameters, 'where'),
    sort: choice(parameters, 'sort', ['score', 'path'] as const),
    group: choice(parameters, 'group', ['document'] as const),
    rank: choice(parameters, 'rank', ['full', 'plain'] as const),
  }
  const isFiltered = options.where !== undefined || (options.paths?.length ?? 0) > 0
  if (!parameters.get('q')?.trim() && !isFiltered) {
    throw wrong('nothing to search for: /api/search?q=WORDS, with path or where to filter')
  }
  return options
}

/** Undefined for what is not there or empty. */
function text(parameters: URLSearchParams, name: string): string | undefined {
  const value = parameters.get(name)
  return value === null || value === '' ? undefined : short(value)
}

function short(value: string): string {
  if (value.length <= LONGEST_QUERY) return value
  throw wrong(`a parameter may have ${LONGEST_QUERY} characters, this one has ${value.length}`)
}

function number(parameters: URLSearchParams, name: string, most: number): number | undefined {
  const value = text(parameters, name)
  if (value === undefined) return undefined
  if (/^\d{1,9}$/.test(value) && Number(value) <= most) return Number(value)
  throw wrong(`${name} takes a whole number from 0 to ${most}; got ${shown(value)}`)
}

function flag(parameters: URLSearchParams, name: string): boolean {
  const value = parameters.get(name)
  if (value === null || value === '0' || value === 'false') return false
  if (value === '' || value === '1' || value === 'true') return true
  throw wrong(`${name} takes 1 or 0; got ${shown(value)}`)
}

function choice<T extends string>(
  parameters: URLSearchParams,
  name: string,
  choices: readonly T[],
): T | undefined {
  const value = text(parameters, name)
  const chosen = choices.find(each => each === value)
  if (value === undefined || chosen !== undefined) return chosen
  throw wrong(`${name} takes ${choices.join(' or ')}; got ${shown(value)}`)
}

function mustKnow(parameters: URLSearchParams, known: readonly string[]): void {
  const stray = [...parameters.keys()].find(name => !known.includes(name))
  if (stray === undefined) return
  const names = known.length === 0 ? 'it takes none' : `it takes ${known.join(', ')}`
  throw wrong(`unknown parameter ${shown(stray)}; ${names}`)
}

function shown(value: string): string {
  return JSON.stringify(value.slice(0, 60))
}

function wrong(message: string): GleanError {
  return new GleanError('usage', message)
}
