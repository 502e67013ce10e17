/**
 * The pictures in docs/: the real program in a real terminal (tmux), over the seeds, drawn by Chromium.
 *
 *   npm run build && node scripts/screens.mjs        (Debian: apt install tmux chromium pngquant)
 *
 * Colours are those of a dark terminal; a light one shows the same codes in colours of its own.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const GLEAN = `${process.execPath} ${join(ROOT, 'dist/cli.js')}`
const SOCKET = `glean-screens-${process.pid}`
const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome']

const ESCAPE = '\u001b'
/** A link, and a change of colours. */
const LINK = new RegExp(`${ESCAPE}\\]8;[^${ESCAPE}]*${ESCAPE}\\\\`, 'g')
/** A shell that waits, on the last line. */
const PROMPT = new RegExp(`\\n(?:${ESCAPE}\\[[\\d;]*m)*\\$(?:${ESCAPE}\\[[\\d;]*m)*$`)
const CODES = new RegExp(`(${ESCAPE}\\[[\\d;]*m)`)

/** Bytes a picture may have. */
const LARGEST = 60_000

/** Copies of the seeds that take long enough to index to be seen at it. */
const COPIES = 300

/** Each with the size of its terminal and what is typed, step by step; the last wait is for what the picture shows. */
const SCREENS = [
  {
    name: 'search',
    columns: 92,
    rows: 30,
    steps: [['glean search -n 3 how does an index stay fresh\n', /Hits 1–3/]],
  },
  {
    name: 'interactive',
    columns: 92,
    rows: 26,
    steps: [
      ['glean search\n', /Type to search/],
      ['the bees dance', /matches/],
      ['DOWN', /^▌.*$/m],
    ],
  },
  {
    name: 'index',
    columns: 92,
    rows: 4,
    steps: [['glean index copies --index copies.index\n', /\d\d MB of .* MB\/s · \d+ s left/]],
  },
  { name: 'stats', columns: 92, rows: 56, steps: [['glean stats\n', /Commonest words[\s\S]*\$ $/]] },
]

const folder = mkdtempSync(join(tmpdir(), 'glean-screens-'))
try {
  cpSync(join(ROOT, 'seeds'), join(folder, 'seeds'), { recursive: true })
  for (let copy = 0; copy < COPIES; copy++)
    cpSync(join(ROOT, 'seeds'), join(folder, `copies/${copy}`), { recursive: true })
  execFileSync('sh', ['-c', `${GLEAN} index seeds --quiet`], { cwd: folder })
  for (const screen of SCREENS) await picture(screen)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** Takes one picture into docs/. */
async function picture({ name, columns, rows, steps }) {
  tmux(
    '-f',
    '/dev/null',
    'new-session',
    '-d',
    '-x',
    `${columns}`,
    '-y',
    `${rows}`,
    `env PS1='$ ' LANG=C.UTF-8 bash --norc --noprofile`,
  )
  let colored
  try {
    tmux('set', '-g', 'status', 'off')
    tmux('resize-window', '-x', `${columns}`, '-y', `${rows}`)
    type(`glean() { ${GLEAN} "$@"; }; clear\n`)
    await shown(/^\$ *$/)
    for (const [keys, wanted] of steps) {
      if (keys === 'DOWN') tmux('send-keys', 'Down')
      else type(keys)
      await shown(wanted)
    }
    if (name !== 'index') await new Promise(next => setTimeout(next, 700))
    colored = tmux('capture-pane', '-p', '-e')
  } finally {
    tmux('kill-server')
  }
  const file = join(ROOT, 'docs', `${name}.png`)
  draw(colored.replace(/\s+$/, '').replace(PROMPT, ''), columns, file)
  const { size } = statSync(file)
  console.log(`docs/${name}.png  ${size} bytes`)
  if (size > LARGEST) throw new Error(`docs/${name}.png has ${size} bytes, more than ${LARGEST}`)
}

function tmux(...args) {
  return execFileSync('tmux', ['-L', SOCKET, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, TMUX: '' },
  })
}

function type(keys) {
  for (const line of keys.split(/(?<=\n)/)) {
    const text = line.replace(/\n$/, '')
    if (text !== '') tmux('send-keys', '-l', text)
    if (line.endsWith('\n')) tmux('send-keys', 'Enter')
  }
}

/** Waits until the screen shows something. */
async function shown(wanted) {
  for (const end = Date.now() + 60_000; ; ) {
    const screen = tmux('capture-pane', '-p').trimEnd()
    if (wanted.test(screen) || wanted.test(`${screen} `)) return
    if (Date.now() > end) throw new Error(`the screen never showed ${wanted}:\n${screen}`)
    await new Promise(next => setTimeout(next, 20))
  }
}

/** Draws a screen with its colours as a picture. */
function draw(colored, columns, file) {
  const page = join(folder, 'page.html')
  const lines = colored.split('\n')
  const [width, height] = [Math.ceil(columns * 8.43) + 32, lines.length * 18 + 32]
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(
    page,
    `<meta charset="utf-8"><style>
    body { margin: 0; padding: 16px; background: #16181d; color: #d5d8dd; font: 14px/18px "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace; white-space: pre }
    b { font-weight: bold; color: #f2f4f7 } i { font-style: normal; opacity: .62 }
    .c31 { color: #ff6b68 } .c32 { color: #7fc97f } .c34 { color: #6ea8fe } .c35 { color: #d59cf0 } .c36 { color: #5fd0d6 }
    </style>${html(colored)}`,
  )
  const shot = join(folder, 'shot.png')
  chromium([
    '--headless',
    '--no-sandbox',
    '--hide-scrollbars',
    '--disable-gpu',
    '--disable-lcd-text',
    '--force-device-scale-factor=1',
    `--window-size=${width},${height}`,
    `--screenshot=${shot}`,
    `file://${page}`,
  ])
  // A screen has few colours; a palette of them takes half the bytes.
  execFileSync('pngquant', ['--force', '--strip', '--output', file, '64', shot])
}

function chromium(args) {
  for (const name of CHROMIUM) {
    try {
      return execFileSync(name, args, { stdio: 'ignore' })
    } catch (thrown) {
      if (thrown.code !== 'ENOENT') throw thrown
    }
  }
  throw new Error(`none of ${CHROMIUM.join(', ')} is there`)
}

/** Text with the codes of colours as spans; links and other codes are left out. */
function html(text) {
  let open = ''
  let out = ''
  const state = { bold: false, faint: false, color: '' }
  for (const piece of text.replace(LINK, '').split(CODES)) {
    const codes = piece.startsWith(ESCAPE) ? piece.slice(2, -1) : undefined
    if (codes === undefined) {
      out += open + piece.replace(/[&<>]/g, sign => `&#${sign.charCodeAt(0)};`) + closing(open)
      continue
    }
    for (const code of codes === '' ? [0] : codes.split(';').map(Number)) {
      if (code === 0) Object.assign(state, { bold: false, faint: false, color: '' })
      else if (code === 1) state.bold = true
      else if (code === 2) state.faint = true
      else if (code === 22) Object.assign(state, { bold: false, faint: false })
      else if (code === 39) state.color = ''
      else if (code >= 30 && code <= 37) state.color = `c${code}`
    }
    const color = state.color ? `<span class="${state.color}">` : ''
    open = `${state.bold ? '<b>' : ''}${state.faint ? '<i>' : ''}${color}`
  }
  return out
}

function closing(open) {
  const tags = [...open.matchAll(/<(\w+)/g)].map(([, tag]) => `</${tag}>`)
  return tags.reverse().join('')
}
