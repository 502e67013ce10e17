/**
 * XML, element by element, for the formats that are archives of it. Names lose their prefixes: which one a program gives a
 * namespace is its own affair. Declared entities are not expanded, nothing is fetched, and what is not well-formed is read
 * as far as it goes. Walks without a stack of its own, so that depth costs nothing.
 */
import { Parser } from 'htmlparser2'

/** What is done at each step. Attributes go by their names without prefix, too. */
export interface XmlSteps {
  open?(name: string, attribute: (name: string) => string | undefined): void
  close?(name: string): void
  text?(text: string): void
}

export function walkXml(source: string, steps: XmlSteps): void {
  const parser = new Parser(
    {
      onopentag: (name, attributes) =>
        steps.open?.(localName(name), wanted => attributeOf(attributes, wanted)),
      onclosetag: name => steps.close?.(localName(name)),
      ontext: text => steps.text?.(text),
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.end(source)
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

/** `:id` is one with a prefix, whatever that is: beside it there may be an `id` without. */
function attributeOf(attributes: Readonly<Record<string, string>>, wanted: string): string | undefined {
  if (Object.hasOwn(attributes, wanted)) return attributes[wanted]
  const local = wanted.replace(/^:/, '')
  for (const [name, value] of Object.entries(attributes))
    if (name.includes(':') && localName(name) === local) return value
  return undefined
}
