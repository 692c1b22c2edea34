import { findBody } from './decide.ts'
import type { PolicyIr } from './ir.ts'
import { parsePolicyIr } from './ir-schema.ts'

/** What is supposed of expressions, by slot: a flag or word that they come to, or that the lesser of two sides were the greater. */
export type Supposed = ReadonlyMap<number, boolean | string | 'uncapped'>

/** What lifts a cap: the lesser of two sides is then the greater. */
export const UNCAPPED = 'uncapped'

/**
 * The rule as it would be if some of its expressions came to something else, to see what else stands in the way. Its hash is another one;
 * nothing is decided by it.
 */
export function suppose(ir: PolicyIr, on: string, supposed: Supposed): PolicyIr {
  const body = findBody(ir.bodies, on)
  if (body === undefined || supposed.size === 0) return ir
  const revived: unknown = JSON.parse(JSON.stringify(body), (_, node: unknown) => replaced(node, supposed))
  return parsePolicyIr({ ...ir, bodies: ir.bodies.map((each) => (each === body ? revived : each)) })
}

function replaced(node: unknown, supposed: Supposed): unknown {
  if (
    typeof node !== 'object' ||
    node === null ||
    !('op' in node && 'slot' in node && 'unit' in node && 'at' in node)
  ) {
    return node
  }
  const { slot, unit, at } = node
  const value = typeof slot === 'number' ? supposed.get(slot) : undefined
  if (value === undefined) return node
  return value === UNCAPPED ? { ...node, op: 'max' } : { op: 'literal', value, slot, unit, at }
}
