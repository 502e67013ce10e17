/** The search page's own files, by the path they are served under: few, small, and held in memory. */
import { gzipSync } from 'node:zlib'
import { pageFile, pageHtml } from '../export/search-page.ts'

export interface PageFile {
  readonly type: string
  readonly bytes: Uint8Array
  readonly gzipped: Uint8Array
}

const HTML = 'text/html; charset=utf-8'
const CSS = 'text/css; charset=utf-8'
const SCRIPT = 'text/javascript; charset=utf-8'

/** By path. */
export function pageFiles(title: string): ReadonlyMap<string, PageFile> {
  const head = `<link rel="stylesheet" href="page.css">\n<script type="module" src="live.js"></script>`
  const page = file(HTML, Buffer.from(pageHtml({ title, head })))
  return new Map([
    ['/', page],
    ['/index.html', page],
    ['/page.css', file(CSS, pageFile('page.css'))],
    ['/live.js', file(SCRIPT, pageFile('live.js'))],
  ])
}

function file(type: string, bytes: Uint8Array): PageFile {
  return { type, bytes, gzipped: gzipSync(bytes) }
}
