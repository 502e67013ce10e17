/** Runs the command in a real terminal, made by script(1), and gives what it writes there. */
import { execFileSync } from 'node:child_process'
import { COMMAND, type World } from './world.ts'

export function hasScript(): boolean {
  try {
    execFileSync('script', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** What the command writes to a terminal of so many columns; standard output and error as they come. */
export async function onTerminal(
  here: World,
  { columns = 80, env = {} }: { columns?: number; env?: NodeJS.ProcessEnv },
  ...args: string[]
): Promise<string> {
  const words = args.map(word => `'${word.replaceAll("'", "'\\''")}'`).join(' ')
  const line = `stty cols ${columns} rows 50; '${process.execPath}' '${COMMAND}' ${words}`
  const child = here.start({ env: { TERM: 'xterm-256color', ...env } }, 'script', '-qec', line, '/dev/null')
  let output = ''
  child.stdout?.setEncoding('utf8').on('data', piece => {
    output += piece
  })
  await new Promise(resolve => child.on('close', resolve))
  return output.replaceAll('\r\n', '\n')
}
