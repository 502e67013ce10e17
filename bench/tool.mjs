/** Where the things are that every question needs: the built command, the built library, the shared data. */
import { fileURLToPath } from 'node:url'
import { gleanQuery } from './queries.mjs'

/** The command as `npm run build` leaves it, and as it is installed. */
export const CLI = fileURLToPath(new URL('../dist/glean.cjs', import.meta.url))

/** The library, as a program would import it. */
export const library = () => import(new URL('../dist/index.js', import.meta.url))

/** Test collections: folders with corpus.jsonl, queries.jsonl and qrels.tsv. */
export const COLLECTIONS = fileURLToPath(new URL('../../shared/relevance', import.meta.url))

/** The script that makes the large corpus. */
export const CORPUS_SCRIPT = fileURLToPath(new URL('../../shared/bench/linux-docs.sh', import.meta.url))

const WARM = fileURLToPath(new URL('./warm-glean.mjs', import.meta.url))

/** gleaner as an engine among its rivals (rivals.mjs). */
export const GLEAN = {
  name: 'glean',
  slow: false,
  build: (corpus, home) => ({ args: [CLI, 'index', corpus, '--index', home, '--json'] }),
  search: (_corpus, home, query) => ({ args: [CLI, 'search', '--index', home, gleanQuery(query)] }),
  warm: home => ({ args: [WARM, home] }),
}
