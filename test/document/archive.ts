/** Archives for tests: members by name, text or bytes. */
import { Buffer } from 'node:buffer'
import { strToU8, zipSync } from 'fflate'

export function archive(members: Readonly<Record<string, string | Uint8Array>>): Buffer {
  const bytes = Object.entries(members).map(([name, content]) => [
    name,
    typeof content === 'string' ? strToU8(content) : content,
  ])
  return Buffer.from(zipSync(Object.fromEntries(bytes) as Record<string, Uint8Array>))
}

/** A part of OOXML that says where others are: `[kind, target]`. */
export function relationships(...relations: readonly (readonly [kind: string, target: string])[]): string {
  const each = relations.map(
    ([kind, target], n) =>
      `<Relationship Id="rId${n + 1}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${kind}" Target="${target}"/>`,
  )
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${each.join('')}</Relationships>`
}
