/** The JSON Schemas of the package, made strict for the tests: what an output has, its schema has to describe. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'

const folder = fileURLToPath(new URL('../schema/', import.meta.url))

const ajv = new Ajv2020({ strict: true, strictTuples: false, allErrors: true })
for (const name of readdirSync(folder)) {
  ajv.addSchema(closed(JSON.parse(readFileSync(folder + name, 'utf8'))) as object)
}

/** What is wrong with a value by a schema of the package, such as `search`; nothing where it holds. */
export function faultsOf(schema: string, value: unknown): string[] {
  const validate = ajv.getSchema(`urn:gleaner:${schema}:1`)!
  if (validate(value)) return []
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const field = (params as { unevaluatedProperty?: string }).unevaluatedProperty
    if (field === undefined) return `${instancePath} ${message}`
    return `${instancePath}/${field} is not described: add it to schema/${schema}.json`
  })
}

/** The published schemas let further fields pass; here none is. Definitions called facts are parts of larger ones. */
function closed(node: unknown, name = ''): unknown {
  if (typeof node !== 'object' || node === null) return node
  if (Array.isArray(node)) return node.map(each => closed(each))
  const entries = Object.entries(node).map(([key, value]) => [key, closed(value, key)])
  const isObject = 'properties' in node && 'required' in node && !name.endsWith('Facts')
  return Object.fromEntries(isObject ? [...entries, ['unevaluatedProperties', false]] : entries)
}
