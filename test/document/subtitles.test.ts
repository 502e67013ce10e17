import { expect, test } from 'vitest'
import { extractedDocument } from '../../src/document/extracted.ts'
import { positionAt } from '../../src/document/marks.ts'
import { subtitles } from '../../src/document/subtitles.ts'

const read = (text: string) => subtitles.extract(text)

test('what is said stands line by line with its time; numbers, tags and notes do not', () => {
  const srt =
    '1\r\n00:00:01,000 --> 00:00:04,000\r\nThe <i>whale</i> &amp; I\r\nwent out.\r\n\r\n2\r\n01:02:03,000 --> 01:02:05,000 X1:0\r\n{\\an8}Later\r\n'
  const { text, marks } = read(srt)!
  expect(text).toBe('The whale & I went out.\n\nLater\n')
  expect(marks).toEqual([
    { line: 1, kind: 'time', value: 1 },
    { line: 3, kind: 'time', value: 3723 },
  ])
  const vtt =
    'WEBVTT - x\n\nNOTE no\n\nSTYLE\n::cue {}\n\nid\n00:09.000 --> 00:10.000 align:start\n<v Ann>Hello there\n'
  expect(read(vtt)).toMatchObject({ text: 'Hello there\n', marks: [{ line: 1, value: 9 }] })
})

test('lines that follow one another are one paragraph, which ends with a sentence', () => {
  const cue = (number: number, words: string) =>
    `${number}\n00:00:${String(number).padStart(2, '0')},000 --> 00:00:${String(number + 1).padStart(2, '0')},000\n${words}\n`
  const said = Array.from(
    { length: 12 },
    (_, n) => `These are words of part ${n + 1}${n % 4 === 3 ? '.' : ''}`,
  )
  const { text } = read(said.map((words, n) => cue(n + 1, words)).join('\n'))!
  expect(text.split('\n\n')).toHaveLength(2)
  expect(text.split('\n\n')[0]).toBe(said.slice(0, 8).join('\n'))
})

test('a text without times is none', () => {
  expect(read('1\nnot a time\nwords')).toBeUndefined()
  expect(read('')).toBeUndefined()
})

test('the document has no title but that of its text, and knows the time of each line', () => {
  const document = extractedDocument(
    'subtitles',
    read('1\n00:00:07,000 --> 00:00:09,000\nWords\n\n2\n00:00:10,000 --> 00:00:11,000\nmore\n')!,
  )
  expect(document).toMatchObject({ title: '', headings: [], text: 'Words\nmore\n' })
  expect(positionAt(document.marks, 2)).toEqual({ time: 10 })
})
