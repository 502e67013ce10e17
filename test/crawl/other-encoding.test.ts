import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { decodeOther, encodingNamed } from '../../src/crawl/other-encoding.ts'
import { encoded } from './encoded.ts'

const seed = (name: string) => readFileSync(new URL(`../../seeds/languages/${name}`, import.meta.url), 'utf8')

const KOREAN =
  '고래는 바다에 사는 포유류이다. 숨을 쉬기 위해 물 위로 올라오며, 새끼에게 젖을 먹인다. 가장 큰 고래는 흰수염고래이다.\n'
const TRADITIONAL =
  '鯨魚是生活在海洋裡的哺乳動物。牠們必須浮到水面呼吸空氣，並且用乳汁餵養幼鯨。最大的鯨魚是藍鯨，身長可以超過三十公尺。\n'
const GREEK =
  'Η φάλαινα είναι θηλαστικό που ζει στη θάλασσα. Ανεβαίνει στην επιφάνεια για να αναπνεύσει και θηλάζει τα μικρά της.\n'
const ARABIC =
  'الحوت حيوان ثديي يعيش في البحر. يصعد إلى سطح الماء لكي يتنفس، ويرضع صغاره. وأكبر الحيتان هو الحوت الأزرق.\n'
const HEBREW =
  'הלווייתן הוא יונק החי בים. הוא עולה אל פני המים כדי לנשום, והוא מיניק את גוריו. הגדול שבהם הוא הלווייתן הכחול.\n'
const THAI = 'วาฬเป็นสัตว์เลี้ยงลูกด้วยนมที่อาศัยอยู่ในทะเล มันขึ้นมาบนผิวน้ำเพื่อหายใจ และเลี้ยงลูกด้วยน้ำนม\n'
const POLISH =
  'Wieloryb jest ssakiem, który żyje w morzu. Wynurza się, aby zaczerpnąć powietrza, i karmi młode mlekiem. Śpi krótko. Największy jest płetwal błękitny.\n'

const TEXTS: Record<string, [text: string, ...encodings: string[]]> = {
  Russian: [seed('russian.txt').replace(/[—«»„“’]/g, '-'), 'windows-1251', 'koi8-r', 'iso-8859-5'],
  Japanese: [seed('japanese.txt'), 'shift_jis', 'euc-jp'],
  Chinese: [seed('chinese.txt'), 'gb18030'],
  'traditional Chinese': [TRADITIONAL, 'big5'],
  Korean: [KOREAN, 'euc-kr'],
  Greek: [GREEK.replace('Ανεβαίνει', 'ανεβαίνει'), 'windows-1253', 'iso-8859-7'],
  Arabic: [ARABIC, 'windows-1256', 'iso-8859-6'],
  Hebrew: [HEBREW, 'windows-1255', 'iso-8859-8'],
  Thai: [THAI, 'windows-874'],
  Polish: [POLISH, 'windows-1250', 'iso-8859-2'],
  German: [
    'Wale sind Säugetiere, die im Meer leben. Sie kommen zum Atmen an die Oberfläche und säugen ihre Jungen. Der größte ist der Blauwal.\n',
    'windows-1252',
  ],
}

describe('the likeliest encoding', () => {
  const cases = Object.entries(TEXTS).flatMap(([language, [text, ...encodings]]) =>
    encodings.map(encoding => ({ language, encoding, text })),
  )
  it.each(cases)('$language in $encoding', ({ encoding, text }) => {
    expect(decodeOther(encoded(text, encoding))).toMatchObject({ text })
  })

  it('is doubtful where there is little to go by, and says what to do', () => {
    const { text, doubt } = decodeOther(Buffer.from('caf\xe9', 'latin1')) as { text: string; doubt?: string }
    expect(text).toBe('café')
    expect(doubt).toMatch(/^read as windows-1252, a guess.*--encoding NAME$/)
    expect(decodeOther(encoded(seed('japanese.txt'), 'shift_jis'))).not.toHaveProperty('doubt')
  })

  it('is none where bytes are no text', () => {
    const noise = Buffer.from(Array.from({ length: 400 }, (_, n) => ((n * 97) % 255) + 1))
    expect(decodeOther(noise)).toMatchObject({
      reason: 'not-text',
      detail: expect.stringContaining('not UTF-8'),
    })
  })
})

test('what the text declares counts, if the bytes bear it out', () => {
  const declared = (head: string, encoding = 'iso-8859-15') =>
    decodeOther(Buffer.concat([Buffer.from(head), encoded('Œuvre: 5 €', encoding)]))
  for (const head of [
    '<?xml version="1.0" encoding="ISO-8859-15"?>',
    '<html><meta charset=iso-8859-15>',
    `<meta http-equiv="Content-Type" content='text/html; charset=ISO-8859-15'>`,
    '#!/usr/bin/python\n# -*- coding: iso-8859-15 -*-\n',
    'Subject: x\nContent-Type: text/plain; charset="iso-8859-15"\n\n',
    '\\usepackage[latin9]{inputenc}\n',
  ])
    expect(declared(head)).toEqual({ text: `${head}Œuvre: 5 €`, encoding: 'iso-8859-15' })
  expect(declared('<meta charset=utf-8>')).not.toMatchObject({ encoding: 'utf-8' })
})

test('windows-1252 has its signs where ISO-8859-1 has none', () => {
  const bytes = Buffer.from([0x80, 0x20, 0x93, 0xe9, 0x94, 0x20, 0x99])
  expect(decodeOther(bytes, 'windows-1252')).toMatchObject({ text: '€ “é” ™' })
})

test('ISO-2022-JP passes for ASCII and is told by its escapes', () => {
  const bytes = Buffer.from('\x1b$B7_\x1b(B whale', 'latin1')
  expect(decodeOther(bytes)).toEqual({ text: '鯨 whale', encoding: 'iso-2022-jp' })
})

test('UTF-8 with a broken byte stays UTF-8', () => {
  const bytes = Buffer.concat([Buffer.from(seed('russian.txt')), Buffer.from([0xe9])])
  expect(decodeOther(bytes)).toMatchObject({
    text: `${seed('russian.txt')}\ufffd`,
    encoding: 'utf-8',
    doubt: expect.stringMatching(/^not UTF-8: byte 0xE9 at offset \d+; 1 in all, each now U\+FFFD$/),
  })
})

test('a named encoding comes before guesses and declarations, not before what is plainly Unicode', () => {
  const russian = encoded('кит', 'koi8-r')
  expect(decodeOther(russian, 'koi8-r')).toEqual({ text: 'кит', encoding: 'koi8-r' })
  expect(decodeOther(Buffer.from('кит'), 'koi8-r')).toEqual({ text: 'кит', encoding: 'utf-8' })
  expect(decodeOther(Buffer.from('\ufeffкит', 'utf16le'), 'koi8-r')).toMatchObject({ text: 'кит' })
  expect(decodeOther(Buffer.from('鯨魚', 'utf16le'), 'utf-16le')).toMatchObject({ text: '鯨魚' })
  expect(decodeOther(russian, 'utf-8')).toMatchObject({ encoding: 'utf-8', doubt: '3 places are no utf-8' })
  expect(decodeOther(Buffer.from('a\0\xe9', 'latin1'), 'koi8-r')).toMatchObject({ reason: 'binary' })
})

test('encodings go by many names', () => {
  expect(['latin1', 'SJIS', 'cp1251', 'cp949', 'UTF8', 'klingon'].map(encodingNamed)).toEqual([
    'windows-1252',
    'shift_jis',
    'windows-1251',
    'euc-kr',
    'utf-8',
    undefined,
  ])
})
