/** The head of a text as any may have it: front matter, then a Fact Box. In comes the text, out comes its metadata. */
import { readFactBox } from './fact-box.ts'
import { readFrontMatter } from './front-matter.ts'
import type { Head } from './reader.ts'

/** What stands in the Fact Box goes before what stands in the front matter. */
export function readHead(text: string): Head {
  const front = readFrontMatter(text)
  const box = readFactBox(text, front?.end ?? 0)
  return { metadata: { ...front?.metadata, ...box?.metadata }, bodyStart: box?.end ?? front?.end ?? 0 }
}
