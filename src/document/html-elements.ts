/**
 * What elements of HTML mean to a reader: which part paragraphs, which are no text, and which are there for finding
 * one's way on a page and not for reading. Names are lower-case.
 */

/** Begin and end on lines of their own. */
export const BLOCKS = set(
  'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer',
  'form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html li main menu nav ol p pre section summary table tbody td tfoot',
  'th thead title tr ul option',
)

/** Lists, whose items are lines of one paragraph. */
export const LISTS = set('ul ol dl menu dir')
export const ITEMS = set('li dt dd')
export const CELLS = set('td th')

/** No text for a reader, or a control. */
const NO_TEXT = set(
  'script style noscript template svg iframe object embed audio video canvas map button select textarea datalist',
  'nav noframes rp',
)

/** Beside the text of a page, where they are not within it. */
const BESIDE = set('footer aside')

const WAY_ROLES = set('navigation contentinfo search menu menubar toolbar dialog alertdialog banner')

/** Classes and ids that pages give to what is no text of theirs, whole words of the attribute. */
const WAY_CLASS =
  /^(?:nav|navbar|navigation|navheader|navfooter|nav-?chapters|sidebar|sphinxsidebar|breadcrumbs?|toc|table-of-contents|menu|menu-bar|related|headerlink|permalink|anchor-link|skip-?(?:link|to-content|nav)|cookie-?(?:banner|consent|notice)|share|social(?:-links)?|adverti[sz]ements?|ads?|pagination|pager|prev-next|mw-editsection|mw-jump-link|noprint|printfooter|catlinks|sr-only|visually-hidden)$/i

export type Attributes = Readonly<Record<string, string>>

/** Whether an element and all in it is no text for a reader; `within` says that it stands in the main text. */
export function isPassedOver(name: string, attributes: Attributes, within: boolean): boolean {
  if (NO_TEXT.has(name)) return true
  if (!within && BESIDE.has(name)) return true
  if ('hidden' in attributes || attributes['aria-hidden'] === 'true') return true
  if (WAY_ROLES.has(attributes.role ?? '')) return true
  if (/display\s*:\s*none|visibility\s*:\s*hidden/i.test(attributes.style ?? '')) return true
  // A page may mark all of itself.
  if (name === 'body' || name === 'html' || name === 'main' || name === 'article') return false
  return [attributes.class, attributes.id].some(names =>
    names?.split(/\s+/).some(each => WAY_CLASS.test(each)),
  )
}

/** How surely an element is the main text of its page: 2, 1, or 0 for any other. */
export function mainness(name: string, { role, itemprop, class: classes, id }: Attributes): 0 | 1 | 2 {
  if (name === 'main' || role === 'main' || itemprop === 'articleBody' || id === 'mw-content-text') return 2
  return name === 'article' || role === 'article' || classes === 'article' ? 1 : 0
}

function set(...names: string[]): ReadonlySet<string> {
  return new Set(names.flatMap(each => each.split(' ')))
}
