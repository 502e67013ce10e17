/** Commands that a person is told to give next, such that they can be copied. */

/** The folder an index has where nothing else is said. */
export const DEFAULT_INDEX = 'index'

/** `command` for an index as it was named; for several it cannot be said of which one. */
export function commandFor(command: string, indexes: readonly string[]): string {
  const [only = DEFAULT_INDEX, ...others] = indexes
  if (others.length > 0) return `${command}, with its --index`
  return only === DEFAULT_INDEX ? command : `${command} --index ${quoted(only)}`
}

/** As a shell takes it for one word. */
function quoted(word: string): string {
  return /^[\w./:@%+,~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
