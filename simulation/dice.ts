import { type Random, randomBelow, randomPick, seededRandom } from '../ground/door.ts'

/** What is left to chance in a story; the same seed throws the same. */
export type Dice = {
  /** A whole number in `[0, count)`. */
  below(count: number): number
  /** True so many times of a hundred. */
  chance(percent: number): boolean
  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T
  /** One of the names, each as often as its weight says. */
  weigh<Name extends string>(weights: Readonly<Record<Name, number>>): Name
}

/** Dice that follow from a seed alone. */
export function createDice(seed: string): Dice {
  const random: Random = seededRandom(seed)
  const below = (count: number) => randomBelow(random, count)
  return {
    below,
    chance: (percent) => below(100) < percent,
    pick: (list) => randomPick(random, list),
    weigh(weights) {
      const names = namesOf(weights)
      let left = below(names.reduce((sum, name) => sum + weights[name], 0))
      for (const name of names) {
        left -= weights[name]
        if (left < 0) return name
      }
      throw new RangeError('weights that are whole numbers, not all zero')
    },
  }
}

function namesOf<Name extends string>(weights: Readonly<Record<Name, number>>): Name[] {
  const names: Name[] = []
  for (const name in weights) names.push(name)
  return names
}
