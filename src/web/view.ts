/** What the page shows, as its URL has it after the `#`: so that every view can be linked, and Back leads to the last. */

export interface View {
  readonly query: string
  readonly path: string
  readonly where: string
  readonly all: boolean
  readonly exact: boolean
  readonly fuzzy: boolean
  readonly sort: 'score' | 'path'
  readonly byDocument: boolean
  /** The document that is open; undefined where the hits are shown. */
  readonly document?: OpenDocument | undefined
}

export interface OpenDocument {
  readonly path: string
  /** 1-based lines to point out; 0 for none. */
  readonly first: number
  readonly last: number
}

export const EMPTY: View = {
  query: '',
  path: '',
  where: '',
  all: false,
  exact: false,
  fuzzy: false,
  sort: 'score',
  byDocument: false,
}

/** The view of a URL's fragment, with or without its `#`. Anything can be read: what is not known counts for nothing. */
export function readView(fragment: string): View {
  const fields = new URLSearchParams(fragment.replace(/^#/, ''))
  const [, first, last] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(fields.get('lines') ?? '') ?? []
  const path = fields.get('doc')
  const from = Number(first ?? 0)
  return {
    query: fields.get('q') ?? '',
    path: fields.get('path') ?? '',
    where: fields.get('where') ?? '',
    all: fields.has('all'),
    exact: fields.has('exact'),
    fuzzy: fields.has('fuzzy'),
    sort: fields.get('sort') === 'path' ? 'path' : 'score',
    byDocument: fields.has('group'),
    document: path === null ? undefined : { path, first: from, last: Math.max(from, Number(last ?? 0)) },
  }
}

/** The fragment of a view, with its `#`. */
export function fragmentOf(view: View): string {
  const fields = new URLSearchParams()
  if (view.query !== '') fields.set('q', view.query)
  if (view.path !== '') fields.set('path', view.path)
  if (view.where !== '') fields.set('where', view.where)
  for (const name of ['all', 'exact', 'fuzzy'] as const) if (view[name]) fields.set(name, '1')
  if (view.sort === 'path') fields.set('sort', 'path')
  if (view.byDocument) fields.set('group', 'document')
  if (view.document) {
    const { path, first, last } = view.document
    fields.set('doc', path)
    if (first > 0) fields.set('lines', last > first ? `${first}-${last}` : String(first))
  }
  return `#${fields}`
}

/** Whether anything is asked for. */
export function asksAnything({ query, path, where }: View): boolean {
  return [query, path, where].some(text => text.trim() !== '')
}
