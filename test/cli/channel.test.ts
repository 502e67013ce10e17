/** Output is written at once where nothing has to be waited for, and all of it where something has. */
import { execFileSync } from 'node:child_process'
import { closeSync, constants, openSync, readFileSync, readSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import { expect, onTestFinished, test } from 'vitest'
import { Channel } from '../../src/cli/channel.ts'
import { world } from '../world.ts'

function opened(path: string, flags: number | string): number {
  const descriptor = openSync(path, flags)
  onTestFinished(() => closeSync(descriptor))
  return descriptor
}

const none = (): never => {
  throw new Error("Node's stream was asked for")
}

test("a file is written to without Node's stream", async () => {
  const path = world().path('out')
  const channel = new Channel(opened(path, 'w'), none, none)
  expect(channel.terminal).toBeUndefined()
  await channel.write('größer ')
  await channel.write('')
  await channel.write('東京\n')
  expect(readFileSync(path, 'utf8')).toBe('größer 東京\n')
})

test.skipIf(process.platform === 'win32')(
  'what a full pipe does not take goes to the stream, and what comes later behind it',
  async () => {
    const path = world().path('pipe')
    execFileSync('mkfifo', [path])
    const descriptor = opened(path, constants.O_RDWR | constants.O_NONBLOCK)
    const stream = new PassThrough({ highWaterMark: 1 << 24 })
    const channel = new Channel(descriptor, () => stream as unknown as NodeJS.WriteStream, none)
    const text = Array.from({ length: 100_000 }, (_, number) => `line ${number}\n`).join('')
    await channel.write(text)
    await channel.write('end')
    const taken = Buffer.alloc(1 << 20)
    const length = readSync(descriptor, taken)
    expect(length).toBeLessThan(text.length)
    expect(taken.toString('utf8', 0, length) + stream.read()).toBe(`${text}end`)
  },
)

test.skipIf(process.platform === 'win32')('whoever wanted to know is told that nobody reads', async () => {
  const path = world().path('pipe')
  execFileSync('mkfifo', [path])
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  const writer = opened(path, constants.O_WRONLY | constants.O_NONBLOCK)
  closeSync(reader)
  const codes: (string | undefined)[] = []
  await new Channel(writer, none, ({ code }) => codes.push(code)).write('lost')
  expect(codes).toEqual(['EPIPE'])
})
