/**
 * The index on disk: its parts, and where each is specified. The comment at the head of the file that writes a part is
 * its specification; this one is the map.
 *
 *     manifest.json       what the index is, and the roots of its tables          manifest.ts
 *     <hash>.docs         path -> size, hash, segment, document                   document-list.ts
 *     <hash>.seg          the content of some documents:
 *         text            their text, in compressed blocks, with rows of chunks   text-writer.ts, text-dictionary.ts
 *         documents       title, language, format, metadata, marks, extent        document-row.ts, mark-string.ts
 *         postings        of terms too common to stand in the dictionary          posting.ts, posting-writer.ts
 *         positions       of the same, block by block                             posting.ts
 *         dictionary      term -> frequencies and postings                        dictionary-writer.ts
 *         forms           for each language, stem -> terms                        form-table.ts
 *     .gitattributes      keeps git from changing line ends
 *
 * Beside these lie what only writers on this machine look at, and git is told to pass over (.gitignore): the lock, and
 * what the files of the sources looked like when they were last read. The index is whole without them.
 *
 * Rules that hold for all parts
 *
 * - A file is written once, under a name made of a hash of its content before compression, and never changed. The
 *   manifest alone is replaced, by a rename: a reader sees one whole index or another.
 * - Everything a query reads by itself is a unit (unit.ts): a payload and a CRC-32 seeded with the file's name and the
 *   unit's offset. The first unit of a segment names the format. The manifest has a checksum over its own rest.
 * - Tables are found through two levels (paged-index.ts): pages of 128 entries, and a root in the manifest with one
 *   entry a page. Opening an index reads the manifest and nothing else.
 * - Numbers are variable-length, strings UTF-8 after their byte length (bytes.ts). Strings are ordered by UTF-16 unit.
 * - Text offsets are UTF-16 units, lines and columns start at 1 in memory and at 1 and 0 on disk.
 * - No times, no absolute paths, no order that depends on the file system: the same input gives the same bytes (on one
 *   kind of processor: zlib's output may differ between kinds; names do not, they are made before compression).
 *
 * Versions
 *
 *     1   first
 *     2   a document's row has marks: its pages, slides, times; else like 1 (document-row.ts)
 *     3   several segments, and documents in them that are no longer in the index (document-order.ts); else like 2
 *     4   a segment's text has a dictionary, if it is worth one, and rows by columns (text-writer.ts); else like 3
 *
 * All files of an index are of its manifest's version. Readers read all of them; what brings an index of an older version up to
 * date builds all of it anew.
 */

/** The version this gleaner writes. */
export const FORMAT_VERSION = 4

/** The oldest version it reads. */
export const OLDEST_VERSION = 1
