/** Why a file is not in an index, in words. */
import type { LeftOutReason } from '../crawl/file.ts'

const REASONS: Record<LeftOutReason, string> = {
  binary: 'binary',
  'too-large': 'too large',
  unreadable: 'unreadable',
  vanished: 'vanished',
  'not-text': 'not text',
  encrypted: 'encrypted',
  damaged: 'damaged',
  'no-text': 'no text in it',
  'over-limit': 'over a limit',
  outside: 'outside',
  special: 'special file',
}

/** A reason that has no words of its own is one already. */
export function reasonName(reason: string): string {
  return REASONS[reason as LeftOutReason] ?? reason
}
