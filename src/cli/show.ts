/** Puts a text on standard output; on a terminal through a pager, where that was asked for. */
import type { CommandContext } from './context.ts'
import { has } from './typed.ts'

export async function show(
  text: string,
  { line, output, env, interrupt }: Pick<CommandContext, 'line' | 'output' | 'env' | 'interrupt'>,
): Promise<void> {
  if (!output.isTerminal || !has(line, 'pager')) return output.print(text)
  const { page } = await import('./pager.ts')
  await page(text, env, interrupt)
}
