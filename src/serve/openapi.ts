/** The API as OpenAPI 3.1 describes it: what `/api/openapi.json` answers. The shapes of answers are those of `schema/`. */
import { EXCERPT_LENGTH } from '../search/excerpt.ts'
import {
  LARGEST_BUDGET,
  LARGEST_OFFSET,
  LONGEST_EXCERPT,
  LONGEST_QUERY,
  MOST_HITS,
  MOST_WORDS,
} from './asked.ts'

const TEXT = { type: 'string', maxLength: LONGEST_QUERY }

function parameter(name: string, description: string, schema: object = TEXT, rest: object = {}): object {
  return { name, in: 'query', description, schema, ...rest }
}

function flag(name: string, description: string): object {
  return parameter(name, description, { type: 'boolean', default: false })
}

function whole(name: string, description: string, maximum: number, value: number): object {
  return parameter(name, description, { type: 'integer', minimum: 0, maximum, default: value })
}

function get(summary: string, parameters: readonly object[], answer: string): object {
  const failures = {
    400: 'a parameter that cannot be taken',
    403: 'host or origin is not allowed',
    503: 'too busy',
    504: 'too slow',
  }
  const error = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } }
  return {
    get: {
      summary,
      parameters,
      responses: {
        200: { description: answer, content: { 'application/json': { schema: { type: 'object' } } } },
        ...Object.fromEntries(
          Object.entries(failures).map(([status, description]) => [status, { description, content: error }]),
        ),
      },
    },
  }
}

const SEARCH = [
  parameter('q', 'The query, in the query language. May be left out where path or where filters.'),
  whole('limit', 'Hits at the most; 0 for their number alone.', MOST_HITS, 10),
  whole('offset', 'Hits to pass over first.', LARGEST_OFFSET, 0),
  flag('all', 'Every word must be there; otherwise any may.'),
  flag('exact', 'Words only as they are written: no other forms.'),
  flag('fuzzy', 'Words also with a letter or two wrong.'),
  parameter('language', 'Word forms of this language only, an ISO 639-1 code.'),
  parameter(
    'path',
    'Only documents whose path matches the glob.',
    { type: 'array', items: TEXT },
    { explode: true },
  ),
  parameter('where', 'Only documents whose metadata fit the expression.'),
  parameter('sort', 'The order of the hits.', { enum: ['score', 'path'], default: 'score' }),
  parameter('group', 'The best passage of each document.', { enum: ['document'] }),
  parameter('rank', 'Plain is BM25 alone.', { enum: ['full', 'plain'], default: 'full' }),
  flag('explain', 'How the query was read, and what made each score.'),
  whole('excerpt', 'Characters (UTF-16 units) of an excerpt at the most.', LONGEST_EXCERPT, EXCERPT_LENGTH),
  parameter('budget', 'Whole passages instead of excerpts, of so many tokens together at the most.', {
    type: 'integer',
    minimum: 1,
    maximum: LARGEST_BUDGET,
  }),
]

/** `version` is gleaner's. */
export function openApi(version: string): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'gleaner',
      version,
      description: 'Search over one index. Answers are those of the command.',
    },
    paths: {
      '/api/search': get('Find passages', SEARCH, 'What `glean search --json` prints: schema/search.json.'),
      '/api/show': get(
        'A document or some of its lines, from the index itself',
        [parameter('ref', 'PATH, PATH:LINE, PATH:LINE-LINE, or a citation.', TEXT, { required: true })],
        'What `glean show --json` prints: schema/passage.json.',
      ),
      '/api/suggest': get(
        'Words that the last word of a query may become',
        [parameter('q', 'The query so far.'), whole('limit', 'Words at the most.', MOST_WORDS, 10)],
        'schema/suggest.json: the words, commonest first.',
      ),
      '/api/stats': get('Figures of the index', [], 'What `glean stats --json` prints: schema/stats.json.'),
      '/api/events': {
        get: {
          summary: 'Server-sent events',
          description:
            '`index`, with documents and chunks, whenever the index has become another. Under `--watch` besides: `progress` (phase, files, totalFiles, bytes, totalBytes) while an update is under way, `update` (documents, changes, changed, tookMs) when one has ended, `problem` (message) when one failed.',
          responses: { 200: { description: 'The stream.', content: { 'text/event-stream': {} } } },
        },
      },
    },
    components: {
      schemas: {
        Error: {
          type: 'object',
          required: ['error'],
          properties: {
            error: {
              type: 'object',
              required: ['code', 'message'],
              properties: { code: { type: 'string' }, message: { type: 'string' } },
            },
          },
        },
      },
    },
  }
}
