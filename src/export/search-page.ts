/** The search page: its files as the build leaves them, and its HTML with what differs from one use to the next. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Scripts that are each the whole of another page. */
const OTHER_PAGES = ['live.js', 'single.js']

/** A file of the page, as bytes. */
export function pageFile(name: string): Buffer {
  return readFileSync(join(pageFolder(), name))
}

/** Names of all scripts of a static site: its own, and those it loads when they are needed. */
export function siteScripts(): string[] {
  return readdirSync(pageFolder()).filter(name => name.endsWith('.js') && !OTHER_PAGES.includes(name))
}

/** Where the build leaves them. */
function pageFolder(): string {
  return fileURLToPath(new URL('./web', import.meta.url))
}

export interface PageParts {
  /** A text, shown as it is. */
  readonly title: string
  /** Elements for the head, and for the end of the body. */
  readonly head: string
  readonly foot?: string
}

/** The page's HTML. */
export function pageHtml({ title, head, foot = '' }: PageParts): string {
  const parts: Record<string, string> = { title: escapeHtml(title), head, foot }
  return pageFile('page.html')
    .toString()
    .replace(/\{\{(title|head|foot)\}\}/g, (_, name: string) => parts[name]!)
}

/** A text as HTML has it, in an element or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`)
}

/** Names of the files a script of the page loads later and in any case: word forms of English, which every index has. */
export function preloadedScripts(name: string): string[] {
  const source = pageFile(name).toString()
  return [...source.matchAll(/import\("\.\/(english-[\w-]+\.js)"\)/g)].map(([, found]) => found!)
}
