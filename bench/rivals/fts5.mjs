/** A rival: SQLite's FTS5 with its porter tokenizer and its own bm25, one column, any of the words of a question. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasSqlite, PROGRAM } from './sqlite.mjs'

/** Rankings of ids for questions (texts), `limit` each; undefined where the program is not there. */
export function ftsRankings(documents, questions, limit) {
  if (!hasSqlite()) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'gleaner-fts5-'))
  try {
    const lines = [
      "CREATE VIRTUAL TABLE document USING fts5(id UNINDEXED, text, tokenize='porter unicode61');",
      'BEGIN;',
      ...documents.map(({ id, text }) => `INSERT INTO document VALUES(${quoted(id)}, ${quoted(text)});`),
      'COMMIT;',
      ...questions.map((text, at) => {
        const words = text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
        const match = quoted([...new Set(words)].map(word => `"${word}"`).join(' OR '))
        return `SELECT '${at}', id FROM document WHERE document MATCH ${match} ORDER BY rank LIMIT ${limit};`
      }),
    ]
    const script = join(folder, 'script.sql')
    writeFileSync(script, lines.join('\n'))
    const { status, stdout, stderr } = spawnSync(
      PROGRAM,
      ['-separator', '\t', ':memory:', `.read ${script}`],
      {
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      },
    )
    if (status !== 0 || stderr) throw new Error(`sqlite3: ${stderr}`)
    const rankings = questions.map(() => [])
    for (const line of stdout.split('\n').filter(Boolean)) {
      const [at, id] = line.split('\t')
      rankings[Number(at)].push(id)
    }
    return rankings
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const quoted = text => `'${text.replaceAll("'", "''").replace(/[\r\n\0]+/g, ' ')}'`
