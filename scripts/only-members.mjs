/**
 * Leaves out of a module's classes all members but some. A bundler drops functions that are not called, but of a class it
 * keeps all or nothing; where each byte is waited for, a class of which one method is used is mostly weight.
 */
import { parse } from 'acorn'

/** The source of a module whose classes have their constructors and the members of these names, and no others. */
export function onlyMembers(source, names) {
  const { body } = parse(source, { ecmaVersion: 'latest', sourceType: 'module' })
  return body
    .flatMap(each => (each.type === 'ClassDeclaration' ? each.body.body : []))
    .filter(({ kind, key }) => kind !== 'constructor' && !names.includes(key.name))
    .reduceRight((text, { start, end }) => text.slice(0, start) + text.slice(end), source)
}
