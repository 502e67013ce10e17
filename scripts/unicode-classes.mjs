/**
 * Writes src/text/unicode-classes.ts: to which class of the analyzer each code point belongs.
 *
 *   npm pack @unicode/unicode-15.1.0      (in a folder of its own; then unpack it)
 *   node scripts/unicode-classes.mjs FOLDER > src/text/unicode-classes.ts
 *
 * FOLDER is that package unpacked. Its version is the Unicode version of the analyzer: another one is another analyzer
 * (its `version` must rise). 15.1 is chosen because every engine that knows 15.0 or later lower-cases and normalises
 * its characters alike: what 15.1 added over 15.0 is ideographs that no mapping touches, and what came later is in
 * class NONE here, so an older and a newer engine never disagree about a token.
 */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** In the order of src/text/character.ts; what continues a cluster comes last. */
const CLASS = { NONE: 0, LETTER: 1, DIGIT: 2, SOLO: 3, EMOJI: 4, SIGN: 5, MARK: 6, SOLO_MARK: 7, IGNORE: 8 }

/**
 * Scripts whose text runs on without spaces between words. Tibetan is not among them: it sets a mark after each
 * syllable, which parts tokens as a space does.
 */
const SOLO_SCRIPTS = [
  ...['Han', 'Hiragana', 'Katakana', 'Hangul', 'Bopomofo', 'Yi', 'Tangut', 'Nushu', 'Khitan_Small_Script'],
  ...['Thai', 'Lao', 'Khmer', 'Myanmar', 'Tai_Le', 'New_Tai_Lue', 'Tai_Tham', 'Tai_Viet', 'Ahom'],
  ...['Javanese', 'Balinese'],
]

const folder = process.argv[2]
if (folder === undefined)
  throw new Error('expected the folder of @unicode/unicode-15.1.0 unpacked, got nothing')
const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
const unicode = /^@unicode\/unicode-(\d+\.\d+)\.\d+$/.exec(name)?.[1]
if (unicode === undefined) throw new Error(`expected a package named @unicode/unicode-X.Y.Z, got ${name}`)

/** The code points of a property, such as `General_Category/Format`. */
async function codePoints(property) {
  const file = join(resolve(folder), property, 'code-points.mjs')
  return (await import(pathToFileURL(file).href)).default
}

const classes = new Uint8Array(0x110000)
const assign = (points, value) => {
  for (const point of points) classes[point] = value
}
const range = (first, last) => Array.from({ length: last - first + 1 }, (_, i) => first + i)

const letters = new Set([
  ...(await codePoints('General_Category/Letter')),
  ...(await codePoints('General_Category/Letter_Number')),
])
const marks = new Set(await codePoints('General_Category/Mark'))
const common = new Set(await codePoints('Script/Common'))

assign(letters, CLASS.LETTER)
assign(marks, CLASS.MARK)
assign(await codePoints('General_Category/Decimal_Number'), CLASS.DIGIT)
// Numerals of a script (Tamil ten, Ethiopic hundred) are written in words; the common ones (circled digits,
// superscript note marks, fractions) are signs. Subscript digits belong to the word: the 2 of a formula.
for (const point of await codePoints('General_Category/Other_Number')) {
  if (!common.has(point)) classes[point] = CLASS.LETTER
}
assign(range(0x2080, 0x2089), CLASS.DIGIT)

for (const script of SOLO_SCRIPTS) {
  for (const point of await codePoints(`Script/${script}`)) {
    if (letters.has(point)) classes[point] = CLASS.SOLO
    else if (marks.has(point)) classes[point] = CLASS.SOLO_MARK
  }
  // Signs that several of these scripts share: the prolonged sound mark, the closing mark, repeat marks.
  for (const point of await codePoints(`Script_Extensions/${script}`)) {
    if (letters.has(point) && common.has(point)) classes[point] = CLASS.SOLO
  }
}
// Vowels and finals of decomposed Hangul belong to the syllable that the initial before them begins.
assign([...range(0x1160, 0x11ff), ...range(0xd7b0, 0xd7c6), ...range(0xd7cb, 0xd7fb)], CLASS.SOLO_MARK)
// Half-width voicing marks are letters by category and become marks when normalised.
assign([0xff9e, 0xff9f], CLASS.MARK)
// Ideographs of later versions: these planes hold nothing else and their characters have no mappings.
for (const point of [...range(0x20000, 0x2f7ff), ...range(0x30000, 0x3fffd)]) classes[point] = CLASS.SOLO

assign(await codePoints('Binary_Property/Emoji_Presentation'), CLASS.EMOJI)
assign(await codePoints('Binary_Property/Default_Ignorable_Code_Point'), CLASS.IGNORE)
// The zero-width space is there to part words, unlike its invisible neighbours.
assign([0x200b], CLASS.NONE)
// The apostrophe that is a letter by category follows the rule for apostrophes.
assign([0x02bc], CLASS.NONE)
// Non-characters at the ends of planes.
for (let plane = 0; plane <= 16; plane++) assign([plane * 65536 + 0xfffe, plane * 65536 + 0xffff], CLASS.NONE)

// Signs that stand for other characters (trade mark, fractions, full-width punctuation). Only what has characters in
// this version: an engine of a later one has mappings for more.
const unassigned = new Set(await codePoints('General_Category/Unassigned'))
for (let point = 0; point < classes.length; point++) {
  if (classes[point] !== CLASS.NONE || unassigned.has(point) || (point >= 0xd800 && point < 0xe000)) continue
  const sign = String.fromCodePoint(point)
  if (sign.normalize('NFKC').toLowerCase() !== sign) classes[point] = CLASS.SIGN
}

/** Runs of one class, each the letter of the class and the run's length in base 36. */
function runs() {
  let out = ''
  for (let from = 0; from < classes.length; ) {
    let to = from + 1
    while (to < classes.length && classes[to] === classes[from]) to++
    out += 'ABCDEFGHI'[classes[from]] + (to - from).toString(36)
    from = to
  }
  return out
}

const lines = runs().match(/.{1,100}/g)
process.stdout.write(`/**
 * Generated by scripts/unicode-classes.mjs from ${name} ${version}; not to be edited.
 * The classes of all code points in order: runs of one class, its letter (A is class 0 of character.ts) and the run's
 * length in base 36.
 */

/** The Unicode version of the table. */
export const UNICODE = '${unicode}'

export const RUNS =
${lines.map(line => `  '${line}'`).join(' +\n')}
`)
