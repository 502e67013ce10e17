import { expect, test, vi } from 'vitest'
import type { ByteSource } from '../../src/segment/byte-source.ts'
import { type Fetch, httpFolder } from '../../src/segment/http-source.ts'

const BYTES = Uint8Array.from({ length: 100_000 }, (_, at) => at % 251)

/** A server of one file that notes what it is asked; `answer` may answer in its place. */
function server(
  answer: (from: number, to: number, attempt: number) => Response | undefined = () => undefined,
) {
  const asked: string[] = []
  const fetch: Fetch = async (_, { headers }) => {
    const range = headers?.range ?? 'whole'
    asked.push(range)
    const [from, to] = (/(\d+)-(\d+)/.exec(range)?.slice(1).map(Number) ?? [0, BYTES.length - 1]) as [
      number,
      number,
    ]
    return (
      answer(from, to, asked.length) ??
      new Response(BYTES.slice(from, to + 1), {
        status: 206,
        headers: { 'content-range': `bytes ${from}-${to}/${BYTES.length}` },
      })
    )
  }
  return {
    asked,
    open: async () =>
      (await httpFolder('https://host/index/?key=1', fetch).open('x.seg', BYTES.length)) as ByteSource,
  }
}

test('what is asked for in one turn and stands close together is one request', async () => {
  const { asked, open } = server()
  const source = await open()
  source.prefetch!([{ offset: 50_000, length: 100 }])
  const read = [source.read(10, 20), source.read(500, 10), source.read(15, 5), source.read(90_000, 7)]
  const [first, , third] = await Promise.all(read)
  expect([first, third]).toEqual([BYTES.slice(10, 30), BYTES.slice(15, 20)])
  expect(asked).toEqual(['bytes=10-509', 'bytes=50000-50099', 'bytes=90000-90006'])
  expect(source.read(50_010, 3)).toEqual(BYTES.slice(50_010, 50_013))
  expect(asked).toHaveLength(3)
})

test('a reader that goes straight on is fetched ahead for, twice as far each time', async () => {
  const { asked, open } = server()
  const source = await open()
  for (let at = 0; at < 30_000; at += 1000)
    expect(await source.read(at, 1000)).toEqual(BYTES.slice(at, at + 1000))
  expect(asked).toEqual([
    'bytes=0-999',
    'bytes=1000-2999',
    'bytes=3000-6999',
    'bytes=7000-14999',
    ...asked.slice(4),
  ])
  expect(asked.length).toBeLessThan(7)
})

test('so it is where reads are of uneven lengths', async () => {
  const { asked, open } = server()
  const source = await open()
  for (let at = 0, length = 700; at < 60_000; at += length, length = 700 + ((length * 31) % 900))
    expect(await source.read(at, length)).toEqual(BYTES.slice(at, at + length))
  expect(asked.length).toBeLessThan(9)
})

test('a server that sends the whole file is asked once more for nothing', async () => {
  const { asked, open } = server(() => new Response(BYTES, { status: 200 }))
  const source = await open()
  await Promise.all([source.read(10, 20), source.read(70_000, 10)])
  expect(asked).toHaveLength(2)
  expect(await source.read(30_000, 5)).toEqual(BYTES.slice(30_000, 30_005))
  expect(asked).toHaveLength(2)
})

test.each<[string, () => Response, string, RegExp]>([
  ['is not there', () => new Response('', { status: 404 }), 'not-found', /no such file \(404\)/],
  ['is forbidden', () => new Response('', { status: 403 }), 'io', /answered 403/],
  ['ends too soon', () => new Response('', { status: 416 }), 'damaged', /shorter than the manifest says/],
  [
    'is cut short',
    () => new Response('abc', { status: 206 }),
    'damaged',
    /expected 20 bytes, the server sent 3/,
  ],
  [
    'is another',
    () => new Response('abc', { status: 206, headers: { 'content-range': 'bytes 10-29/7' } }),
    'damaged',
    /of 100000/,
  ],
  ['is whole but another', () => new Response('abc'), 'damaged', /expected 100000 bytes/],
])('a file that %s is told', async (_, answer, code, message) => {
  const { open } = server(answer)
  const reading = (await open()).read(10, 20)
  await expect(reading).rejects.toThrow(
    expect.objectContaining({ code, message: expect.stringMatching(message) }),
  )
})

test('what failed for a moment is asked for again', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  try {
    const { asked, open } = server((_from, _to, attempt) => {
      if (attempt === 1) throw new TypeError('fetch failed')
      return attempt === 2 ? new Response('', { status: 503 }) : undefined
    })
    const source = await open()
    const failing = Promise.resolve(source.read(10, 20)).catch((thrown: Error) => thrown.message)
    await vi.runAllTimersAsync()
    expect(await failing).toMatch(/answered 503/)
    const reading = source.read(10, 20)
    await vi.runAllTimersAsync()
    expect(await reading).toEqual(BYTES.slice(10, 30))
    expect(asked).toHaveLength(3)
  } finally {
    vi.useRealTimers()
  }
})
