/**
 * The n-th of some numbers in ascending order, without putting the rest in order: FIND (Hoare, Algorithm 65, CACM 4, 1961),
 * which takes a time proportional to their number, where sorting them takes ten times that.
 */

/** The number that would stand at place `n`, from 0, were they sorted. They are reordered; none is NaN. */
export function nthOf(numbers: Float64Array, n: number): number {
  let left = 0
  let right = numbers.length - 1
  while (left < right) {
    const middle = medianOf(numbers[left]!, numbers[(left + right) >> 1]!, numbers[right]!)
    let low = left
    let high = right
    while (low <= high) {
      while (numbers[low]! < middle) low++
      while (numbers[high]! > middle) high--
      if (low > high) break
      const number = numbers[low]!
      numbers[low++] = numbers[high]!
      numbers[high--] = number
    }
    // Behind `high` none is less than the middle, before `low` none is more.
    if (n <= high) right = high
    else if (n >= low) left = low
    else break
  }
  return numbers[n]!
}

function medianOf(one: number, two: number, three: number): number {
  return Math.max(Math.min(one, two), Math.min(Math.max(one, two), three))
}
