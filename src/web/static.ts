/** The page of `glean export site`: it reads the index beside it. */
import { openIndex } from '../browser.ts'
import { indexSource } from './index-source.ts'
import { startPage } from './page.ts'

const open = () => openIndex('index/')

startPage(open().then(index => indexSource(index, open)))
