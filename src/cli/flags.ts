/**
 * The commands and their flags: one table. From it come the parser of a plain search, the configuration of yargs, the
 * help and the checks; what is not in it does not exist. A name means the same in every command that has it.
 */

import { cluster } from './cluster-flags.ts'
import { type Command, type Flag, JSON_FLAG, RANKS } from './flag.ts'
import { completion, evalCommand, exportCommand, mcp, SHELLS, serve } from './further-flags.ts'

export { type Command, type Flag, RANKS, SHELLS }

/** The values of `--format`; the first is what a terminal gets. */
export const FORMATS = [
  'pretty',
  'plain',
  'json',
  'jsonl',
  'vimgrep',
  'markdown',
  'evidence',
  'paths',
] as const
export type Format = (typeof FORMATS)[number]

/** The values of `--sort` and `--group`. */
export const SORTS = ['score', 'path'] as const
export const GROUPS = ['document'] as const

const COLORS = ['auto', 'always', 'never'] as const

export const GLOBAL_FLAGS: readonly Flag[] = [
  {
    name: 'index',
    setting: true,
    value: 'DIR',
    list: true,
    help: 'folder, URL or cluster (sphinxql://) of the index; else $GLEAN_INDEX, ./index, or the nearest above; search and show take several',
  },
  {
    name: 'color',
    setting: true,
    value: 'WHEN',
    choices: COLORS,
    help: 'auto, always or never; auto heeds NO_COLOR',
  },
  {
    name: 'quiet',
    letters: ['q'],
    help: 'no progress, summaries or notes; a search without a format, -l or -c only sets the exit code',
  },
  { name: 'no-config', help: 'do not read gleaner.config.json' },
  { name: 'help', letters: ['h'], help: 'show this' },
  { name: 'version', help: 'show the version' },
]

/** Which files are indexed, and how. */
const SOURCE_FLAGS: readonly Flag[] = [
  {
    name: 'include',
    setting: true,
    value: 'GLOB',
    list: true,
    help: 'only files that match; may be repeated',
  },
  { name: 'exclude', setting: true, value: 'GLOB', list: true, help: 'no files that match; may be repeated' },
  { name: 'no-ignore', setting: true, help: 'do not heed .gitignore, .ignore and .gleanignore' },
  { name: 'hidden', setting: true, help: 'also hidden files and folders' },
  {
    name: 'max-file-size',
    setting: true,
    value: 'SIZE',
    help: 'leave out larger files; 32MB, 500k or bytes (default 32MB)',
  },
  {
    name: 'encoding',
    setting: true,
    value: 'NAME',
    help: 'encoding of text that is no Unicode, as in windows-1251; else it is told file by file (auto)',
  },
  { name: 'jobs', setting: true, value: 'N', help: 'threads; the index is the same whatever the number' },
]

const PAGER_FLAG: Flag = {
  name: 'pager',
  help: 'show a long answer through $PAGER, else less; on a terminal',
}

const index: Command = {
  summary: 'Index folders, files or globs',
  usage: '[PATHS..]',
  words: 'files',
  flags: [
    ...SOURCE_FLAGS,
    { name: 'rebuild', help: 'build anew what is there, also over a damaged index' },
    { name: 'compact', help: 'make a large index one segment again; a small one always is' },
    {
      name: 'wait',
      value: 'SECONDS',
      help: 'how long to wait for another process that is writing the index (default 0)',
    },
    { name: 'dry-run', help: 'list what would be indexed and left out; write nothing' },
    { ...JSON_FLAG, help: 'print the report, with every file left out, as one JSON object' },
  ],
  examples: [
    ['glean index docs', 'index the folder docs into ./index'],
    ['glean index', 'bring it up to date: the paths and flags of last time'],
    ["glean index . --include '*.md'", 'only Markdown'],
    ['glean index ~/notes --index ~/notes.index', 'another folder for the index'],
    [
      'glean index - < documents.jsonl',
      'records instead of files: {"path","text","title","metadata"} each a line',
    ],
  ],
}

const watch: Command = {
  summary: 'Keep an index fresh while files change',
  usage: '[PATHS..]',
  flags: [...SOURCE_FLAGS, { ...JSON_FLAG, help: 'print the report of each update as one line of JSON' }],
  examples: [
    ['glean watch docs', 'index docs into ./index, then again whenever something changes'],
    ['glean watch', 'keep the index fresh that is found from here'],
  ],
}

const search: Command = {
  summary: 'Find the passages that answer a query, best first',
  usage: '<QUERY..>',
  flags: [
    { name: 'limit', setting: true, letters: ['n', 'm'], value: 'N', help: 'hits at the most (default 10)' },
    { name: 'offset', value: 'N', help: 'hits to pass over first (default 0)' },
    { name: 'all', setting: true, help: 'every word must be there; otherwise any may' },
    { name: 'exact', setting: true, help: 'words only as they are written: no other forms' },
    { name: 'fuzzy', setting: true, help: 'words also with a letter or two wrong; for one word: intrrupt~' },
    {
      name: 'language',
      setting: true,
      value: 'CODE',
      help: 'word forms of this language only, as in en or de',
    },
    { name: 'path', value: 'GLOB', list: true, help: 'only documents whose path matches; may be repeated' },
    {
      name: 'where',
      value: 'EXPR',
      help: "only documents whose metadata fit: 'level < 14 and draft = false'",
    },
    { name: 'sort', setting: true, value: 'ORDER', choices: SORTS, help: 'score (best first) or path' },
    {
      name: 'rank',
      value: 'HOW',
      choices: RANKS,
      help: 'full, or plain: BM25 alone, every word as it was typed',
    },
    {
      name: 'group',
      setting: true,
      value: 'BY',
      choices: GROUPS,
      help: 'document: the best passage of each, and how many more',
    },
    { name: 'update', help: 'bring the index up to date first' },
    { name: 'allow-partial', help: 'of a cluster: take an answer without the shards that are away for one' },
    { name: 'explain', help: 'how the query was read, and what made each score' },
    {
      name: 'context',
      letters: ['C'],
      value: 'N',
      help: 'lines before and after each match, with line numbers',
    },
    {
      name: 'budget',
      value: 'TOKENS',
      help: 'whole paragraphs with citations, as many as fit; a token is 4 bytes of text',
    },
    { name: 'files', letters: ['l'], help: 'only the paths of the documents with hits' },
    { name: 'count', letters: ['c'], help: 'only the number of matching passages' },
    { name: 'format', setting: true, value: 'FORM', choices: FORMATS, help: `one of ${FORMATS.join(', ')}` },
    JSON_FLAG,
    { name: 'jsonl', help: "print JSON Lines, events in ripgrep's shape" },
    { name: 'vimgrep', help: 'print path:line:column:text, for editors' },
    { name: 'null', letters: ['0'], help: 'a NUL after each path, for xargs -0' },
    {
      name: 'query',
      letters: ['e'],
      value: 'WORDS',
      list: true,
      help: 'a part of the query that may begin with "-"; may be repeated',
    },
    {
      name: 'hyperlink-format',
      setting: true,
      value: 'FORMAT',
      help: 'links on a terminal: default, vscode, kitty ... or a template like file://{path}#{line}',
    },
    PAGER_FLAG,
    { name: 'interactive', help: 'answers as you type; also where no query is given on a terminal' },
    {
      name: 'open',
      help: 'open the first hit in $VISUAL or $EDITOR, at its line; with --offset a later one',
    },
    {
      name: 'file',
      letters: ['f'],
      value: 'FILE',
      help: 'one query on each line of a file, or of standard input (-); answers as JSON Lines',
    },
  ],
  examples: [
    ['glean search page table lock', 'any of the words, best passages first'],
    ['glean search --all -n 5 memory barrier', 'both words, five hits'],
    ['glean search kernel -e -linux', 'kernel, but not linux; or: -- kernel -linux'],
    [`glean search '"page table" NEAR/5 lock'`, 'phrases, nearness, and more: see docs/query-language.md'],
    ["glean search whale --path 'notes/**'", 'only in some documents; --where looks at metadata'],
    ['glean search backup --json', 'for programs; exit code 0 hits, 1 none, 2 error'],
    ['glean search --budget 1000 restore a backup', 'for agents: paragraphs with citations'],
    ['glean search -f queries.txt', 'many queries in one run'],
    ['glean search --open rotate the keys', 'the best hit in your editor'],
  ],
}

const show: Command = {
  summary: 'Print passages from the index itself; check citations again',
  usage: '<PATH[:LINE[-LINE]][@HASH]..>',
  words: 'files',
  flags: [JSON_FLAG, PAGER_FLAG],
  examples: [
    ['glean show guide/install.md', 'the whole document'],
    ['glean show guide/install.md:12-18', 'lines 12 to 18; paths are those a search prints with --json'],
    [
      'glean show guide/install.md:12-18@3f9c2a71',
      'a citation: same or moved (exit code 0), changed or gone (1)',
    ],
  ],
}

const stats: Command = {
  summary: 'Figures of the index, or the lexical profile of documents',
  usage: '[PATH|GLOB]',
  flags: [
    { name: 'profile', help: 'the lexical profile of all documents; of some with a PATH' },
    { name: 'limit', letters: ['n', 'm'], value: 'N', help: 'words of each list in a profile (default 10)' },
    { name: 'fields', help: 'the keys of the metadata, with counts and ranges: what --where can ask for' },
    JSON_FLAG,
  ],
  examples: [
    ['glean stats', 'documents, terms, and where the bytes are'],
    ['glean stats notes/whale.md', 'its words, sentences and readability, and what is typical of it'],
    ['glean stats --fields', 'what glean search --where can ask for'],
  ],
}

const check: Command = {
  summary: 'Read all of the index, and hold it against its sources',
  usage: '',
  flags: [
    { name: 'repair', help: 'where it is damaged, read again what the damaged parts held' },
    { ...JSON_FLAG, help: 'print what was found as one JSON object' },
  ],
  examples: [
    ['glean check', 'exit code 0 sound, 1 out of date, 2 damaged'],
    ['glean check --repair', 'rebuild what is damaged, from the sources'],
  ],
}

/** In the order of the help. */
export const COMMANDS = {
  index,
  search,
  show,
  watch,
  stats,
  check,
  eval: evalCommand,
  export: exportCommand,
  serve,
  mcp,
  cluster,
  completion,
} as const satisfies Record<string, Command>

export type CommandName = keyof typeof COMMANDS

export function isCommand(word: string): word is CommandName {
  return Object.hasOwn(COMMANDS, word)
}

/** The flags a command takes, its own first. */
export function flagsOf(command: CommandName): readonly Flag[] {
  return [...COMMANDS[command].flags, ...GLOBAL_FLAGS]
}
