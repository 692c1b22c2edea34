import { createHash, randomFillSync } from 'node:crypto'

/** The only source of randomness. Passed in, so that a seed replays a run. */
export type Random = { bytes(length: number): Uint8Array }

/** The operating system's secure random bytes. */
export const systemRandom: Random = { bytes: (length) => randomFillSync(new Uint8Array(length)) }

/** Bytes that depend on `seed` alone (SHA-256 in counter mode): for tests, the demo world and the simulator, never for keys. */
export function seededRandom(seed: string): Random {
  let counter = 0
  return {
    bytes(length) {
      const out = new Uint8Array(length)
      for (let filled = 0; filled < length; filled += 32) {
        const block = createHash('sha256').update(`${seed}:${counter++}`).digest()
        out.set(block.subarray(0, Math.min(32, length - filled)), filled)
      }
      return out
    },
  }
}

/** A whole number in `[0, bound)`; `bound` at most 2^32. */
export function randomBelow(random: Random, bound: number): number {
  const bytes = random.bytes(8)
  return Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0) % BigInt(bound))
}

/** A list in another order, each as likely as any other (Fisher and Yates). */
export function randomOrder<T>(random: Random, list: readonly T[]): T[] {
  const left = [...list]
  return list.flatMap(() => left.splice(randomBelow(random, left.length), 1))
}

/** One element of a list that is not empty. */
export function randomPick<T>(random: Random, list: readonly T[]): T {
  const picked = list[randomBelow(random, list.length)]
  if (picked === undefined) throw new RangeError('randomPick needs a list that is not empty')
  return picked
}
