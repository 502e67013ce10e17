/**
 * SQLite's FTS5, as Debian's `sqlite3` has it: reading the files, cutting them at blank lines, indexing and searching
 * are all its own native code. Its text is stored, not compressed. One transaction, its other settings untouched.
 */
import { spawnSync } from 'node:child_process'

export const PROGRAM = 'sqlite3'

/** What parts the passages on their way through SQL: a private character, which the text may hold without harm. */
const MARK = 'char(57519)'

/** Commands of a build. Files are those the other engines read: none hidden. */
export function buildScript(corpus, tokenize) {
  const pieces = `replace(json_quote(replace(CAST(file.data AS TEXT), char(10, 10), ${MARK})), ${MARK}, '","')`
  return `.bail on
CREATE VIRTUAL TABLE passage USING fts5(path UNINDEXED, text, tokenize=${quoted(tokenize)});
BEGIN;
INSERT INTO passage
  SELECT substr(file.name, ${corpus.length + 2}), piece.value
  FROM fsdir(${quoted(corpus)}) AS file, json_each('[' || ${pieces} || ']') AS piece
  WHERE (file.mode & 61440) = 32768 AND file.name NOT LIKE '%/.%'
    AND trim(piece.value, char(9, 10, 13, 32)) <> '';
COMMIT;
`
}

/** The best ten with an excerpt each, and how many there are, which it has to be asked apart. */
export function searchScript(query) {
  const match = `passage MATCH ${quoted(query)}`
  return `SELECT path, snippet(passage, 1, '[', ']', '...', 32) FROM passage WHERE ${match} ORDER BY rank LIMIT 10;
SELECT count(*) FROM passage WHERE ${match};
`
}

/** A query in FTS5's language; undefined for what it has no words for. */
export function sqliteQuery({ form, words }) {
  const own = words.map(word => `"${word}"`)
  const forms = {
    any: own.join(' OR '),
    phrase: `"${words.join(' ')}"`,
    near: `NEAR(${own.join(' ')}, 3)`,
    prefix: `${own[0]}*`,
    not: own.join(' NOT '),
  }
  return forms[form]
}

/** Whether the program is there and knows FTS5. */
export function hasSqlite() {
  const { status } = spawnSync(PROGRAM, [':memory:', 'CREATE VIRTUAL TABLE t USING fts5(x)'])
  return status === 0
}

const quoted = text => `'${text.replaceAll("'", "''")}'`
