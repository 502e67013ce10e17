/** The version of reading, apart from it: whoever asks for the number does not need the parsers. */

/**
 * Goes up whenever the same bytes under the same name become another document, or are cut into other chunks: an index
 * made by another version is built anew instead of being brought up to date.
 */
export const READING_VERSION = 2
