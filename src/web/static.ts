/** The page of `glean export site`: it reads the index beside it, whose head it has asked for with its own script. */
import { openIndex } from '../browser.ts'
import { indexSource } from './index-source.ts'
import { startPage } from './page.ts'

const head = document.querySelector('#head')?.getAttribute('href')?.split('/').pop()

startPage(openIndex('index/', { head }).then(index => indexSource(index, () => openIndex('index/'))))
