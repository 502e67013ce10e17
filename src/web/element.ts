/** Makes elements. What comes from documents only ever becomes text, never markup: there is no other way in here. */
import type { Range } from '../search/result.ts'

type Properties = Readonly<Record<string, string | boolean | undefined>>
type Child = Node | string | undefined

/** An element with attributes (those that are undefined or false are left out) and children. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : value)
  }
  made.append(...children.filter(child => child !== undefined))
  return made
}

/** A text as nodes, its ranges (half-open, ascending, UTF-16 units) marked. */
export function marked(text: string, ranges: readonly Range[]): Node[] {
  const nodes: Node[] = []
  let at = 0
  for (const [start, end] of ranges) {
    if (start > at) nodes.push(new Text(text.slice(at, start)))
    nodes.push(element('mark', {}, text.slice(start, end)))
    at = end
  }
  if (at < text.length) nodes.push(new Text(text.slice(at)))
  return nodes
}
