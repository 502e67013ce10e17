/** The page of `glean serve`. */
import { apiSource } from './api-source.ts'
import { startPage } from './page.ts'

startPage(apiSource())
