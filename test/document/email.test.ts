import { expect, test } from 'vitest'
import { email, mailbox } from '../../src/document/email.ts'
import { extractedDocument } from '../../src/document/extracted.ts'
import { positionAt } from '../../src/document/marks.ts'

const read = async (text: string) => {
  const extracted = await email.extract(Buffer.from(text, 'latin1'))
  return extracted && extractedDocument('email', extracted)
}

const PARTS = `From: =?UTF-8?Q?J=C3=B6rg?= <j@x.org>
To: Ann Bee <ann@b.org>, ops@b.org
Subject: =?ISO-8859-1?Q?Caf=E9?= lease
 and deposit
Date: Tue, 24 Nov 2026 10:30:00 +0100
Message-ID: <1@x.org>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: multipart/alternative; boundary=c

--c
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

The caf=E9 is open.

> quoted words
--c
Content-Type: text/html

<p>not this</p>
--c--
--b
Content-Type: application/pdf; name=plan.pdf
Content-Disposition: attachment; filename=plan.pdf
Content-Transfer-Encoding: base64

JVBERg==
--b--
`

test('the text of a message, with its people; headers are metadata', async () => {
  const document = (await read(PARTS.replaceAll('\n', '\r\n')))!
  expect(document.title).toBe('Café lease and deposit')
  expect(document.text).toBe(
    'From: Jörg <j@x.org>\nTo: Ann Bee <ann@b.org>, ops@b.org\nDate: 2026-11-24T09:30:00.000Z\n\nThe café is open.\n\n> quoted words\n',
  )
  expect(document.metadata).toEqual({
    from: 'Jörg <j@x.org>',
    to: ['Ann Bee <ann@b.org>', 'ops@b.org'],
    date: '2026-11-24T09:30:00.000Z',
    subject: 'Café lease and deposit',
    'message-id': '<1@x.org>',
    attachments: ['plan.pdf'],
  })
})

test('of a message in HTML alone the words are taken, and nothing is fetched or run', async () => {
  const html =
    'Subject: S\nContent-Type: text/html\n\n<h1>Big</h1><script>no()</script><p>Hello<img src="http://x"></p>\n'
  const document = (await read(html))!
  expect(document.text).toBe('Big\n\nHello\n')
})

test('a box has its messages in order, each with its number and subject', async () => {
  const box = `From a@b Tue Nov 24 10:30:00 2026\nFrom: a@b\nSubject: First\n\nOne.\n>From here on\n\nFrom c@d Tue Nov 24 11:30:00 2026\nSubject: Second\n\nTwo.\nFrom nowhere.\n`
  for (const text of [box, box.replaceAll('\n', '\r\n')]) {
    const document = extractedDocument('mbox', (await mailbox.extract(Buffer.from(text)))!)
    expect(document.text.trimEnd()).toBe(
      'First\n\nFrom: a@b\n\nOne.\nFrom here on\n\nSecond\n\nTwo.\nFrom nowhere.',
    )
    expect(document).toMatchObject({ title: '', metadata: { messages: 2 } })
    expect(document.headings.map(({ text: words }) => words)).toEqual(['First', 'Second'])
    expect([1, 5, 8, 10].map(line => positionAt(document.marks, line)?.message)).toEqual([1, 1, 2, 2])
  }
})

test('what is no mail is none; a message that nests too deep is told', async () => {
  expect(await read('Just words\n')).toBeUndefined()
  expect(await mailbox.extract(Buffer.from('Subject: x\n\ny\n'))).toBeUndefined()
  const deep = Array.from(
    { length: 60 },
    (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\n\n--b${n}\n`,
  )
  await expect(read(`Subject: x\n${deep.join('')}`)).rejects.toThrow()
  const box = await mailbox.extract(
    Buffer.from(`From a\nSubject: y\n\nz\n\nFrom b\nSubject: x\n${deep.join('')}`),
  )
  expect(box).toMatchObject({ doubt: '1 of 2 messages could not be read', metadata: { messages: 2 } })
})
