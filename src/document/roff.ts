/**
 * roff, the language of man pages, as plain lines: in comes a line of source, out comes what it says, on one line. Font
 * changes and spacing go, special characters become what they show, the words of a request stay. Section titles stay as
 * they stand, because they are what tells them from text.
 */

const GLYPHS: Readonly<Record<string, string>> = {
  em: '—',
  en: '–',
  hy: '-',
  mi: '−',
  aq: "'",
  dq: '"',
  lq: '“',
  rq: '”',
  oq: '‘',
  cq: '’',
  ga: '`',
  aa: '´',
  ha: '^',
  ti: '~',
  rs: '\\',
  bu: '•',
  sc: '§',
  dg: '†',
  co: '©',
  rg: '®',
  tm: '™',
  de: '°',
  mu: '×',
  '+-': '±',
  '->': '→',
  '<-': '←',
  '>=': '≥',
  '<=': '≤',
  '!=': '≠',
  ss: 'ß',
  ae: 'æ',
  AE: 'Æ',
  oe: 'œ',
  '/o': 'ø',
  '/O': 'Ø',
  Po: '£',
  Eu: '€',
  ba: '|',
  sh: '#',
  at: '@',
  lB: '[',
  rB: ']',
  lC: '{',
  rC: '}',
}
/** Accents of two-sign names: `\(:a` is ä. */
const ACCENTS: Readonly<Record<string, string>> = {
  ':': '\u0308',
  "'": '\u0301',
  '`': '\u0300',
  '^': '\u0302',
  '~': '\u0303',
  ',': '\u0327',
  o: '\u030a',
  v: '\u030c',
}
/** Strings that macro packages define. */
const STRINGS: Readonly<Record<string, string>> = {
  R: '®',
  Tm: '™',
  lq: '“',
  rq: '”',
  Lq: '“',
  Rq: '”',
}

/** Fonts and sizes, registers, motions; strings; glyphs by name; signs. Of the last three what is named is caught. */
const ESCAPE =
  /\\(?:[fFmMgk](?:\[[^\]]{0,80}\]|\(..|.)|s(?:\[[^\]]{0,80}\]|[-+]?\(?\d{1,2})|n[-+]?(?:\[[^\]]{0,80}\]|\(..|.)|[hvwlLDobXZAN]'[^']{0,200}'|\*(?:\[([^\]]{0,80})\]|(\(..|.))|\[([^\]]{0,80})\]|\((..)|(.))/gu

/** What a piece of text shows. */
export function withoutEscapes(text: string): string {
  if (!text.includes('\\')) return text
  // Nearly all of them are these two.
  const plain = text.includes('\\\\') ? text : text.replaceAll('\\-', '-').replace(/\\f[A-Z]/gu, '')
  return plain.includes('\\') ? plain.replace(/\\["#].*$/u, '').replace(ESCAPE, shown) : plain
}

function shown(
  _: string,
  long?: string,
  short?: string,
  name?: string,
  pair?: string,
  sign?: string,
): string {
  if (sign !== undefined) return signOf(sign)
  const glyphName = name ?? pair
  if (glyphName !== undefined) return glyph(glyphName)
  return STRINGS[long ?? short?.replace('(', '') ?? ''] ?? ''
}

function signOf(sign: string): string {
  if ('e\\'.includes(sign)) return '\\'
  if ('0~ tp'.includes(sign)) return ' '
  return '&|^%:)/,{}cuadrxz!'.includes(sign) ? '' : sign
}

function glyph(name: string): string {
  const known = GLYPHS[name]
  if (known !== undefined) return known
  const code = /^u([0-9A-F]{4,6})$/u.exec(name)?.[1]
  if (code !== undefined) {
    const point = Number.parseInt(code, 16)
    return point >= 32 && point <= 0x10ffff && !(point >= 0xd800 && point < 0xe000)
      ? String.fromCodePoint(point)
      : ' '
  }
  const accent = ACCENTS[name.charAt(0)]
  return accent !== undefined && name.length === 2 ? `${name.charAt(1)}${accent}`.normalize('NFC') : ''
}

const REQUEST = /^[.'][ \t]*([A-Za-z%][A-Za-z0-9]*)(?:[ \t]+(.*))?$/u
/** Titles, of man and of mdoc. */
const TITLES = new Set(['TH', 'SH', 'SS', 'Dd', 'Dt', 'Sh', 'Ss'])
/** Requests to the formatter alone, and lists and displays of mdoc, whose words are settings. */
const SILENT = new Set(
  (
    'PP P LP HP TQ RS RE EX EE nf fi sp br ad na hy nh ne in ti ta ft ps vs ll nr ds as so rm rn tr ce ul cs ss if ie el ' +
    'mso bp pl po it fam hw hc ev ec cc c2 eo als de am ig PD DT UC AT YS UE ME Pp Lp Bd Ed Bl El Bk Ek Os Sm Ud'
  ).split(' '),
)
/** Fonts that change from word to word, which stand together. */
const ALTERNATING = new Set(['BI', 'BR', 'IB', 'IR', 'RB', 'RI'])
/** What mdoc marks words by, at the head of a line or inside it; and its lists. */
const MARKED = new Set(
  'Nm Nd Fl Ar Op Cm Pa Xr Ev Li Ql Dq Sq Pq Bq Brq Em Sy Va Vt Ft Fn Fa Ic Ad An At Bx Ux Fx Nx Ox Lk Mt Tn No It Cd Dv Er Do Dc So Sc Qq Ao Ac Aq Oo Oc Po Pc Xo Xc D1 Dl Fd In Rv Ex St Rs Re %A %T %B %D %J %N %P %R %V Ns Ap Pf Eo Ec Bk Ek'.split(
    ' ',
  ),
)

/** Whether a line speaks to the formatter. */
export function isRequest(line: string): boolean {
  return line.startsWith('.') || line.startsWith("'")
}

/** What a line of a man page says, '' for one that says nothing. */
export function plainRoff(line: string): string {
  if (!isRequest(line)) return withoutEscapes(line)
  if (/^[.'][ \t]*\\["#]|^'''/u.test(line)) return ''
  const [, name, rest = ''] = REQUEST.exec(line) ?? []
  if (name === undefined) return /^[.'][ \t]*$/u.test(line) ? '' : withoutEscapes(line)
  if (TITLES.has(name)) return `.${name} ${withoutEscapes(rest)}`.trimEnd()
  if (name === 'IP' || name === 'TP') return withoutEscapes(argumentsOf(name === 'TP' ? '' : rest)[0] ?? '')
  if (SILENT.has(name)) return ''
  if (ALTERNATING.has(name)) return withoutEscapes(argumentsOf(rest).join(''))
  const words = argumentsOf(rest)
  return withoutEscapes(MARKED.has(name) ? plainMdoc([name, ...words]) : words.join(' '))
}

/** Arguments of a request: words, or what stands between quotation marks, where two of them are one. */
export function argumentsOf(text: string): string[] {
  const found: string[] = []
  for (const [, quoted, bare] of text.matchAll(/"((?:[^"]|"")*)"?|((?:\\ |\S)+)/gu))
    found.push(quoted === undefined ? bare! : quoted.replaceAll('""', '"'))
  return found
}

/** A line of mdoc without the names of its macros: `Fl v` is -v, `Xr ls 1` is ls(1). */
function plainMdoc(words: readonly string[]): string {
  let out = ''
  let glue = ''
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!
    if (word === 'Ns') glue = ''
    else if (word === 'Fl') {
      out += `${glue}-`
      glue = ''
    } else if (word === 'Xr' && words[at + 1] !== undefined) {
      const section = /^\d\w*$/u.test(words[at + 2] ?? '') ? `(${words[at + 2]})` : ''
      out += `${glue}${words[at + 1]}${section}`
      glue = ' '
      at += section === '' ? 1 : 2
    } else if (!MARKED.has(word)) {
      out += /^[,.;:)\]]$/u.test(word) ? word : `${glue}${word}`
      glue = /^[([]$/u.test(word) ? '' : ' '
    }
  }
  return out.trim()
}
