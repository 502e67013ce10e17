/** The hits as a list: each a link to its lines in its document. */
import type { Hit } from '../search/result.ts'
import { element, marked } from './element.ts'
import { fragmentOf, type View } from './view.ts'

/** The item of one hit. */
export function hitItem(hit: Hit, view: View): HTMLLIElement {
  const { path, title, heading, excerpt, highlights, truncated, line, startLine, endLine } = hit
  const document = { path, first: startLine, last: endLine }
  const trail = heading.filter(each => each !== title).join(' › ')
  const [before, after] = truncated
  return element(
    'li',
    { class: 'hit' },
    element(
      'h2',
      { dir: 'auto' },
      element('a', { href: fragmentOf({ ...view, document }) }, title || fileName(path)),
    ),
    element(
      'p',
      { class: 'place' },
      element('span', { dir: 'ltr' }, `${path}:${line}`),
      trail === '' ? undefined : element('span', { dir: 'auto', class: 'trail' }, trail),
      hit.state === 'changed'
        ? element('span', { class: 'badge' }, 'changed since it was indexed')
        : undefined,
      hit.more ? element('span', { class: 'badge' }, `${hit.more} more in this document`) : undefined,
    ),
    element(
      'p',
      { class: 'excerpt', dir: 'auto' },
      before ? '… ' : undefined,
      ...marked(excerpt, highlights),
      after ? ' …' : undefined,
    ),
  )
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** What is said above the hits. */
export function summary(shown: number, total: number, documents: number): string {
  const of = `${documents.toLocaleString('en')} ${documents === 1 ? 'document' : 'documents'}`
  if (total === 0) return `Nothing found in ${of}.`
  const passages = `${total.toLocaleString('en')} ${total === 1 ? 'passage' : 'passages'}`
  return shown < total ? `${passages}, the best ${shown} shown, in ${of}.` : `${passages} in ${of}.`
}
