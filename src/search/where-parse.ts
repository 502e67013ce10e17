/**
 * Parses a filter on metadata: in comes an expression, out comes its tree. docs/query-language.md describes the
 * language. Unlike a query, an expression can be wrong, and the error says where. Looks at no document.
 */
import { GleanError } from '../errors.ts'

/** UTF-16 units of an expression. */
const LENGTH_LIMIT = 10_000
/** Parentheses inside one another. The parser calls itself for each. */
const DEPTH_LIMIT = 100

/** A value as it stands: a quoted one is text, the type of a bare one shows in how it is written. */
export interface Value {
  readonly isQuoted: boolean
  /** Without quotes and escapes. */
  readonly text: string
  readonly token: Token
}

/** Names from the outside in, folded; `whole` is the same as one name, where its dots may be part of it. */
export interface Key {
  readonly path: readonly string[]
  readonly whole?: string
}

export type Comparison = '=' | '<' | '<=' | '>' | '>=' | '~'

/** `!=` and `not in` are made of these: the key exists, and not `=`, not `in`. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly children: readonly Condition[] }
  | { readonly kind: 'not'; readonly child: Condition }
  | { readonly kind: 'exists' | 'set'; readonly key: Key }
  | { readonly kind: 'compare'; readonly key: Key; readonly operator: Comparison; readonly value: Value }
  | { readonly kind: 'in'; readonly key: Key; readonly values: readonly Value[] }

/** The form in which keys and equal texts are compared. */
export function folded(text: string): string {
  return text.normalize('NFC').toLowerCase()
}

/** A piece of the expression. */
export interface Token {
  readonly kind: 'sign' | 'string' | 'key' | 'word' | 'end'
  /** As written. */
  readonly source: string
  /** UTF-16 units from the start, counted from 1. */
  readonly column: number
}

const TOKENS: readonly (readonly [Token['kind'], RegExp])[] = [
  ['sign', /[(),~]|[<>=]=?|!=/y],
  ['string', /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/sy],
  // No backslash before its first backtick, so that only one unclosed backtick is ever searched for.
  ['key', /[^\s(),~<>=!"'`\\]*(?:`(?:[^`\\]|\\.)+`[^\s(),~<>=!"'`]*)+/sy],
  // A date may hold the space before its time.
  ['word', /\d{4}-\d\d-\d\d \d\d?:[^\s(),~<>=!]*|(?:[^\s(),~<>=!"'`]|!(?!=))(?:[^\s(),~<>=!]|!(?!=))*/y],
]
const SPACE = /\s*/y
const KEY_PART = /`((?:[^`\\]|\\.)+)`|([\p{L}\p{N}_][\p{L}\p{M}\p{N}\p{Join_Control}_-]*)/suy
/** A bare value that is a number. */
export const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i
/** A bare value that is meant for a date. */
export const DATE_LIKE = /^\d{4}-\d\d?(?:-\d\d?(?:[T ].*)?)?$/i
/** Shown where parentheses are wrong. */
const GROUPED = '(draft or level < 14) and tokens > 99'
/** Words that are no keys but in backticks. */
export const RESERVED = /^(?:and|or|not|in|exists)$/i

/** The tree of an expression. Takes linear time. Throws `usage` for what is none, with the column. */
export function parseCondition(expression: string): Condition {
  if (expression.length > LENGTH_LIMIT) {
    throw new GleanError(
      'usage',
      `the filter is too long: expected at most ${LENGTH_LIMIT} characters, got ${expression.length}; ` +
        'write many values as one list, such as level in (12, 13, 14)',
    )
  }
  return new Parser(tokenize(expression)).whole()
}

function tokenize(expression: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  for (;;) {
    SPACE.lastIndex = at
    at += SPACE.exec(expression)![0].length
    const column = at + 1
    if (at === expression.length) return [...tokens, { kind: 'end', source: '', column }]
    const token = tokenAt(expression, at)
    if (!token) {
      const quote = expression[at]!
      throw wrong(
        { kind: 'string', source: expression.slice(at), column },
        `a closing ${quote}`,
        quote === '`' ? '`reading level` < 14' : 'author = "Cai Meng"',
      )
    }
    tokens.push(token)
    at += token.source.length
  }
}

/** Everything but an open quotation mark begins some token. */
function tokenAt(expression: string, at: number): Token | undefined {
  for (const [kind, pattern] of TOKENS) {
    pattern.lastIndex = at
    const source = pattern.exec(expression)?.[0]
    if (source !== undefined) return { kind, source, column: at + 1 }
  }
  return undefined
}

/** The one line that says what is wrong, made safe to show whatever was typed. */
export function wrong(token: Token, expected: string, example: string): GleanError {
  const characters = Array.from(token.source.slice(0, 100).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\ufffd'))
  const shown = characters.length > 40 ? `${characters.slice(0, 39).join('')}…` : characters.join('')
  const got = token.kind === 'end' ? 'the end' : token.kind === 'string' ? shown : `"${shown}"`
  return new GleanError(
    'usage',
    `cannot read the filter at column ${token.column}: expected ${expected}, got ${got}; write for example ${example}`,
  )
}

function withoutEscapes(text: string): string {
  return text.replace(/\\(.)/gs, (_, sign: string) => (sign === 'n' ? '\n' : sign === 't' ? '\t' : sign))
}

/** A method for each rule of the grammar. */
class Parser {
  readonly #tokens: readonly Token[]
  #at = 0
  #depth = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  whole(): Condition {
    const condition = this.#alternatives()
    const token = this.#token
    if (token.kind === 'end') return condition
    if (token.source === ')') throw wrong(token, '"and", "or" or the end', GROUPED)
    // Two words side by side after a comparison are most likely one value.
    const sign = this.#tokens[this.#at - 2]
    throw sign?.kind === 'sign' && /[=~<>]/.test(sign.source)
      ? wrong(token, '"and", "or" or the end', 'author = "Cai Meng", with quotes around several words')
      : wrong(token, 'a comparison, "and", "or" or the end', 'level < 14 and author = "Cai Meng"')
  }

  get #token(): Token {
    return this.#tokens[this.#at]!
  }

  #take(source: string): boolean {
    const token = this.#token
    const isTaken = (token.kind === 'word' || token.kind === 'sign') && token.source.toLowerCase() === source
    if (isTaken) this.#at++
    return isTaken
  }

  #alternatives(): Condition {
    const children = [this.#conjunction()]
    while (this.#take('or')) children.push(this.#conjunction())
    return children.length === 1 ? children[0]! : { kind: 'or', children }
  }

  #conjunction(): Condition {
    const children = [this.#negation()]
    while (this.#take('and')) children.push(this.#negation())
    return children.length === 1 ? children[0]! : { kind: 'and', children }
  }

  #negation(): Condition {
    let isNegated = false
    while (this.#take('not')) isNegated = !isNegated
    const child = this.#token.source === '(' ? this.#group() : this.#comparison()
    return isNegated ? { kind: 'not', child } : child
  }

  #group(): Condition {
    if (++this.#depth > DEPTH_LIMIT)
      throw wrong(this.#token, `at most ${DEPTH_LIMIT} parentheses inside one another`, GROUPED)
    this.#expect('(', '"("')
    const condition = this.#alternatives()
    this.#expect(')', '"and", "or" or ")"', GROUPED)
    this.#depth--
    return condition
  }

  #expect(source: string, expected: string, example = 'level in (12, 13, 14)'): void {
    if (!this.#take(source)) throw wrong(this.#token, expected, example)
  }

  #comparison(): Condition {
    if (this.#take('exists')) return { kind: 'exists', key: this.#key() }
    const key = this.#key()
    const exists: Condition = { kind: 'exists', key }
    if (this.#take('exists')) return exists
    if (this.#take('in')) return { kind: 'in', key, values: this.#list() }
    if (this.#take('not')) {
      if (this.#take('exists')) return { kind: 'not', child: exists }
      this.#expect('in', '"in" or "exists"', 'level not in (12, 13)')
      return existsBut(exists, { kind: 'in', key, values: this.#list() })
    }
    const { kind, source } = this.#token
    if (kind !== 'sign' || /[(),]/.test(source)) return { kind: 'set', key }
    this.#at++
    const value = this.#value()
    if (source === '!=') return existsBut(exists, { kind: 'compare', key, operator: '=', value })
    return { kind: 'compare', key, operator: source === '==' ? '=' : (source as Comparison), value }
  }

  #list(): Value[] {
    this.#expect('(', '"("')
    const values: Value[] = []
    do values.push(this.#value())
    while (this.#take(','))
    this.#expect(')', '"," or ")"')
    return values
  }

  #key(): Key {
    const token = this.#token
    const { kind, source } = token
    const path = kind === 'key' || kind === 'word' ? keyPath(source) : undefined
    const isOther = [RESERVED, NUMBER, DATE_LIKE].some(pattern => pattern.test(source))
    if (!path || (kind === 'word' && isOther)) throw wrong(token, 'a key', keyExample(token))
    this.#at++
    return kind === 'word' && path.length > 1 ? { path, whole: folded(source) } : { path }
  }

  #value(): Value {
    const token = this.#token
    const { kind, source } = token
    const isQuoted = kind === 'string'
    if (!isQuoted && kind !== 'word')
      throw wrong(token, 'a value', kind === 'key' ? 'author = "Cai Meng"' : 'level < 14')
    if (RESERVED.test(source)) throw wrong(token, 'a value', `author = "${source}", with quotes`)
    this.#at++
    return { isQuoted, text: isQuoted ? withoutEscapes(source.slice(1, -1)) : source, token }
  }
}

function existsBut(exists: Condition, child: Condition): Condition {
  return { kind: 'and', children: [exists, { kind: 'not', child }] }
}

/** The names of a key; undefined for what is none. */
function keyPath(source: string): string[] | undefined {
  const path: string[] = []
  for (let at = 0; ; at++) {
    KEY_PART.lastIndex = at
    const found = KEY_PART.exec(source)
    if (!found) return undefined
    path.push(folded(found[2] ?? withoutEscapes(found[1]!)))
    at = KEY_PART.lastIndex
    if (at === source.length) return path
    if (source[at] !== '.') return undefined
  }
}

function keyExample({ kind, source }: Token): string {
  if (kind === 'end' || kind === 'sign') return 'level < 14'
  if (kind === 'string') return '`reading level` < 14, with a key in backticks'
  if (/^[-!]/.test(source) && !NUMBER.test(source)) return 'not draft'
  if (NUMBER.test(source)) return 'level > 14, the key first'
  if (/^(?:&&?|\|\|?)$/.test(source)) return 'draft and level < 14'
  if (source.includes(':')) return 'level = 14, with = for "is"'
  return 'level < 14, or a key of other characters in backticks'
}
