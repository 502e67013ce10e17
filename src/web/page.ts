/**
 * The search page: what is typed becomes a view, the view becomes the URL and what is shown. Answers that come after a
 * later question are dropped.
 */
import type { SearchOptions } from '../search/options.ts'
import type { Hit, SearchResult } from '../search/result.ts'
import { element } from './element.ts'
import { hitItem, summary } from './hit-list.ts'
import { moveAmongHits } from './keyboard.ts'
import type { SearchSource } from './source.ts'
import { asksAnything, EMPTY, fragmentOf, type OpenDocument, readView, type View } from './view.ts'

/** Hits shown at a time. */
const PAGE = 10

/** Milliseconds without a key before a search begins. */
const PAUSE = 120

/** UTF-16 units: a passage whole, so that all its matches can be marked in the document. */
const WHOLE_PASSAGE = 20_000

/** Passages of one document whose matches are marked. */
const MARKED_PASSAGES = 500

/** Runs the page on the answers of a source, once that is open. */
export function startPage(opening: Promise<SearchSource>): void {
  new SearchPage(opening).start()
}

function byId<T extends HTMLElement>(id: string): T {
  return document.getElementById(id) as T
}

class SearchPage {
  readonly #opening: Promise<SearchSource>
  readonly #form = byId<HTMLFormElement>('search')
  readonly #query = byId<HTMLInputElement>('query')
  readonly #status = byId('status')
  readonly #notes = byId('notes')
  readonly #hits = byId('hits')
  readonly #more = byId<HTMLButtonElement>('more')
  readonly #document = byId('document')
  #view: View = EMPTY
  /** Counts questions: an answer to an earlier one than the last is of no use. */
  #asked = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(opening: Promise<SearchSource>) {
    this.#opening = opening
  }

  start(): void {
    this.#form.addEventListener('input', () => this.#soon())
    this.#form.addEventListener('submit', event => {
      event.preventDefault()
      this.#go(this.#typed(), 'push')
    })
    this.#more.addEventListener('click', () => void this.#showMore())
    byId('back').addEventListener('click', () => this.#back())
    // A link within the page changes the fragment, and so does Back.
    window.addEventListener('popstate', () => this.#show(readView(location.hash)))
    document.addEventListener('keydown', event => this.#key(event))
    this.#show(readView(location.hash))
    if (!this.#view.document) this.#query.focus()
    this.#opening.then(
      source => {
        source.onChange?.(() => this.#again())
        source.onProgress?.(words => {
          byId('progress').textContent = words
        })
      },
      () => {},
    )
  }

  /** Searches once nothing has been typed for a moment. */
  #soon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#go(this.#typed(), 'replace'), PAUSE)
  }

  #typed(): View {
    const fields = new FormData(this.#form)
    const text = (name: string): string => String(fields.get(name) ?? '')
    return {
      query: text('query'),
      path: text('path').trim(),
      where: text('where').trim(),
      all: fields.has('all'),
      exact: fields.has('exact'),
      fuzzy: fields.has('fuzzy'),
      sort: text('sort') === 'path' ? 'path' : 'score',
      byDocument: fields.has('group'),
    }
  }

  /** Goes to a view; what is merely typed leaves no trace in the history. */
  #go(view: View, how: 'push' | 'replace'): void {
    const fragment = fragmentOf(view)
    const isNew = how === 'push' && fragment !== location.hash && fragment !== `${location.hash}#`
    if (isNew) history.pushState(null, '', fragment)
    else history.replaceState(null, '', fragment)
    this.#show(view)
  }

  #show(view: View): void {
    // A search that was still to begin is not wanted any more.
    clearTimeout(this.#timer)
    this.#view = view
    this.#fill(view)
    document.body.classList.toggle('reading', view.document !== undefined)
    const asked = ++this.#asked
    const showing = view.document ? this.#showDocument(view.document, asked) : this.#showHits(asked)
    showing.catch((thrown: unknown) => {
      if (asked === this.#asked) this.#fail(thrown)
    })
  }

  /** The fields as a view has them, but for the one that is being typed in. */
  #fill(view: View): void {
    if (this.#query.value !== view.query) this.#query.value = view.query
    for (const name of ['path', 'where'] as const) {
      const field = byId<HTMLInputElement>(name)
      if (field.value.trim() !== view[name]) field.value = view[name]
    }
    for (const name of ['all', 'exact', 'fuzzy'] as const) byId<HTMLInputElement>(name).checked = view[name]
    byId<HTMLInputElement>('group').checked = view.byDocument
    byId<HTMLSelectElement>('sort').value = view.sort
    const isFiltered = fragmentOf({ ...view, query: '', document: undefined }) !== '#'
    if (isFiltered) byId<HTMLDetailsElement>('filters').open = true
  }

  async #showHits(asked: number): Promise<void> {
    const view = this.#view
    this.#document.replaceChildren()
    if (!asksAnything(view)) {
      this.#clear()
      const source = await this.#opening
      if (asked === this.#asked)
        this.#status.textContent = `${source.documents.toLocaleString('en')} documents to search.`
      return
    }
    this.#status.textContent ||= 'Opening the index …'
    const source = await this.#opening
    const answer = await this.#search(source, view, { limit: PAGE })
    if (asked !== this.#asked) return
    this.#hits.replaceChildren(...answer.hits.map(hit => hitItem(hit, view)))
    this.#conclude(answer, source)
  }

  /** As typed; and where a word is nowhere that may still be in the middle of being typed, with its continuations. */
  async #search(source: SearchSource, view: View, more: SearchOptions): Promise<SearchResult> {
    const { query, where, path, all, exact, fuzzy, sort, byDocument } = view
    const options: SearchOptions = {
      all,
      exact,
      fuzzy,
      sort,
      suggest: source.isNear,
      ...(byDocument ? { group: 'document' } : {}),
      ...(where === '' ? {} : { where }),
      ...(path === '' ? {} : { paths: [path] }),
      ...more,
    }
    const answer = await source.search(query, options)
    const last = /[\p{L}\p{N}]{2,}$/u.exec(query)?.[0].toLowerCase()
    if (last === undefined || !answer.absent.includes(last)) return answer
    const longer = await source.search(`${query}*`, options)
    return longer.total > answer.total ? { ...longer, absent: [], suggestion: null } : answer
  }

  /** Everything about the hits but the hits. */
  #conclude(
    { total, hits, absent, relaxed, suggestion, documentsWithAll, stale }: SearchResult,
    { documents }: SearchSource,
  ): void {
    const shown = this.#hits.childElementCount
    this.#status.textContent = summary(shown, total, documents)
    this.#more.hidden = hits.length < PAGE || shown >= total
    const notes: HTMLElement[] = []
    if (suggestion !== null) {
      const link = element('a', { href: fragmentOf({ ...this.#view, query: suggestion }) }, suggestion)
      notes.push(element('p', {}, 'Did you mean ', link, '?'))
    }
    if (absent.length > 0) notes.push(element('p', {}, `Nowhere in the index: ${absent.join(', ')}`))
    if (relaxed.length > 0)
      notes.push(element('p', {}, `Not found whole, matched by its parts: ${relaxed.join(', ')}`))
    if (documentsWithAll) {
      const link = element(
        'a',
        { href: fragmentOf({ ...this.#view, byDocument: true }) },
        `${documentsWithAll} as whole documents`,
      )
      notes.push(element('p', {}, 'No passage has it all; ', link, ' do.'))
    }
    if (stale) {
      const { new: added, changed, gone } = stale
      const behind = `${added} new, ${changed} changed, ${gone} gone`
      notes.push(element('p', {}, `The index is behind its files: ${behind}.`))
    }
    this.#notes.replaceChildren(...notes)
  }

  async #showMore(): Promise<void> {
    const asked = this.#asked
    const view = this.#view
    const source = await this.#opening
    const offset = this.#hits.childElementCount
    const answer = await this.#search(source, view, { limit: PAGE, offset })
    if (asked !== this.#asked) return
    const items = answer.hits.map(hit => hitItem(hit, view))
    this.#hits.append(...items)
    this.#conclude(answer, source)
    items[0]?.querySelector('a')?.focus()
  }

  async #showDocument(opened: OpenDocument, asked: number): Promise<void> {
    const view = this.#view
    this.#status.textContent = `Opening ${opened.path} …`
    const source = await this.#opening
    const [{ documentElement, matchesByLine }, passage, hits] = await Promise.all([
      import('./document-view.ts'),
      source.show(opened.path),
      this.#matchesIn(source, view, opened.path).catch(() => []),
    ])
    if (asked !== this.#asked) return
    this.#document.replaceChildren(documentElement(passage, opened, matchesByLine(hits), view))
    this.#status.textContent = ''
    byId('document-title').focus({ preventScroll: true })
    const target = opened.first > 0 ? document.getElementById(`line-${opened.first}`) : null
    if (target) target.scrollIntoView({ block: 'center' })
    else scrollTo(0, 0)
  }

  /** The passages of one document that match. */
  async #matchesIn(source: SearchSource, view: View, path: string): Promise<Hit[]> {
    if (!source.isNear || view.query.trim() === '') return []
    const options = { paths: [globOf(path)], limit: MARKED_PASSAGES, excerptLength: WHOLE_PASSAGE }
    const answer = await this.#search(source, { ...view, path: '', where: '', byDocument: false }, options)
    return answer.hits.filter(hit => hit.path === path)
  }

  /** From a document to the hits it was opened from. */
  #back(): void {
    this.#go({ ...this.#view, document: undefined }, 'push')
    this.#query.focus()
  }

  /** The index has become another. */
  #again(): void {
    if (!this.#view.document) this.#show(this.#view)
  }

  #clear(): void {
    this.#hits.replaceChildren()
    this.#notes.replaceChildren()
    this.#more.hidden = true
    this.#status.textContent = ''
  }

  #fail(thrown: unknown): void {
    this.#clear()
    this.#document.replaceChildren()
    this.#status.textContent = thrown instanceof Error ? thrown.message : String(thrown)
  }

  #key(event: KeyboardEvent): void {
    const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement
    if (event.key === 'Escape' && this.#view.document) this.#back()
    else if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey) this.#query.select()
    else if (!moveAmongHits(event, this.#query, this.#hits)) return
    event.preventDefault()
  }
}

/** The glob that matches one path alone. */
function globOf(path: string): string {
  return `/${path.replace(/[\\*?[\]{}!#]/g, sign => (sign === '\\' ? '\\\\' : `\\${sign}`))}`
}
