/**
 * What office files have in common: an archive of XML (OOXML: ECMA-376; ODF: ISO 26300), relations between its parts, and
 * properties of the document. In come an archive's bytes, out come its parts.
 */
import { Buffer } from 'node:buffer'
import { looksZipped, Zip } from '../crawl/zip.ts'
import type { Metadata, MetadataValue } from './document.ts'
import { Refusal } from './extractor.ts'
import { isMadeUp } from './title.ts'
import { walkXml } from './xml.ts'

/** How the older compound files begin, in which encrypted ones still come. */
const COMPOUND = Buffer.from('d0cf11e0a1b11ae1', 'hex')

/** The archive; undefined where the bytes are none. Throws {@link Refusal}. */
export function openPackage(bytes: Uint8Array): Zip | undefined {
  if (looksZipped(bytes)) return new Zip(bytes)
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (!buffer.subarray(0, 8).equals(COMPOUND)) return undefined
  if (buffer.includes(Buffer.from('EncryptedPackage', 'utf16le')))
    throw new Refusal('encrypted', 'it is encrypted; save a copy without a password')
  throw new Refusal('binary', 'an Office file of the old kind; save it as .docx, .xlsx or .pptx')
}

/** Where relations of a kind lead, as paths in the archive by their identifiers. `part` is '' for the whole package. */
export function relations(zip: Zip, part: string, kind: string): ReadonlyMap<string, string> {
  const cut = part.lastIndexOf('/') + 1
  const source = zip.text(`${part.slice(0, cut)}_rels/${part.slice(cut)}.rels`)
  const found = new Map<string, string>()
  walkXml(source ?? '', {
    open(name, attribute) {
      const target = attribute('Target')
      if (name !== 'Relationship' || target === undefined || attribute('TargetMode') === 'External') return
      if (attribute('Type')?.endsWith(`/${kind}`))
        found.set(attribute('Id') ?? '', resolved(part.slice(0, cut), target))
    },
  })
  return found
}

/** A relative reference as a path in the archive. */
export function resolved(folder: string, target: string): string {
  const parts: string[] = []
  for (const part of (target.startsWith('/') ? target : folder + target).split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}

/** Properties by the names of their elements, and what we call them. */
const PROPERTIES: Readonly<Record<string, string>> = {
  title: 'title',
  creator: 'author',
  'initial-creator': 'author',
  subject: 'subject',
  description: 'description',
  keywords: 'keywords',
  keyword: 'keywords',
  category: 'category',
  language: 'language',
  created: 'created',
  'creation-date': 'created',
  modified: 'modified',
  date: 'modified',
  lastModifiedBy: 'editor',
  Pages: 'pages',
  Slides: 'slides',
  Company: 'company',
  Application: 'application',
  generator: 'application',
}
const NUMBERS = new Set(['pages', 'slides'])
const VALUE_LIMIT = 2000

/** The title, '' without one, and what else is known of a document, from parts such as `docProps/core.xml`. */
export function properties(zip: Zip, ...parts: string[]): { title: string; metadata: Metadata } {
  const known = new Map<string, MetadataValue>()
  for (const part of parts) {
    let name: string | undefined
    let value = ''
    walkXml(zip.text(part) ?? '', {
      open(element, attribute) {
        name = PROPERTIES[element]
        value = ''
        const pages = element === 'document-statistic' ? attribute('page-count') : undefined
        if (pages) known.set('pages', Number(pages))
      },
      text(text) {
        value += text
      },
      close() {
        if (name !== undefined) note(known, name, value.replace(/\s+/gu, ' ').trim())
        name = undefined
      },
    })
  }
  const given = String(known.get('title') ?? '')
  const title = isMadeUp(given) ? '' : given
  known.delete('title')
  return { title, metadata: Object.fromEntries(known) }
}

function note(known: Map<string, MetadataValue>, name: string, value: string): void {
  if (value === '' || value.length > VALUE_LIMIT) return
  const isNumber = NUMBERS.has(name) && /^\d{1,9}$/.test(value)
  const before = known.get(name)
  if (name !== 'keywords') known.set(name, before ?? (isNumber ? Number(value) : value))
  else
    known.set(name, [...(Array.isArray(before) ? before : []), ...value.split(/\s*[,;]\s*/).filter(Boolean)])
}
