/**
 * Chance that can be repeated: the same words give the same numbers on every machine and in every run (sfc32, seeded by a hash of the words).
 * Only for invented data; nothing secret may come from here.
 */
export class Chance {
  #a: number
  #b: number
  #c: number
  #d = 1

  /** What it is for, in words: `new Chance('demo', 'customer', 17)`. */
  constructor(...words: readonly (string | number)[]) {
    // FNV-1a from three starting points; the first rounds of sfc32 mix the rest
    let [a, b, c] = [2166136261, 16777619, 2654435769]
    for (const word of words) {
      const text = `${word}\u001f`
      for (let place = 0; place < text.length; place++) {
        const unit = text.charCodeAt(place)
        a = Math.imul(a ^ unit, 16777619)
        b = Math.imul(b ^ unit, 2246822519)
        c = Math.imul(c ^ unit, 3266489917)
      }
    }
    this.#a = a | 0
    this.#b = b | 0
    this.#c = c | 0
    for (let round = 0; round < 12; round++) this.#next()
  }

  #next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#d) | 0
    this.#d = (this.#d + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum | 0
    return sum >>> 0
  }

  /** In [0, 1). */
  part(): number {
    return this.#next() / 4294967296
  }

  /** A whole number, both ends included. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.part() * (most - least + 1))
  }

  /** True in this share of the cases. */
  hits(share: number): boolean {
    return this.part() < share
  }

  between(least: number, most: number): number {
    return least + this.part() * (most - least)
  }

  pick<T>(list: readonly T[]): T {
    const picked = list[Math.floor(this.part() * list.length)]
    if (picked === undefined) throw new Error('nothing to pick from')
    return picked
  }

  /** By weight: [['often', 9], ['seldom', 1]]. */
  weighted<T>(list: readonly (readonly [T, number])[]): T {
    let left = this.part() * list.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [value, weight] of list) {
      left -= weight
      if (left < 0) return value
    }
    return this.pick(list)[0]
  }

  /** A size that is mostly small and sometimes large, between both ends (even on a logarithmic scale). */
  size(least: number, most: number): number {
    return least * (most / least) ** this.part()
  }
}

/**
 * A number below `range` for each number below `range`, never the same twice: spreads running numbers so that they do not look like running numbers.
 * `range` must not be divisible by 7919 or by 5 × 7919's factors (both steps are prime to it).
 */
export function spread(index: number, range: number): number {
  // multiplication in bigint: the product may pass 2^53
  return Number((BigInt(index) * 1_000_000_007n + 7919n) % BigInt(range))
}
