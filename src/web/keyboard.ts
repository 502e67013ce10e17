/** Up and down between the query and the hits, as in a list. */

/** Moves the focus where the key says so; false where it does not. */
export function moveAmongHits(event: KeyboardEvent, query: HTMLInputElement, hits: HTMLElement): boolean {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0 || event.altKey || event.ctrlKey || event.metaKey) return false
  const links = [...hits.querySelectorAll<HTMLAnchorElement>('h2 a')]
  const at = links.indexOf(document.activeElement as HTMLAnchorElement)
  if (at < 0 && document.activeElement !== query) return false
  const next = at + step
  const target = next < 0 ? query : links[Math.min(next, links.length - 1)]
  target?.focus()
  target?.scrollIntoView({ block: 'nearest' })
  return target !== undefined
}
