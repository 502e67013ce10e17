/**
 * The folder of the built program, `dist/`: in it lie files that are not imported but opened, such as the thread that takes
 * files apart. The same when this runs from its source, as in tests.
 */
export const BUILT = new URL(import.meta.url.endsWith('.ts') ? '../../dist/' : './', import.meta.url)
