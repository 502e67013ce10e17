/** A real browser to test in: Debian's Chromium. Where it is not installed, tests that need it are skipped, but in CI. */
import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'
import { onTestFinished } from 'vitest'

const EXECUTABLE = '/usr/bin/chromium'

/** Why there is no browser; undefined where there is one, or has to be. */
export const NO_BROWSER =
  existsSync(EXECUTABLE) || process.env.CI ? undefined : 'Chromium is not installed: apt install chromium'

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Milliseconds. */
const PATIENCE = 15_000

let browser: Promise<Browser> | undefined

/** A page of a fresh profile, closed when the test is over; what goes wrong in it ends up in `faults`. */
export async function openPage(
  options: { width?: number; height?: number; colorScheme?: 'light' | 'dark' } = {},
): Promise<{ page: Page; faults: string[] }> {
  browser ??= chromium.launch({ executablePath: EXECUTABLE, args: FLAGS })
  const { width = 1280, height = 800, colorScheme = 'light' } = options
  const context = await (await browser).newContext({ viewport: { width, height }, colorScheme })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE)
  const faults: string[] = []
  page.on('pageerror', error => faults.push(String(error)))
  page.on('console', message => {
    if (message.type() === 'error') faults.push(message.text())
  })
  return { page, faults }
}

/** The value of an expression in the page, awaited. Past the page's policy, which lets no text become code. */
export async function evaluated(page: Page, expression: string): Promise<unknown> {
  const session = await page.context().newCDPSession(page)
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression,
    awaitPromise: true,
    returnByValue: true,
  })
  await session.detach()
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
  return result.value as unknown
}

/** Waits until an expression is true in the page. */
export async function until(page: Page, expression: string): Promise<void> {
  const deadline = performance.now() + PATIENCE
  while (!(await evaluated(page, expression))) {
    if (performance.now() > deadline) throw new Error(`not within ${PATIENCE} ms: ${expression}`)
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}

/** Call it after all tests of a file. */
export async function closeBrowser(): Promise<void> {
  await (await browser)?.close()
  browser = undefined
}
