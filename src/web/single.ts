/** The page of `glean export site --single-file`: the index is inside it. */
import { openMemory } from '../browser.ts'
import { indexSource } from './index-source.ts'
import { startPage } from './page.ts'

/** The files of the index: elements whose text is base64, named by `data-file`. */
function embeddedFiles(): Record<string, Uint8Array> {
  const elements = document.querySelectorAll<HTMLScriptElement>('script[data-file]')
  return Object.fromEntries(
    [...elements].map(element => [element.dataset.file!, bytesOf(element.textContent ?? '')]),
  )
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64.trim()), sign => sign.charCodeAt(0))
}

const open = () => openMemory(embeddedFiles())

startPage(open().then(index => indexSource(index, open)))
