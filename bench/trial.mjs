/**
 * A place to be unkind to an index in: documents that can be switched between two states, an index of them, and for each
 * state what an index that was built in peace answers. States differ in files changed, added, removed and renamed; every
 * query tells them apart.
 */
import { spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CLI, library } from './tool.mjs'
import { wordOfRank, writeZipfCorpus } from './zipf.mjs'

/** What an index is asked: words from common to rare, and what only one of the states has. */
const QUERIES = [
  wordOfRank(0),
  `${wordOfRank(20)} ${wordOfRank(300)}`,
  `"${wordOfRank(1)} ${wordOfRank(2)}"`,
  `${wordOfRank(4000)} -${wordOfRank(3)}`,
  `+${wordOfRank(60)} ${wordOfRank(11)}*`,
  'stateold',
  'statenew',
]

/** Files of the corpus that the two states differ in, as a share; never less than a few. */
const EDITED = 0.02

/** Files of an index folder that are of use on this machine alone. */
const LOCAL = /^(lock.*|stat-cache|replaced\.json|.*\.tmp-\d+)$/

/** MB of text under which an index is always one segment, and the same bytes whatever its history. */
const SMALL = 16

/**
 * Calls `work` with a trial over a made corpus of so many MB; its folder is gone afterwards. `atomic`: the states differ
 * in one file, replaced in one step, so that nobody can see the documents in between.
 */
export async function withTrial(megabytes, work, { atomic = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'gleaner-trial-'))
  try {
    const trial = new Trial(folder, megabytes, atomic)
    await trial.prepare()
    return await work(trial)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export class Trial {
  /** The state the documents are in: 'old' or 'new'. */
  state = 'old'
  isSmall
  #edits = []
  #answers = {}

  constructor(folder, megabytes, atomic) {
    this.isSmall = megabytes < SMALL
    this.folder = folder
    this.index = join(folder, 'index')
    this.docs = join(folder, 'docs')
    mkdirSync(this.docs)
    writeZipfCorpus(this.docs, megabytes * 1e6)
    const files = readdirSync(this.docs, { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.txt'))
      .sort()
    const count = Math.max(4, Math.ceil(files.length * EDITED))
    for (let number = 0; number < count; number++) {
      this.#edits.push(edit(this.docs, files[Math.floor((number * files.length) / count)], number))
    }
    if (atomic)
      this.#edits = [state => replaceInOneStep(folder, join(this.docs, files[0]), `only state${state}\n`)]
    for (const apply of this.#edits) apply('old')
  }

  /** Learns what an index built in peace answers in either state. */
  async prepare() {
    for (const state of ['new', 'old']) {
      this.switchTo(state)
      await this.succeed(['index', 'docs', '--index', state])
      this.#answers[state] = await this.answersOf(state)
    }
    if (this.#answers.old === this.#answers.new) throw new Error('the two states cannot be told apart')
  }

  switchTo(state) {
    for (const apply of this.#edits) apply(state)
    this.state = state
  }

  switchOver() {
    this.switchTo(this.other)
  }

  get other() {
    return this.state === 'old' ? 'new' : 'old'
  }

  /** Starts the command; gives the child and how it ended, with what it said. */
  start(args, { nodeArgs = [], env } = {}) {
    const child = spawn(process.execPath, [...nodeArgs, CLI, ...args], {
      cwd: this.folder,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const said = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'])
      child[name].setEncoding('utf8').on('data', piece => (said[name] += piece))
    const ended = new Promise(resolve =>
      child.on('close', (code, signal) => resolve({ ...said, code, signal })),
    )
    return { child, ended }
  }

  /** Runs the command to its end. Throws where it fails. */
  async succeed(args) {
    const { code, stderr } = await this.start(args).ended
    if (code !== 0) throw new Error(`glean ${args.join(' ')} ended with ${code}: ${stderr}`)
  }

  /** Brings the index up to date with the documents as they are, in peace. */
  async settle() {
    const { buildIndex } = await library()
    await buildIndex({ paths: ['docs'], index: 'index', cwd: this.folder })
  }

  /**
   * Which state an index answers for: 'old', 'new', or 'none' where there is no index yet. Throws where it cannot be
   * opened, or answers something else.
   */
  async stateOf(index = 'index') {
    if (!existsSync(join(this.folder, index, 'manifest.json'))) return 'none'
    const answers = await this.answersOf(index)
    for (const state of ['old', 'new']) if (answers === this.#answers[state]) return state
    throw new Error(`its answers are those of neither state: ${answers.slice(0, 300)}`)
  }

  /** The answers as one string. Asked of a copy that has no documents beside it: what it holds is what it says. */
  async answersOf(index) {
    const { openIndex } = await library()
    const copy = join(this.folder, 'copies', 'index')
    rmSync(copy, { recursive: true, force: true })
    cpSync(join(this.folder, index), copy, { recursive: true })
    const opened = await openIndex(copy)
    try {
      const answers = []
      for (const query of QUERIES) {
        const { total, hits } = await opened.search(query, { limit: 50 })
        answers.push({ total, hits })
      }
      return JSON.stringify(answers)
    } finally {
      await opened.close()
    }
  }

  /** The names of the files in which an index differs from the one built in peace, as far as it is no local help. */
  differences(index = 'index') {
    const [own, peace] = [index, this.state].map(name => contents(join(this.folder, name)))
    return [...new Set([...own.keys(), ...peace.keys()])].filter(
      name => !own.get(name)?.equals(peace.get(name) ?? Buffer.of()),
    )
  }

  /** Throws where the index is damaged. Out of date it may be. */
  async check() {
    const { checkIndex } = await library()
    const { state, damage } = await checkIndex({ index: 'index', cwd: this.folder })
    if (state === 'damaged') throw new Error(`it is damaged: ${JSON.stringify(damage).slice(0, 300)}`)
  }
}

/** What a file is in either state: rewritten, only there in one of them, or under another name. */
function edit(docs, name, number) {
  const path = join(docs, name)
  const [text, moved] = [readFileSync(path, 'utf8'), join(docs, `moved-${number}.txt`)]
  const write = state => writeFileSync(path, `${text}\nThe file ${number} says state${state}.\n`)
  const kinds = [
    write,
    state => (state === 'old' ? write(state) : rmSync(path, { force: true })),
    state => (state === 'new' ? write(state) : rmSync(path, { force: true })),
    state => {
      rmSync(state === 'old' ? moved : path, { force: true })
      writeFileSync(state === 'old' ? path : moved, text)
    },
  ]
  return kinds[number % kinds.length]
}

function replaceInOneStep(folder, path, text) {
  const beside = join(folder, 'beside.txt')
  writeFileSync(beside, text)
  renameSync(beside, path)
}

function contents(folder) {
  const names = readdirSync(folder).filter(name => !LOCAL.test(name))
  return new Map(names.map(name => [name, readFileSync(join(folder, name))]))
}
