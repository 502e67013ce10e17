/** The least an update can cost that looks at every file: `node bare-walk.mjs FOLDER` lists it by fast-glob with stats. */
import fastGlob from 'fast-glob'

const found = await fastGlob('**', { cwd: process.argv[2], stats: true })
console.log(found.length)
