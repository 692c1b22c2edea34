import type { Node } from 'acorn'
import type { SourceSpan } from '../ir.ts'
import type { FactUnit, Unit, ValueUnit } from '../units.ts'
import type { RuleCode } from './problems.ts'
import type { Scope } from './scope.ts'
import { type Source, spanOf } from './source.ts'

/** What stays the same while one body is read. */
export interface BodyReading {
  readonly source: Source
  readonly facts: Readonly<Record<string, FactUnit>>
  readonly values: Readonly<Record<string, ValueUnit>>
  /** What the author calls the parameters of `decide`. */
  readonly factsName: string
  readonly valuesName: string
  /** The next free slot. */
  nextSlot: number
}

/** Notes a problem; the undefined it returns stands for what could not be read. */
export function problem(body: BodyReading, node: Node, code: RuleCode, found: string, instead?: string): undefined {
  return body.source.problems.add(spanOf(node), code, found, instead)
}

/** What every node of the IR has: the next slot, its unit, its place. */
export function placed<U extends Unit>(
  body: BodyReading,
  node: Node,
  unit: U,
): { slot: number; unit: U; at: SourceSpan } {
  return { slot: body.nextSlot++, unit, at: spanOf(node) }
}

/** A name that already means something here: shadowing is refused, so that a name means one thing in a body. */
export function isTaken(body: BodyReading, scope: Scope, name: string): boolean {
  return (
    scope.locals.has(name) ||
    scope.unread.has(name) ||
    scope.item?.name === name ||
    name === body.factsName ||
    name === body.valuesName ||
    body.source.imports.has(name)
  )
}

/** The unit declared under a name; names that every object inherits (`constructor`) are not declared. */
export function findDeclared<U>(units: Readonly<Record<string, U>>, name: string): U | undefined {
  return Object.hasOwn(units, name) ? units[name] : undefined
}

/** Words as problems list them. */
export function words(options: readonly string[]): string {
  return options.map((option) => `'${option}'`).join(', ')
}
