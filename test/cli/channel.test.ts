/** Output is written at once where nothing has to be waited for, and all of it where something has. */
import { execFileSync } from 'node:child_process'
import { closeSync, constants, openSync, readFileSync, readSync, writeSync } from 'node:fs'
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

/** A pipe that nobody waits for, and the stream for what it does not take. */
function pipe() {
  const path = world().path('pipe')
  execFileSync('mkfifo', [path])
  const descriptor = opened(path, constants.O_RDWR | constants.O_NONBLOCK)
  const stream = new PassThrough({ highWaterMark: 1 << 24 })
  const channel = new Channel(descriptor, () => stream as unknown as NodeJS.WriteStream, none)
  const taken = Buffer.alloc(1 << 20)
  return {
    descriptor,
    channel,
    inPipe: () => taken.toString('utf8', 0, readSync(descriptor, taken)),
    inStream: () => String(stream.read()),
  }
}

test.skipIf(process.platform === 'win32')(
  'more than a pipe holds goes to the stream, which hears signals while it waits, and what comes later behind it',
  async () => {
    const { channel, inPipe, inStream } = pipe()
    const text = Array.from({ length: 5000 }, (_, number) => `line ${number}\n`).join('')
    await channel.write('start')
    await channel.write(text)
    await channel.write('end')
    expect([inPipe(), inStream()]).toEqual(['start', `${text}end`])
  },
)

test.skipIf(process.platform === 'win32')('what others have filled takes no more', async () => {
  const { descriptor, channel, inStream } = pipe()
  expect(() => {
    for (;;) writeSync(descriptor, Buffer.alloc(4096))
  }).toThrow('EAGAIN')
  await channel.write('late')
  expect(inStream()).toBe('late')
})

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
