/** The part of the table of commands (flags.ts) that has nothing to do with indexing and searching by hand. */
import { type Command, type Flag, JSON_FLAG, RANKS } from './flag.ts'

/** What `glean completion` knows. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const

export const evalCommand: Command = {
  summary: 'Measure the ranking on a test collection',
  usage: '[DIR]',
  words: 'folders',
  flags: [
    { name: 'queries', value: 'FILE', help: 'the queries; else DIR/queries.jsonl' },
    { name: 'qrels', value: 'FILE', help: 'the judgements; else DIR/qrels.tsv' },
    { name: 'by-query', help: 'also what each query got' },
    {
      name: 'run',
      value: 'FILE',
      help: 'write what was ranked, the first 1,000 of each query, as a TREC run',
    },
    { name: 'from', value: 'FILE', help: 'measure this run; search for nothing' },
    {
      name: 'compare',
      value: 'A B',
      values: 2,
      list: true,
      help: 'two runs beside each other, and whether they differ by more than chance',
    },
    { name: 'rank', value: 'HOW', choices: RANKS, help: 'full, or plain: BM25 alone' },
    { name: 'exact', help: 'words only as they are written: no other forms' },
    { name: 'language', value: 'CODE', help: 'word forms of this language only, as in en or de' },
    JSON_FLAG,
  ],
  examples: [
    ['glean eval cranfield', 'a folder with corpus.jsonl, queries.jsonl and qrels.tsv'],
    ['glean eval DIR --index index', 'the queries of DIR, asked of an index'],
    ['glean eval DIR --compare A B', 'which of two runs is better, for which queries'],
  ],
}

export const exportCommand: Command = {
  summary: 'Write the index in another form',
  usage: '<minisearch | jsonl | opensearch | site OUT>',
  words: ['minisearch', 'jsonl', 'opensearch', 'site'],
  flags: [
    { name: 'title', value: 'TEXT', help: 'what a site is called (default Search)' },
    { name: 'single-file', help: 'a site as one HTML file, OUT, that opens from disk; for small indexes' },
    { name: 'mapping', help: 'the mapping for opensearch, in place of the passages' },
  ],
  examples: [
    ['glean export minisearch > search.json', 'a plain MiniSearch index, for MiniSearch.loadJSON'],
    ['glean export jsonl > documents.jsonl', 'the documents, one a line; glean index - reads them'],
    ['glean export opensearch > bulk.ndjson', 'the passages, for POST /NAME/_bulk'],
    ['glean export site public', 'a search page and the index, for any web server'],
    ['glean export site --single-file search.html', 'the same as one file'],
  ],
}

const SERVER_FLAGS: readonly Flag[] = [
  { name: 'port', value: 'N', help: 'the port, 0 for any that is free (default 7700)' },
  {
    name: 'host',
    value: 'ADDRESS',
    help: 'the address to listen on (default 127.0.0.1: this machine alone)',
  },
  {
    name: 'allow-host',
    value: 'NAME',
    list: true,
    help: 'a further name the server answers to, as of a proxy; may be repeated',
  },
  { name: 'token', value: 'SECRET', help: 'what clients on other machines have to know; else $GLEAN_TOKEN' },
  { name: 'timeout', value: 'MS', help: 'milliseconds a request may take (default 10000)' },
]

export const serve: Command = {
  summary: 'Serve the search page and an HTTP API over the index',
  usage: '',
  flags: [
    {
      name: 'watch',
      help: 'keep the index fresh meanwhile, as glean watch does; pages are told how far it is',
    },
    ...SERVER_FLAGS,
  ],
  examples: [
    ['glean serve', 'open the address it prints; it follows the index as that changes'],
    ['curl http://127.0.0.1:7700/api/search?q=backup', 'what glean search --json prints'],
  ],
}

export const mcp: Command = {
  summary: 'Serve the index to agents, by the Model Context Protocol',
  usage: '',
  flags: [
    { name: 'http', help: 'over HTTP, at /mcp, beside the page and the API; else standard input and output' },
    ...SERVER_FLAGS,
  ],
  examples: [
    ['glean mcp --index ~/notes.index', 'what an agent starts: tools search, show and stats'],
    ['glean mcp --http', 'for agents that connect by URL'],
  ],
}

export const completion: Command = {
  summary: 'Print a script that lets a shell complete commands and flags',
  usage: `<${SHELLS.join('|')}>`,
  words: SHELLS,
  flags: [],
  examples: [
    ['source <(glean completion bash)', 'in ~/.bashrc'],
    ['source <(glean completion zsh)', 'in ~/.zshrc, after compinit'],
    ['glean completion fish | source', 'in ~/.config/fish/config.fish'],
  ],
}
