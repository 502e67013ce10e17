/**
 * RTF: paragraphs, headings by their styles, rows of tables, and the properties at its head, in any of the encodings it
 * can name. Pictures, objects, headers, footers and what is marked as deleted or hidden are left out.
 */
import { Buffer } from 'node:buffer'
import { decodeAs, encodingNamed } from '../crawl/other-encoding.ts'
import type { Metadata, MetadataValue } from './document.ts'
import { TextBuilder } from './extracted.ts'
import { type BytesExtractor, Refusal } from './extractor.ts'
import { type RtfToken, rtfTokens } from './rtf-tokens.ts'
import { TableRow } from './table-row.ts'

export const rtf: BytesExtractor = {
  format: 'rtf',
  extensions: ['.rtf'],
  takes: 'bytes',
  extract(bytes) {
    const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
    if (!source.startsWith('{\\rtf')) return undefined
    const reader = new RtfReader()
    for (const token of rtfTokens(source)) reader.take(token)
    return reader.finish()
  },
}

/** Groups that are no text. One of a program's own is marked by a star. */
const LEFT_OUT = new Set(
  'colortbl pict object objdata header headerl headerr headerf footer footerl footerr footerf fldinst themedata datastore colorschememapping latentstyles listtable listoverridetable revtbl rsidtbl generator filetbl xmlnstbl mmathPr wgrffmtfilter template bkmkstart bkmkend sp shpinst nonshppict xe tc listtext pntext pn'.split(
    ' ',
  ),
)
/** Groups whose text is known about, not said. */
const PROPERTIES: Readonly<Record<string, string>> = {
  title: 'title',
  author: 'author',
  subject: 'subject',
  keywords: 'keywords',
  company: 'company',
  category: 'category',
  operator: 'editor',
}
const SIGNS: Readonly<Record<string, string>> = {
  tab: '\t',
  line: '\n',
  emdash: '—',
  endash: '–',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
  emspace: ' ',
  enspace: ' ',
  qmspace: ' ',
}
/** Encodings of fonts by their `\fcharset`; 0 is that of the document. */
const CHARSETS: Readonly<Record<number, string>> = {
  77: 'macintosh',
  128: 'shift_jis',
  129: 'euc-kr',
  134: 'gbk',
  136: 'big5',
  161: 'windows-1253',
  162: 'windows-1254',
  163: 'windows-1258',
  177: 'windows-1255',
  178: 'windows-1256',
  186: 'windows-1257',
  204: 'windows-1251',
  222: 'windows-874',
  238: 'windows-1250',
}

/** What holds within a group. */
interface Group {
  /** What its text is for. */
  into: 'text' | 'nothing' | 'fonts' | 'styles' | string
  hidden: boolean
  font: number
  /** Units that stand in for a character where it cannot be shown. */
  substitutes: number
}

class RtfReader {
  readonly #out = new TextBuilder()
  readonly #groups: Group[] = []
  #group: Group = { into: 'text', hidden: false, font: 0, substitutes: 1 }
  #encoding = 'windows-1252'
  readonly #fonts = new Map<number, string>()
  readonly #styles = new Map<number, string>()
  readonly #properties = new Map<string, string>()
  #style = 0
  #outline: number | undefined
  #inTable = false
  #row: TableRow | undefined
  #text = ''
  #bytes: number[] = []
  #skip = 0
  #isFirst = false

  take(token: RtfToken): void {
    if (token.kind === 'byte') {
      if (this.#skip > 0) this.#skip--
      else this.#bytes.push(token.byte)
      return
    }
    this.#decode()
    if (token.kind === 'text') this.#add(this.#withoutSubstitutes(token.text))
    else if (token.kind === 'word') this.#word(token.word, token.number)
    else if (token.kind === 'open') this.#groups.push({ ...this.#group })
    else this.#close()
    this.#isFirst = token.kind === 'open' || (token.kind === 'word' && token.word === '*')
  }

  finish() {
    this.#decode()
    this.#paragraph()
    this.#row?.end()
    if (this.#out.length === 0) throw new Refusal('no-text', 'it has no text')
    const title = this.#properties.get('title') ?? ''
    const metadata: Metadata = Object.fromEntries(
      [...this.#properties]
        .filter(([name]) => name !== 'title')
        .map(([name, value]): [string, MetadataValue] => [
          name,
          name === 'keywords' ? value.split(/\s*[,;]\s*/).filter(Boolean) : value,
        ]),
    )
    // An unclosed group is a file that breaks off.
    const doubt = this.#groups.length > 0 ? { doubt: 'its end is missing' } : {}
    return this.#out.finish({ ...(title ? { title } : {}), metadata, ...doubt })
  }

  #word(word: string, number: number | undefined): void {
    const group = this.#group
    if (this.#isFirst && this.#destination(word)) return
    if (word === 'u' && number !== undefined) {
      this.#add(String.fromCharCode(number & 0xffff))
      this.#skip = group.substitutes
    } else if (word === 'uc') group.substitutes = number ?? 1
    else if (word === 'ansicpg') this.#encoding = codePage(number) ?? this.#encoding
    else if (word === 'mac') this.#encoding = 'macintosh'
    else if (word === 'f') group.font = number ?? 0
    else if (word === 'fcharset' && group.into === 'fonts') {
      const encoding = CHARSETS[number ?? 0]
      if (encoding) this.#fonts.set(group.font, encoding)
    } else if (word === 'v' || word === 'deleted') group.hidden = number !== 0
    else if (word === 'plain') group.hidden = false
    else if (group.into === 'styles' && word === 's') this.#style = number ?? 0
    else if (group.into === 'text') this.#layout(word, number)
  }

  /** Words that begin a group tell what it is for. */
  #destination(word: string): boolean {
    const group = this.#group
    if (word === 'fonttbl') group.into = 'fonts'
    else if (word === 'stylesheet') group.into = 'styles'
    else if (Object.hasOwn(PROPERTIES, word) && group.into === 'info')
      group.into = `property ${PROPERTIES[word]}`
    else if (word === 'info') group.into = 'info'
    else if (word === '*' && group.into !== 'styles' && group.into !== 'fonts') group.into = 'nothing'
    else if (LEFT_OUT.has(word)) group.into = 'nothing'
    // Notes and the text of shapes are starred too, and are text.
    else if (/^(?:footnote|shptxt)$/.test(word)) group.into = 'text'
    else return false
    return true
  }

  #layout(word: string, number: number | undefined): void {
    if (Object.hasOwn(SIGNS, word)) this.#add(SIGNS[word]!)
    else if (word === 'par' || word === 'sect' || word === 'page') this.#paragraph()
    else if (word === 'cell' || word === 'nestcell') this.#cell()
    else if (word === 'row' || word === 'nestrow') {
      this.#row?.end()
      this.#row = undefined
    } else if (word === 'intbl') this.#inTable = true
    else if (word === 's') this.#style = number ?? 0
    else if (word === 'outlinelevel') this.#outline = number
    else if (word === 'pard') {
      this.#style = 0
      this.#outline = undefined
      this.#inTable = false
    }
  }

  #add(text: string): void {
    const { into, hidden } = this.#group
    if (into === 'nothing' || into === 'info' || into === 'fonts' || hidden) return
    if (into === 'text') this.#text += text
    else if (into === 'styles') this.#styles.set(this.#style, (this.#styles.get(this.#style) ?? '') + text)
    else {
      const name = into.slice('property '.length)
      this.#properties.set(name, ((this.#properties.get(name) ?? '') + text).slice(0, 2000))
    }
  }

  #close(): void {
    this.#skip = 0
    if (this.#group.into === 'styles') this.#style = 0
    this.#group = this.#groups.pop() ?? this.#group
  }

  /** Bytes that stand together are decoded together: a character may be two. */
  #decode(): void {
    if (this.#bytes.length === 0) return
    const encoding = this.#fonts.get(this.#group.font) ?? this.#encoding
    this.#add(decodeAs(Buffer.from(this.#bytes), encoding))
    this.#bytes = []
  }

  #withoutSubstitutes(text: string): string {
    const skipped = Math.min(this.#skip, text.length)
    this.#skip -= skipped
    return text.slice(skipped)
  }

  #cell(): void {
    this.#row ??= new TableRow(this.#out)
    this.#row.add(this.#text)
    this.#row.endCell()
    this.#text = ''
  }

  #paragraph(): void {
    const text = this.#text.trim()
    this.#text = ''
    if (text === '') return
    const named = /^heading ([1-9])\b/i.exec(this.#styles.get(this.#style)?.trim() ?? '')?.[1]
    const level = this.#outline === undefined || this.#outline > 8 ? Number(named ?? 0) : this.#outline + 1
    if (this.#inTable) {
      this.#row ??= new TableRow(this.#out)
      this.#row.add(text)
    } else if (level > 0) this.#out.heading(level, text)
    else this.#out.paragraph(text)
  }
}

function codePage(number = 0): string | undefined {
  if (number === 10_000) return 'macintosh'
  return encodingNamed(`windows-${number}`) ?? encodingNamed(`cp${number}`)
}
