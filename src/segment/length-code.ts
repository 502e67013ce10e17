/**
 * Lengths in six bits. A chunk's length in tokens stands beside every posting, so it is kept coarse: exact up to 16,
 * then 48 steps of about 14 %, so that no length is off by more than 8 %. Scoring, MiniSearch's slice and the tests'
 * oracle all read the length back from this table, so that they agree to the last digit.
 */

/** Length in tokens that each code stands for. */
export const LENGTHS: readonly number[] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 21, 24, 27, 31, 35, 41, 46, 53, 60, 69, 79,
  90, 103, 117, 134, 153, 174, 199, 228, 260, 297, 339, 387, 442, 505, 576, 658, 751, 858, 980, 1119, 1278,
  1459, 1666, 1902, 2172, 2481, 2833, 3235, 3694, 4219, 4817, 5501, 6282, 7174, 8192,
]

/** Code of the length nearest to `tokens` (the last one for all that are longer). */
export function lengthCode(tokens: number): number {
  if (tokens <= 16) return tokens
  let low = 16
  let high = LENGTHS.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (LENGTHS[middle]! <= tokens) low = middle
    else high = middle - 1
  }
  const above = LENGTHS[low + 1]
  return above !== undefined && above - tokens < tokens - LENGTHS[low]! ? low + 1 : low
}
