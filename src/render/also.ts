/** Where the text of a hit stands besides, in a few words. */
import type { Hit } from '../search/result.ts'
import { counted } from './figure.ts'
import type { PathOf } from './plain.ts'
import { safeLine } from './safe-text.ts'

/** Places to name for a passage that is in many. */
const MOST_PLACES = 3

/** `also in a.md:3, b.md:7 and 4 more places`; '' where it stands nowhere else. */
export function alsoIn({ also = [], state, index }: Hit, pathOf: PathOf): string {
  if (also.length === 0) return ''
  const named = also.slice(0, MOST_PLACES).map(place => {
    const colon = place.lastIndexOf(':')
    return (
      safeLine(pathOf({ path: place.slice(0, colon), state, ...(index !== undefined && { index }) })) +
      place.slice(colon)
    )
  })
  const rest = also.length - named.length
  return `also in ${named.join(', ')}${rest > 0 ? ` and ${counted(rest, 'more place')}` : ''}`
}
