/**
 * The index for agents: a Model Context Protocol server with three tools (search, show, stats) and the documents as
 * resources. It asks, through `ask`, what every other client asks; each tool answers with a text to read and with the
 * JSON that the command prints.
 */
import { fromJsonSchema, McpServer, ResourceTemplate } from '@modelcontextprotocol/server'
import { renderMarkdown } from '../render/markdown.ts'
import type { SearchOptions } from '../search/options.ts'
import type { IndexStats, Passage, SearchResult } from '../search/result.ts'
import { LARGEST_BUDGET, LARGEST_OFFSET, LONGEST_QUERY } from './asked.ts'
import type { Job, Outcome } from './job.ts'

/** Has a job done, here or in a thread. */
export type Ask = (job: Job) => Promise<Outcome>

/** Hits of one answer at the most: more is more than an agent reads. */
const MOST_HITS = 100

/** Documents that are listed as resources; all can be read. */
const LISTED = 500

const TEXT = { type: 'string', maxLength: LONGEST_QUERY }

function flag(description: string): object {
  return { type: 'boolean', default: false, description }
}

const SEARCH_INPUT = {
  type: 'object',
  additionalProperties: false,
  required: ['query'],
  properties: {
    query: {
      ...TEXT,
      description:
        'Words, any of which may match, best passages first. Also "exact phrase", +must, -not, a NEAR/5 b, pre*, word~ (misspelt), title:word, heading:word, path:glob, AND OR NOT ( ).',
    },
    limit: { type: 'integer', minimum: 1, maximum: MOST_HITS, default: 10, description: 'Hits at the most.' },
    offset: {
      type: 'integer',
      minimum: 0,
      maximum: LARGEST_OFFSET,
      default: 0,
      description: 'Hits to pass over first.',
    },
    all: flag('Every word must be there; otherwise any may.'),
    exact: flag('Words only as they are written: no other forms.'),
    fuzzy: flag('Words also with a letter or two wrong.'),
    language: { ...TEXT, description: 'Word forms of this language only, an ISO 639-1 code.' },
    path: {
      type: 'array',
      items: TEXT,
      maxItems: 100,
      description: 'Only documents whose path matches one of these globs.',
    },
    where: {
      ...TEXT,
      description: "Only documents whose metadata fit, as in: level < 14 and author = 'Cai Meng'.",
    },
    sort: { enum: ['score', 'path'], default: 'score', description: 'The order of the hits.' },
    rank: {
      enum: ['full', 'plain'],
      default: 'full',
      description: 'plain: by the words alone (BM25), every word as it was typed, repetitions kept.',
    },
    group: {
      enum: ['document'],
      description: 'The best passage of each document, and how many more it has.',
    },
    explain: flag('How the query was read, and what made each score.'),
    budget: {
      type: 'integer',
      minimum: 1,
      maximum: LARGEST_BUDGET,
      description: 'Whole passages instead of excerpts, of so many tokens together at the most.',
    },
  },
}

const SHOW_INPUT = {
  type: 'object',
  additionalProperties: false,
  required: ['reference'],
  properties: {
    reference: {
      ...TEXT,
      description: 'PATH, PATH:LINE, PATH:LINE-LINE, or the citation of a hit, which is checked.',
    },
  },
}

const NO_INPUT = { type: 'object', additionalProperties: false, properties: {} }

/** What a client may know of a tool before it calls it: none of these changes anything. */
const READS = { readOnlyHint: true, idempotentHint: true, openWorldHint: false }

interface SearchInput extends Omit<SearchOptions, 'paths'> {
  readonly query: string
  readonly path?: readonly string[]
  readonly budget?: number
}

/** A server for one client. `version` is gleaner's. */
export function mcpServer(ask: Ask, version: string): McpServer {
  const server = new McpServer(
    { name: 'gleaner', version },
    {
      instructions:
        'Ranked full-text search over a folder of documents. Search first; cite hits as path:line; show a passage for more of it. Hits are checked against their files: "changed" ones are as the file is now. An answer tells words that are nowhere in the index (absent) and when it is out of date (stale).',
    },
  )
  addTools(server, ask)
  addResources(server, ask)
  return server
}

function addTools(server: McpServer, ask: Ask): void {
  server.registerTool(
    'search',
    {
      title: 'Search the documents',
      description:
        'Finds the passages that answer a query, best first, each with its path, line and excerpt.',
      inputSchema: fromJsonSchema<SearchInput>(SEARCH_INPUT),
      annotations: READS,
    },
    ({ query, path, budget, ...options }) =>
      toolResult<SearchResult>(
        ask({ call: 'search', query, options: { ...options, paths: path }, budget }),
        result => renderMarkdown(result, ({ path }) => path),
      ),
  )
  server.registerTool(
    'show',
    {
      title: 'Show a passage',
      description: 'A document or some of its lines, from the index itself.',
      inputSchema: fromJsonSchema<{ reference: string }>(SHOW_INPUT),
      annotations: READS,
    },
    ({ reference }) => toolResult<Passage>(ask({ call: 'show', reference }), ({ text }) => text),
  )
  server.registerTool(
    'stats',
    {
      title: 'Figures of the index',
      description: 'How many documents, passages and words the index has, their languages and formats.',
      inputSchema: fromJsonSchema<Record<string, never>>(NO_INPUT),
      annotations: READS,
    },
    () =>
      toolResult<IndexStats>(
        ask({ call: 'stats' }),
        ({ documents, chunks, terms }) =>
          `${documents} documents, ${chunks} passages, ${terms} different words`,
      ),
  )
}

/** What goes wrong is for the agent to read, and perhaps to mend. */
async function toolResult<T>(asking: Promise<Outcome>, textOf: (answer: T) => string) {
  const outcome = await asking
  if (!('json' in outcome)) {
    return { isError: true, content: [{ type: 'text' as const, text: messageOf(outcome) }] }
  }
  const answer = JSON.parse(outcome.json) as T
  return {
    content: [{ type: 'text' as const, text: textOf(answer) }],
    structuredContent: answer as Record<string, unknown>,
  }
}

function addResources(server: McpServer, ask: Ask): void {
  const template = new ResourceTemplate('gleaner:///{+path}', {
    list: async () => {
      const { paths } = await mustAnswer<{ paths: string[] }>(ask({ call: 'paths', limit: LISTED }))
      return { resources: paths.map(path => ({ uri: uriOf(path), name: path, mimeType: mimeTypeOf(path) })) }
    },
  })
  server.registerResource(
    'document',
    template,
    { title: 'Documents', description: 'A document of the index, as it was indexed.' },
    async uri => {
      const reference = decodeURIComponent(uri.pathname.slice(1))
      const { path, text } = await mustAnswer<Passage>(ask({ call: 'show', reference }))
      return { contents: [{ uri: uri.href, mimeType: mimeTypeOf(path), text }] }
    },
  )
}

async function mustAnswer<T>(asking: Promise<Outcome>): Promise<T> {
  const outcome = await asking
  if ('json' in outcome) return JSON.parse(outcome.json) as T
  throw new Error(messageOf(outcome))
}

/** What is our mistake tells nothing of itself. */
function messageOf({ code, message }: Exclude<Outcome, { json: string }>): string {
  return code === undefined ? 'this should not happen' : message
}

function uriOf(path: string): string {
  return `gleaner:///${path.split('/').map(encodeURIComponent).join('/')}`
}

function mimeTypeOf(path: string): string {
  return /\.(?:md|markdown)$/i.test(path) ? 'text/markdown' : 'text/plain'
}
