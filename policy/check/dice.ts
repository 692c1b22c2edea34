/** Numbers that look random and are the same for the same seed (mulberry32), so that a check always finds the same. */
export class Dice {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** A number from 0 to just below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  /** A whole number of a closed range. */
  whole(min: number, max: number): number {
    return Math.min(max, min + Math.floor(this.next() * (max - min + 1)))
  }

  /** One of several things; undefined of none. */
  pick<T>(things: readonly T[]): T | undefined {
    return things[this.whole(0, things.length - 1)]
  }

  /** True one time in so many. */
  oneIn(times: number): boolean {
    return this.next() * times < 1
  }
}
