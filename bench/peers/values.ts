import type { ResolvedValue, ResolvedValues } from '../../policy/door.ts'

/** A value for engines that know no words: a figure, or the figures of a table in the order of its keys. */
export type PlainValue = number | readonly number[]

/** One value over all regions: the same in all of them, or one each. */
export type RegionalValue = { readonly all: PlainValue } | { readonly each: readonly PlainValue[] }

/** The values of a rule over the sets it is run with, by name. */
export function regionalValues(sets: readonly ResolvedValues[]): Record<string, RegionalValue> {
  const names = Object.keys(sets[0] ?? {})
  return Object.fromEntries(
    names.map((name) => {
      const each = sets.map((set) => plainOf(name, set[name]))
      const [first] = each
      const isSame = each.every((value) => JSON.stringify(value) === JSON.stringify(first))
      return [name, isSame && first !== undefined ? { all: first } : { each }]
    }),
  )
}

function plainOf(name: string, resolved: ResolvedValue | undefined): PlainValue {
  const value = resolved?.value
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return Number(value)
  const figures = typeof value === 'object' ? Object.values(value) : []
  if (figures.length > 0 && figures.every((figure) => typeof figure === 'number')) return figures
  throw new TypeError(`${name} is no figure and no table of figures`)
}
