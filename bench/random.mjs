/** Numbers that look random and are the same every time: Bob Jenkins's small generator (public domain) from a seed. */

/** A generator: `unit()` gives a number of [0, 1), `below(n)` a whole one of [0, n). */
export function seeded(seed) {
  let [a, b, c, d] = [0xf1ea5eed, seed, seed, seed]
  const next = () => {
    const e = (a - rotated(b, 27)) | 0
    a = b ^ rotated(c, 17)
    b = (c + d) | 0
    c = (d + e) | 0
    d = (e + a) | 0
    return d >>> 0
  }
  for (let round = 0; round < 20; round++) next()
  const unit = () => next() / 0x1_0000_0000
  return { unit, below: limit => Math.floor(unit() * limit) }
}

const rotated = (word, bits) => (word << bits) | (word >>> (32 - bits))
