import { expect, test } from 'vitest'
import { COMMANDS, type CommandName, flagsOf } from '../../src/cli/flags.ts'
import { helpOf } from '../../src/cli/yargs.ts'

const commands = Object.keys(COMMANDS) as CommandName[]

test('a flag takes a value everywhere or nowhere, and a letter stands for one flag', () => {
  const kinds = new Map<string, boolean>()
  const letters = new Map<string, string>()
  for (const { name, value, letters: own = [] } of commands.flatMap(flagsOf)) {
    expect([name, kinds.get(name) ?? value !== undefined]).toEqual([name, value !== undefined])
    kinds.set(name, value !== undefined)
    for (const letter of own) {
      expect([letter, letters.get(letter) ?? name]).toEqual([letter, name])
      letters.set(letter, name)
    }
  }
})

test.each(commands)(
  'the help of %s has every flag and example of the table, within 96 cells',
  async command => {
    const help = await helpOf(command)
    for (const { name } of flagsOf(command)) expect(help).toContain(`--${name}`)
    for (const [line] of COMMANDS[command].examples) expect(help).toContain(line)
    expect(help.split('\n').filter(line => line.length > 96)).toEqual([])
  },
)

test('on a narrow terminal the help is as narrow', async () => {
  for (const command of Object.keys(COMMANDS) as CommandName[]) {
    const help = await helpOf(command, 60)
    const examples = COMMANDS[command].examples.map(([line]) => line)
    const wide = help.split('\n').filter(line => line.length > 60)
    expect(wide.filter(line => !examples.some(example => line.includes(example)))).toEqual([])
  }
})

test('the help of all names every command', async () => {
  expect(await helpOf(undefined)).toMatchInlineSnapshot(`
    "glean indexes folders of documents and answers queries with ranked, exact excerpts.

    glean <command> [flags]

    Commands:
      glean index       Index folders, files or globs
      glean search      Find the passages that answer a query, best first
      glean show        Print passages from the index itself; check citations again
      glean watch       Keep an index fresh while files change
      glean stats       Figures of the index, or the lexical profile of documents
      glean check       Read all of the index, and hold it against its sources
      glean eval        Measure the ranking on a test collection
      glean export      Write the index in another form
      glean serve       Serve the search page and an HTTP API over the index
      glean mcp         Serve the index to agents, by the Model Context Protocol
      glean cluster     Set up a search cluster, see how it stands, move a part of it
      glean completion  Print a script that lets a shell complete commands and flags

    Flags of every command:
          --index      <DIR> folder, URL or cluster (sphinxql://) of the index; else $GLEAN_INDEX,
                       ./index, or the nearest above; search and show take several
          --color      <WHEN> auto, always or never; auto heeds NO_COLOR
      -q, --quiet      no progress, summaries or notes; a search without a format, -l or -c only
                       sets the exit code
          --no-config  do not read gleaner.config.json
      -h, --help       show this
          --version    show the version

    Exit codes: 0 hits or done, 1 no hits, 2 error. glean <command> --help says more.
    "
  `)
})

test('the help of search', async () => {
  expect(await helpOf('search')).toMatchInlineSnapshot(`
    "Find the passages that answer a query, best first.

    glean search <QUERY..>

    Flags:
      -n, -m, --limit         <N> hits at the most (default 10)
          --offset            <N> hits to pass over first (default 0)
          --all               every word must be there; otherwise any may
          --exact             words only as they are written: no other forms
          --fuzzy             words also with a letter or two wrong; for one word: intrrupt~
          --language          <CODE> word forms of this language only, as in en or de
          --path              <GLOB> only documents whose path matches; may be repeated
          --where             <EXPR> only documents whose metadata fit: 'level < 14 and draft =
                              false'
          --sort              <ORDER> score (best first) or path
          --rank              <HOW> full, or plain: BM25 alone, every word as it was typed
          --group             <BY> document: the best passage of each, and how many more
          --update            bring the index up to date first
          --allow-partial     of a cluster: take an answer without the shards that are away for one
          --explain           how the query was read, and what made each score
      -C, --context           <N> lines before and after each match, with line numbers
          --budget            <TOKENS> whole paragraphs with citations, as many as fit; a token is 4
                              bytes of text
      -l, --files             only the paths of the documents with hits
      -c, --count             only the number of matching passages
          --format            <FORM> one of pretty, plain, json, jsonl, vimgrep, markdown, evidence,
                              paths
          --json              print one JSON object
          --jsonl             print JSON Lines, events in ripgrep's shape
          --vimgrep           print path:line:column:text, for editors
      -0, --null              a NUL after each path, for xargs -0
      -e, --query             <WORDS> a part of the query that may begin with "-"; may be repeated
          --hyperlink-format  <FORMAT> links on a terminal: default, vscode, kitty ... or a template
                              like file://{path}#{line}
          --pager             show a long answer through $PAGER, else less; on a terminal
          --interactive       answers as you type; also where no query is given on a terminal
          --open              open the first hit in $VISUAL or $EDITOR, at its line; with --offset a
                              later one
      -f, --file              <FILE> one query on each line of a file, or of standard input (-);
                              answers as JSON Lines

    Flags of every command:
          --index      <DIR> folder, URL or cluster (sphinxql://) of the index; else $GLEAN_INDEX,
                       ./index, or the nearest above; search and show take several
          --color      <WHEN> auto, always or never; auto heeds NO_COLOR
      -q, --quiet      no progress, summaries or notes; a search without a format, -l or -c only
                       sets the exit code
          --no-config  do not read gleaner.config.json
      -h, --help       show this
          --version    show the version

    Examples:
      glean search page table lock                 any of the words, best passages first
      glean search --all -n 5 memory barrier       both words, five hits
      glean search kernel -e -linux                kernel, but not linux; or: -- kernel -linux
      glean search '"page table" NEAR/5 lock'      phrases, nearness, and more: see
                                                   docs/query-language.md
      glean search whale --path 'notes/**'         only in some documents; --where looks at metadata
      glean search backup --json                   for programs; exit code 0 hits, 1 none, 2 error
      glean search --budget 1000 restore a backup  for agents: paragraphs with citations
      glean search -f queries.txt                  many queries in one run
      glean search --open rotate the keys          the best hit in your editor
    "
  `)
})
