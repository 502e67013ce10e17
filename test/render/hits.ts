/** Answers for the tests of rendering: hits made of a text in which `[` and `]` stand around what is lit. */
import type { Hit, Range, SearchResult } from '../../src/search/result.ts'

export function hit(marked: string, rest: Partial<Hit> = {}): Hit {
  const highlights: Range[] = []
  let excerpt = ''
  for (const piece of marked.split(/(\[[^\]]*\])/)) {
    const isLit = piece.startsWith('[')
    const text = isLit ? piece.slice(1, -1) : piece
    if (isLit) highlights.push([excerpt.length, excerpt.length + text.length])
    excerpt += text
  }
  return {
    rank: 1,
    score: 1,
    path: 'guide/backup.md',
    line: 12,
    column: 5,
    startLine: 12,
    endLine: 14,
    title: '',
    heading: [],
    excerpt,
    truncated: [false, false],
    highlights,
    matched: [],
    citation: 'guide/backup.md:12-14@00000000',
    state: 'current',
    metadata: {},
    file: { size: 4096, format: 'markdown' },
    ...rest,
  }
}

export function answer(hits: Hit[], rest: Partial<SearchResult> = {}): SearchResult {
  return {
    schema: 'gleaner.search/1',
    query: 'backup',
    total: hits.length,
    tookMs: 3.0625,
    freshness: 'hits',
    hits: hits.map((each, place) => ({ ...each, rank: place + 1 })),
    absent: [],
    relaxed: [],
    suggestion: null,
    dropped: 0,
    ignored: [],
    collapsed: 0,
    stale: null,
    indexes: [{ index: 'index', documents: 9976, chunks: 465278 }],
    ...rest,
  }
}

/** As where the sources are at hand: the path as the index has it. */
export const samePath = ({ path }: { path: string }): string => path
