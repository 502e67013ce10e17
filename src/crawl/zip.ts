/**
 * The members of a ZIP archive (PKWARE APPNOTE 6.3): which there are, from the directory at its end, and what each holds.
 * In come the archive's bytes, out come bytes that their checksum has proved. Nothing is written anywhere; what a member
 * expands to is bounded before it is expanded. ZIP64 is read, which some programs write whatever the size.
 */
import { Buffer, isUtf8 as isUtf8Text } from 'node:buffer'
import { crc32, inflateRawSync } from 'node:zlib'
import { Refusal } from './refusal.ts'

/** One member, as the directory lists it. */
export interface ZipMember {
  /** Its path in the archive, with `/`. */
  readonly name: string
  /** Bytes, expanded and packed. */
  readonly size: number
  readonly packed: number
  readonly isEncrypted: boolean
  /** 0 stored, 8 deflated. */
  readonly method: number
  readonly crc: number
  /** Where its local header stands. */
  readonly offset: number
}

/** What an archive may expand to, in bytes: any one member, and all of them. */
const MEMBER_LIMIT = 128 << 20
const TOTAL_LIMIT = 1 << 30
/** And all for each byte of the archive, however small: text packs to a tenth, spreadsheets to a fortieth. */
const RATIO_LIMIT = 250
const RATIO_FREE = 4 << 20

const END = 0x06054b50
const DIRECTORY = 0x02014b50
const LOCAL = 0x04034b50
const END_SIZE = 22
const DIRECTORY_SIZE = 46
const LOCAL_SIZE = 30

/** What stands for a number of 32 bits that is too long for them; and the records of ZIP64. */
const LONG = 0xffffffff
const LONG_END = 0x06064b50
const LONG_END_SIZE = 56
const LOCATOR = 0x07064b50
const LOCATOR_SIZE = 20

/** Whether bytes begin as an archive does; an empty one has nothing but its end. */
export function looksZipped(bytes: Uint8Array): boolean {
  return (
    bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5) && bytes[3] === bytes[2]! + 1
  )
}

export class Zip {
  /** In the order of the directory; folders are left out. Of two of one name the last counts. */
  readonly members: ReadonlyMap<string, ZipMember>
  readonly #bytes: Buffer

  /** Throws {@link Refusal} where the directory cannot be read, or says that the archive expands too far. */
  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.members = new Map(
      readDirectory(this.#bytes)
        .filter(({ name }) => !name.endsWith('/'))
        .map(member => [member.name, member]),
    )
    this.#mustBeBounded()
  }

  /** A member's bytes; undefined where there is none of that name. Throws {@link Refusal}. */
  read(name: string): Buffer | undefined {
    const member = this.members.get(name)
    if (!member) return undefined
    if (member.isEncrypted)
      throw new Refusal('encrypted', `${name} is encrypted; save a copy without a password`)
    if (member.method !== 0 && member.method !== 8)
      throw new Refusal('damaged', `${name} is packed by method ${member.method}; pack it anew with Deflate`)
    const bytes = this.#unpacked(member)
    if (bytes.length !== member.size || crc32(bytes) !== member.crc)
      throw damaged(`${name} is not what was packed`)
    return bytes
  }

  /** A member's text, which is UTF-8; undefined where there is none of that name. Throws {@link Refusal}. */
  text(name: string): string | undefined {
    const bytes = this.read(name)
    return bytes && new TextDecoder('utf-8').decode(bytes)
  }

  /** By the sizes it tells; that they are true is seen when a member is read. */
  #mustBeBounded(): void {
    const sizes = [...this.members.values()].map(({ size }) => size)
    const total = sizes.reduce((sum, size) => sum + size, 0)
    const limit = Math.min(TOTAL_LIMIT, Math.max(RATIO_FREE, RATIO_LIMIT * this.#bytes.length))
    if (total <= limit && sizes.every(size => size <= MEMBER_LIMIT)) return
    const [all, own] = [total, this.#bytes.length].map(size => size.toLocaleString('en-US'))
    throw new Refusal(
      'over-limit',
      `an archive of ${own} bytes that expands to ${all}; unpack it yourself if you trust it`,
    )
  }

  #unpacked({ name, offset, packed, size, method }: ZipMember): Buffer {
    const bytes = this.#bytes
    if (offset + LOCAL_SIZE > bytes.length || bytes.readUInt32LE(offset) !== LOCAL)
      throw damaged(`${name} is not where its directory says`)
    const start = offset + LOCAL_SIZE + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28)
    const data = bytes.subarray(start, start + packed)
    if (method === 0) return data
    try {
      return inflateRawSync(data, { maxOutputLength: Math.max(size, 1) })
    } catch {
      throw damaged(`${name} cannot be expanded`)
    }
  }
}

function readDirectory(bytes: Buffer): ZipMember[] {
  const end = findEnd(bytes)
  const directory = directoryBefore(bytes, end)
  let { at } = directory
  const members: ZipMember[] = []
  while (at + DIRECTORY_SIZE <= end && bytes.readUInt32LE(at) === DIRECTORY) {
    const flags = bytes.readUInt16LE(at + 8)
    const nameLength = bytes.readUInt16LE(at + 28)
    const extraLength = bytes.readUInt16LE(at + 30)
    const name = bytes.subarray(at + DIRECTORY_SIZE, at + DIRECTORY_SIZE + nameLength)
    const extra = bytes.subarray(at + DIRECTORY_SIZE + nameLength).subarray(0, extraLength)
    // The order in which the extra field has those that are too long for their own.
    const long = longNumbers(extra)
    const [size, packed, offset] = [24, 20, 42].map(place => {
      const number = bytes.readUInt32LE(at + place)
      return number === LONG ? (long.shift() ?? number) : number
    }) as [number, number, number]
    members.push({
      name: nameOf(name, (flags & 0x800) !== 0),
      isEncrypted: (flags & 1) !== 0,
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packed,
      size,
      offset,
    })
    at += DIRECTORY_SIZE + nameLength + extraLength + bytes.readUInt16LE(at + 32)
  }
  if (!directory.isWhole(members.length)) throw damaged('its directory is broken')
  return members
}

interface Directory {
  readonly at: number
  readonly isWhole: (members: number) => boolean
}

/** Where the directory begins, by the record at the end, or by that of ZIP64 before it. */
function directoryBefore(bytes: Buffer, end: number): Directory {
  const count = bytes.readUInt16LE(end + 10)
  const at = bytes.readUInt32LE(end + 16)
  const locator = end - LOCATOR_SIZE
  const isLong = count === 0xffff || at === LONG
  if (isLong && locator >= 0 && bytes.readUInt32LE(locator) === LOCATOR) {
    const long = Number(bytes.readBigUInt64LE(locator + 8))
    if (long + LONG_END_SIZE > bytes.length || bytes.readUInt32LE(long) !== LONG_END)
      throw damaged('its directory is not where its end says')
    const all = Number(bytes.readBigUInt64LE(long + 32))
    return { at: Number(bytes.readBigUInt64LE(long + 48)), isWhole: members => members === all }
  }
  // The count is of 16 bits; careless writers let it overflow.
  return { at, isWhole: members => members % 0x10000 === count }
}

/** The numbers of 64 bits in the extra field of a member. */
function longNumbers(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue
    const field = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2))
    return Array.from({ length: field.length >> 3 }, (_, number) => Number(field.readBigUInt64LE(8 * number)))
  }
  return []
}

/** Where the record at the end begins: a comment of up to 65,535 bytes may follow it. */
function findEnd(bytes: Buffer): number {
  const least = Math.max(0, bytes.length - END_SIZE - 0xffff)
  for (let at = bytes.length - END_SIZE; at >= least; at--) if (bytes.readUInt32LE(at) === END) return at
  throw damaged('its end is missing')
}

/**
 * A member's path, without what would lead out of the archive. Old programs write names in the encoding of their machine;
 * what is UTF-8 is taken for that.
 */
function nameOf(bytes: Buffer, isUtf8: boolean): string {
  const isText = isUtf8 || isUtf8Text(bytes)
  const parts = bytes.toString(isText ? 'utf8' : 'latin1').split(/[\\/]/)
  const path = parts.filter(part => part !== '' && part !== '.' && part !== '..').join('/')
  return parts.at(-1) === '' ? `${path}/` : path
}

function damaged(what: string): Refusal {
  return new Refusal('damaged', `a broken archive: ${what}; get or save it anew`)
}
