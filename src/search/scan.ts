/**
 * The first half of parsing: cuts a query into words, quoted phrases, groups and operators. In comes any string, out
 * come tokens in order; what cannot be an operator where it stands is a word. Each character is looked at a fixed
 * number of times, whatever is typed. What operators apply to is parse.ts' affair.
 */
import type { FieldName } from '../text/field.ts'
import type { QueryNode } from './query.ts'
import { hasToken, isRegex, isSpace, regexEnd, runLeaf, withoutBoost, withoutEscapes } from './query-word.ts'

/** Groups within groups; a deeper parenthesis is text. */
export const DEEPEST = 100

export type Sign = '' | '+' | '-'

/** A word, a phrase, or whatever else stands for itself. */
export interface LeafToken {
  readonly kind: 'leaf'
  readonly sign: Sign
  readonly node: QueryNode
  /** Where it begins, its sign counted in: a UTF-16 unit of the query. */
  readonly start: number
}

/** Begins a group; its `close` always follows, with something between them. */
export interface OpenToken {
  readonly kind: 'open'
  readonly sign: Sign
  readonly field: FieldName | undefined
  /** As it was typed: its sign, its field, the parenthesis. */
  readonly text: string
  /** The UTF-16 unit after the parenthesis. */
  readonly end: number
}

export interface CloseToken {
  readonly kind: 'close'
  /** Of the group. */
  readonly boost: number | undefined
}

/** An operator in form; whether it has operands is not known yet. */
export interface OperatorToken {
  readonly kind: 'operator'
  readonly name: 'AND' | 'OR' | 'NOT' | 'NEAR'
  /** Of NEAR: words between two operands at most. */
  readonly distance: number
  readonly text: string
}

export type Token = LeafToken | OpenToken | CloseToken | OperatorToken

/** The tokens of a query. Takes linear time, throws on no string. */
export function scan(query: string): Token[] {
  return new Scanner(query).scan()
}

/** What ends the text that a quotation mark begins. An apostrophe is no such mark. */
const CLOSING_MARKS = new Map([
  ['"', /"/g],
  ['“', /”/g],
  ['„', /[“”]/g],
  ['«', /»/g],
])

const FIELD = /(title|heading|text|path):(?=\S)/y
const SLOP = /~(\d{1,6})(?=[\s)^]|$)/y
const BOOST = /\^(\d{1,6}(?:\.\d{1,6})?|\.\d{1,6})(?=[\s)]|$)/y
const TOKEN_END = /[\s)]|$/y
const OPERATOR = /^(AND|OR|NOT|NEAR)$|^NEAR\/(\d{1,6})$/
/** After a plus or minus these make an arrow, an increment, a ruler. */
const NO_OPERAND = new Set('+-=>')
/** The distance of a NEAR without a number. */
const NEAR_DISTANCE = 10

class Scanner {
  readonly #query: string
  readonly #tokens: Token[] = []
  /** Places in `#tokens` of the groups that are open. */
  readonly #groups: number[] = []
  /** Quotation marks that nothing closes from here on. */
  readonly #unclosed = new Set<string>()
  #at = 0

  constructor(query: string) {
    this.#query = query
  }

  scan(): Token[] {
    // Whether signs, fields and operators may stand here: not straight after a phrase or a group.
    let fresh = true
    for (;;) {
      while (isSpace(this.#query[this.#at])) {
        this.#at++
        fresh = true
      }
      if (this.#at >= this.#query.length) break
      const isEnd = this.#groups.length > 0 && this.#query[this.#at] === ')'
      fresh = isEnd ? this.#close() : this.#begin(fresh)
    }
    return this.#groups.length === 0 ? this.#tokens : this.#withoutUnclosed()
  }

  /** Reads one token; gives whether the next may be an operator though no white space parts the two. */
  #begin(fresh: boolean): boolean {
    const start = this.#at
    const sign = fresh ? this.#sign() : ''
    const field = fresh ? (this.#match(FIELD)?.[1] as FieldName | 'path' | undefined) : undefined
    if (field === 'path') {
      this.#path(start, sign)
      return false
    }
    if (this.#query[this.#at] === '(' && this.#groups.length < DEEPEST) {
      this.#open(start, sign, field)
      return true
    }
    const node = this.#phrase() ?? (fresh ? this.#regex() : undefined)
    if (node) this.#leaf(start, sign, node, field, this.#boost())
    else this.#run(start, sign, field, fresh)
    return false
  }

  #leaf(start: number, sign: Sign, leaf: QueryNode, field?: FieldName, factor?: number): void {
    let node = leaf
    if (field !== undefined) node = { kind: 'field', field, child: node }
    if (factor !== undefined) node = { kind: 'boost', factor, child: node }
    this.#tokens.push({ kind: 'leaf', sign, node, start })
  }

  #text(start: number, text: string): void {
    this.#leaf(start, '', { kind: 'word', text })
  }

  #sign(): Sign {
    const sign = this.#query[this.#at]
    const next = this.#query[this.#at + 1]
    if (sign !== '+' && sign !== '-') return ''
    if (next === undefined || isSpace(next) || NO_OPERAND.has(next)) return ''
    this.#at++
    return sign
  }

  /** A glob, bare or quoted. Parentheses belong to it; a straight quotation mark inside does not. */
  #path(start: number, sign: Sign): void {
    const quoted = this.#quoted()
    const pattern = quoted ?? this.#characters()
    const isPath = quoted !== undefined || (pattern !== '' && !pattern.includes('"'))
    if (isPath) this.#leaf(start, sign, { kind: 'path', pattern })
    else this.#text(start, withoutEscapes(this.#query.slice(start, this.#at)))
  }

  #phrase(): QueryNode | undefined {
    const text = this.#quoted()
    if (text === undefined) return undefined
    return { kind: 'phrase', text, slop: Number(this.#match(SLOP)?.[1] ?? 0) }
  }

  /** What stands between quotation marks, without the space around it; undefined where there is nothing. */
  #quoted(): string | undefined {
    const mark = this.#query.charAt(this.#at)
    const closing = CLOSING_MARKS.get(mark)
    if (!closing || this.#unclosed.has(mark)) return undefined
    closing.lastIndex = this.#at + 1
    const found = closing.exec(this.#query)
    if (!found) {
      this.#unclosed.add(mark)
      return undefined
    }
    const text = this.#query.slice(this.#at + 1, found.index).trim()
    if (text === '') return undefined
    this.#at = found.index + 1
    return text
  }

  /** `/pattern/`, without white space, and nothing right after it: else it is a path or a pair of words. */
  #regex(): QueryNode | undefined {
    const start = this.#at
    const end = regexEnd(this.#query, start)
    if (end < 0) return undefined
    const source = this.#query.slice(start + 1, end)
    this.#at = end + 1
    if ((this.#sees(BOOST) || this.#sees(TOKEN_END)) && isRegex(source)) return { kind: 'regex', source }
    this.#at = start
    return undefined
  }

  #boost(): number | undefined {
    const start = this.#at
    const factor = Number(this.#match(BOOST)?.[1])
    if (factor > 0) return factor
    this.#at = start
    return undefined
  }

  /** A run of characters: an operator, a pattern or a word. */
  #run(start: number, sign: Sign, field: FieldName | undefined, fresh: boolean): void {
    const text = this.#characters()
    const operator = fresh && sign === '' && !field ? OPERATOR.exec(text) : null
    if (operator) {
      const name = (operator[1] ?? 'NEAR') as OperatorToken['name']
      this.#tokens.push({ kind: 'operator', name, distance: Number(operator[2] ?? NEAR_DISTANCE), text })
      return
    }
    const { body, factor } = withoutBoost(text)
    // A sign or a field before what holds no word is a dash or a colon.
    if ((sign !== '' || field) && !hasToken(body)) {
      this.#text(start, withoutEscapes(this.#query.slice(start, this.#at)))
    } else this.#leaf(start, sign, runLeaf(body), field, factor)
  }

  /** Reads to white space, or to the parenthesis that closes a group: one that the run itself opens is its own. */
  #characters(): string {
    const query = this.#query
    const start = this.#at
    let opened = 0
    let at = start
    for (; at < query.length && !isSpace(query[at]); at++) {
      const character = query[at]
      if (character === '(') opened++
      else if (character === '\\' && !isSpace(query[at + 1])) at++
      else if (character === ')') {
        if (opened > 0) opened--
        else if (this.#groups.length > 0) break
      }
    }
    this.#at = Math.min(at, query.length)
    return query.slice(start, this.#at)
  }

  #open(start: number, sign: Sign, field: FieldName | undefined): void {
    this.#at++
    this.#groups.push(this.#tokens.length)
    const text = this.#query.slice(start, this.#at)
    this.#tokens.push({ kind: 'open', sign, field, text, end: this.#at })
  }

  /** Ends a group; an empty one is text. What follows it without white space is no operator. */
  #close(): false {
    this.#at++
    const place = this.#groups.pop()!
    const last = this.#tokens.at(-1)
    if (place === this.#tokens.length - 1 && last?.kind === 'open') {
      this.#tokens.pop()
      this.#text(last.end - last.text.length, `${last.text})`)
    } else this.#tokens.push({ kind: 'close', boost: this.#boost() })
    return false
  }

  /** Makes text of the parentheses that nothing closes: of one text with the word each stands at. */
  #withoutUnclosed(): Token[] {
    const unclosed = new Set(this.#groups)
    const kept: Token[] = [] // last first
    for (let place = this.#tokens.length - 1; place >= 0; place--) {
      const token = this.#tokens[place]!
      if (token.kind !== 'open' || !unclosed.has(place)) {
        kept.push(token)
        continue
      }
      let { text } = token
      const next = kept.at(-1)
      if (
        next?.kind === 'leaf' &&
        next.start === token.end &&
        next.sign === '' &&
        next.node.kind === 'word'
      ) {
        text += next.node.text
        kept.pop()
      }
      const start = token.end - token.text.length
      kept.push({ kind: 'leaf', sign: '', node: { kind: 'word', text }, start })
    }
    return kept.reverse()
  }

  #match(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.#at
    const found = expression.exec(this.#query)
    if (found) this.#at = expression.lastIndex
    return found
  }

  #sees(expression: RegExp): boolean {
    expression.lastIndex = this.#at
    return expression.test(this.#query)
  }
}
