/**
 * Interactive search: answers as one types, the chosen hit in its document, keys to open it or to copy its citation.
 * The outline of a session; the thread that searches, the keyboard and the screen are files of their own.
 */
import { isDeepStrictEqual } from 'node:util'
import { messageOf } from '../../errors.ts'
import { colorWanted } from '../../render/color.ts'
import { type FinderView, finderLayout, renderFinder } from '../../render/finder.ts'
import type { PathOf } from '../../render/plain.ts'
import type { Index } from '../../search/index.ts'
import type { SearchOptions } from '../../search/options.ts'
import type { Hit, SearchResult } from '../../search/result.ts'
import type { CommandContext } from '../context.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { pathPrinter } from '../location.ts'
import { openHit } from '../open-hit.ts'
import { text } from '../typed.ts'
import { type Key, LineEditor } from './line-editor.ts'
import { Screen, type Tty } from './screen.ts'
import { Searcher } from './searcher.ts'

/** What a session begins with; the indexes as they are named. */
export interface Beginning {
  readonly locations: readonly string[]
  readonly query: string
  readonly options: SearchOptions
}

/** Milliseconds without a key, after which too few hits make it worth a look at all files and all words. */
const PAUSE = 120

type State = { -readonly [Field in keyof FinderView]: FinderView[Field] }

/** Runs a session to its end. */
export function find(index: Index, begin: Beginning, tty: Tty, context: CommandContext): Promise<ExitCode> {
  return new Session(index, begin, tty, context).run()
}

class Session {
  readonly #index: Index
  readonly #options: SearchOptions
  readonly #context: CommandContext
  readonly #tty: Tty
  readonly #screen: Screen
  readonly #editor: LineEditor
  readonly #searcher: Searcher
  readonly #state: State
  readonly #pathOf: PathOf
  readonly #color: boolean
  /** Hits asked for: more once the last of them is chosen. */
  #limit: number
  /** The query as it was last asked, whether thoroughly, and the wait for a pause before that. */
  #asked = { query: '', thorough: false }
  #pause: NodeJS.Timeout | undefined
  #drawing = false
  #finish: (code: ExitCode) => void = () => {}

  constructor(index: Index, { locations, query, options }: Beginning, tty: Tty, context: CommandContext) {
    this.#index = index
    this.#options = options
    this.#context = context
    this.#tty = tty
    this.#screen = new Screen(tty.output)
    this.#pathOf = pathPrinter(index, context.cwd)
    this.#color = colorWanted(text(context.line, 'color') ?? 'auto', true, context.env)
    this.#limit = finderLayout(this.#screen).hits
    this.#state = {
      field: 'query',
      query,
      paths: options.paths?.join(' ') ?? '',
      cursor: query.length,
      all: options.all ?? false,
      exact: options.exact ?? false,
      result: undefined,
      isFinal: true,
      chosen: 0,
      preview: undefined,
      scroll: 0,
      status: '',
    }
    this.#editor = new LineEditor(tty.input, {
      taken: key => this.#press(key),
      typed: () => this.#typed(),
      interrupted: () => this.#finish(EXIT.interrupted),
      ended: () => this.#finish(EXIT.ok),
      suspended: () => this.#suspend(),
    })
    this.#searcher = new Searcher(
      { locations, cwd: context.cwd },
      {
        found: result => this.#found(result),
        shown: lines => this.#change({ preview: lines }),
        failed: message => this.#change({ status: message }),
      },
    )
  }

  async run(): Promise<ExitCode> {
    const { output } = this.#tty
    const { signal } = this.#context.interrupt
    const resized = () => {
      this.#ask()
      this.#redraw()
    }
    output.on('resize', resized)
    try {
      return await new Promise<ExitCode>(resolve => {
        this.#finish = resolve
        signal.addEventListener('abort', () => resolve(this.#context.interrupt.exitCode ?? EXIT.interrupted))
        this.#screen.enter()
        this.#editor.set(this.#state.query)
        this.#editor.open()
        this.#ask()
        this.#draw()
      })
    } finally {
      output.off('resize', resized)
      clearTimeout(this.#pause)
      this.#editor.close()
      this.#screen.leave()
      await this.#searcher.close()
    }
  }

  /** A key that is not for the line; true where it was one. */
  #press({ name, ctrl }: Key): boolean {
    this.#state.status = ''
    if (ctrl) return this.#pressControl(name)
    if (name === 'escape') this.#finish(EXIT.ok)
    else if (name === 'up') this.#choose(-1)
    else if (name === 'down') this.#choose(1)
    else if (name === 'pageup' || name === 'pagedown')
      this.#change({ scroll: this.#state.scroll + (name === 'pageup' ? -5 : 5) })
    else if (name === 'return' || name === 'enter') this.#take()
    else if (name === 'tab') this.#switchField()
    else return false
    return true
  }

  #pressControl(name: string | undefined): boolean {
    if (name === 'p') this.#choose(-1)
    else if (name === 'n') this.#choose(1)
    else if (name === 'y') this.#copy()
    else if (name === 'x') this.#set({ exact: !this.#state.exact })
    else if (name === 't') this.#set({ all: !this.#state.all })
    else if (name === 'l') this.#redraw()
    else return false
    return true
  }

  #redraw(): void {
    this.#screen.forget()
    this.#draw()
  }

  #typed(): void {
    const { line, cursor } = this.#editor
    const { field } = this.#state
    const changed = line !== this.#state[field]
    this.#change(field === 'query' ? { query: line, cursor } : { paths: line, cursor })
    if (changed) this.#askAnew()
  }

  #switchField(): void {
    const field = this.#state.field === 'query' ? 'paths' : 'query'
    this.#editor.set(this.#state[field])
    this.#change({ field, cursor: this.#state[field].length })
  }

  #set(mode: Partial<Pick<State, 'exact' | 'all'>>): void {
    this.#change(mode)
    this.#askAnew()
  }

  #askAnew(): void {
    this.#limit = finderLayout(this.#screen).hits
    this.#state.chosen = 0
    this.#ask()
  }

  /** At once for the hits alone; thoroughly, also for what else there may be and for what was meant. */
  #ask({ thorough = false } = {}): void {
    clearTimeout(this.#pause)
    const { query, paths, all, exact } = this.#state
    const globs = paths.split(/\s+/).filter(Boolean)
    if (query.trim() === '' && globs.length === 0 && this.#options.where === undefined) {
      this.#change({ result: undefined, preview: undefined })
      return
    }
    this.#asked = { query, thorough }
    this.#searcher.search(query, {
      ...this.#options,
      paths: globs,
      all,
      exact,
      limit: Math.max(this.#limit, finderLayout(this.#screen).hits),
      ...(thorough ? {} : { freshness: 'hits', suggest: false }),
    })
  }

  #found(result: SearchResult): void {
    if (this.#state.query.trim() === '' && this.#state.paths.trim() === '') return
    const isFinal = this.#asked.thorough || (result.hits.length >= this.#limit && result.absent.length === 0)
    clearTimeout(this.#pause)
    if (!isFinal && result.query === this.#asked.query)
      this.#pause = setTimeout(() => this.#ask({ thorough: true }), PAUSE)
    // The second answer mostly says the same: then nothing moves, nor does the clock.
    const isSame = this.#asked.thorough && isDeepStrictEqual(result.hits, this.#state.result?.hits)
    const { tookMs } = isSame ? this.#state.result! : result
    const chosen = Math.min(this.#state.chosen, Math.max(result.hits.length - 1, 0))
    this.#change({ result: { ...result, tookMs }, isFinal, chosen })
    if (!isSame) this.#preview()
  }

  #choose(step: number): void {
    const { result, chosen } = this.#state
    const last = (result?.hits.length ?? 0) - 1
    if (step > 0 && chosen >= last && result && result.total > result.hits.length) {
      this.#limit += finderLayout(this.#screen).hits
      this.#state.chosen = chosen + 1
      this.#ask()
      return
    }
    this.#change({ chosen: Math.min(Math.max(chosen + step, 0), Math.max(last, 0)) })
    this.#preview()
  }

  #preview(): void {
    this.#state.scroll = 0
    const hit = this.#hit
    if (hit) this.#searcher.lines(hit, Math.max(finderLayout(this.#screen).preview, 1))
    else this.#change({ preview: undefined })
  }

  get #hit(): Hit | undefined {
    return this.#state.result?.hits[this.#state.chosen]
  }

  #copy(): void {
    const hit = this.#hit
    if (!hit) return
    this.#screen.copy(hit.citation)
    this.#change({ status: `copied ${hit.citation}` })
  }

  /** Opens the chosen hit, and comes back; where the answer goes to a program, gives that the citation and ends. */
  #take(): void {
    const hit = this.#hit
    if (!hit) return
    if (!this.#context.output.isTerminal) {
      this.#finish(EXIT.ok)
      void this.#context.output.print(`${hit.citation}\n`)
      return
    }
    this.#editor.close()
    this.#screen.leave()
    openHit(hit, this.#index, this.#context)
      .catch(thrown => {
        this.#state.status = messageOf(thrown)
      })
      .finally(() => {
        this.#screen.enter()
        this.#editor.open()
        this.#ask()
        this.#draw()
      })
  }

  #suspend(): void {
    this.#editor.close()
    this.#screen.leave()
    process.once('SIGCONT', () => {
      this.#screen.enter()
      this.#editor.open()
      this.#draw()
      // Nobody tells a program in the background that its terminal has another size now.
      process.kill(process.pid, 'SIGWINCH')
    })
    process.kill(process.pid, 'SIGTSTP')
  }

  #change(change: Partial<State>): void {
    Object.assign(this.#state, change)
    this.#draw()
  }

  /** Once for all that happens at the same moment, such as a pasted text. */
  #draw(): void {
    if (this.#drawing) return
    this.#drawing = true
    setImmediate(() => {
      this.#drawing = false
      const { columns, rows } = this.#screen
      const { documents, chunks: passages } = this.#index.manifest.totals
      const options = { columns, rows, color: this.#color, pathOf: this.#pathOf, documents, passages }
      this.#screen.paint(renderFinder(this.#state, options))
    })
  }
}
