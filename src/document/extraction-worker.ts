/**
 * The thread that takes files apart: the one program that loads the parsers of HTML, PDF and the like, each when the
 * first file of its kind comes. Answers one message after another; what a parser throws is an answer too.
 */
import { parentPort } from 'node:worker_threads'
import { messageOf } from '../errors.ts'
import type { ExtractionAnswer, ExtractionTask } from './extraction.ts'
import { type Extractor, Refusal } from './extractor.ts'

/** Each format apart by its name. */
const EXTRACTORS: Readonly<Record<string, () => Promise<Extractor>>> = {
  pdf: async () => (await import('./pdf.ts')).pdf,
  docx: async () => (await import('./docx.ts')).docx,
  epub: async () => (await import('./epub.ts')).epub,
  opendocument: async () => (await import('./odf.ts')).odf,
  pptx: async () => (await import('./pptx.ts')).pptx,
  xlsx: async () => (await import('./xlsx.ts')).xlsx,
  rtf: async () => (await import('./rtf.ts')).rtf,
  'old-office': async () => (await import('./old-office.ts')).oldOffice,
  email: async () => (await import('./email.ts')).email,
  mbox: async () => (await import('./email.ts')).mailbox,
  html: async () => (await import('./html.ts')).html,
}

parentPort?.on('message', async (task: ExtractionTask) => parentPort!.postMessage(await answer(task)))

async function answer({ format, input }: ExtractionTask): Promise<ExtractionAnswer> {
  try {
    const extractor = await EXTRACTORS[format]!()
    return { extracted: await extractor.extract(input as string & Uint8Array) }
  } catch (thrown) {
    if (thrown instanceof Refusal) return { refused: { reason: thrown.reason, detail: thrown.message } }
    return { refused: { reason: 'damaged', detail: `its parser gave up: ${messageOf(thrown)}` } }
  }
}
