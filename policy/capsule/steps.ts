import type { SlotValue, Trace } from '../evaluate.ts'

/**
 * What each expression came to, by its slot in the IR: a flat trace of scalars. Lists are left out, since the facts and the items of their
 * operations tell them. `items` has, by the slot of what looks at items one by one, the steps of each.
 */
export interface CapsuleSteps {
  readonly slots: SlotValues
  readonly items: readonly { readonly slot: number; readonly each: readonly SlotValues[] }[]
}

/** Slots with what they came to, in the order of the slots. */
export type SlotValues = readonly { readonly slot: number; readonly value: string | number | boolean | null }[]

/** The steps of a trace; none where no body ran. Slots inside an item function count from its first. */
export function stepsOf(trace: Trace | undefined): CapsuleSteps {
  if (trace === undefined) return { slots: [], items: [] }
  const items = [...trace.items].toSorted(([a], [b]) => a - b)
  return { slots: scalarsOf(trace.slots), items: items.map(([slot, each]) => ({ slot, each: each.map(scalarsOf) })) }
}

function scalarsOf(slots: readonly (SlotValue | undefined)[]): SlotValues {
  return slots.flatMap((value, slot) =>
    value === undefined || (typeof value === 'object' && value !== null) ? [] : [{ slot, value }],
  )
}
