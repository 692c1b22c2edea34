import type { Block, PolicyBody, PolicyIr } from './ir.ts'
import type { Unit } from './units.ts'
import { expressionsIn, isEnd, statementsOf } from './walk.ts'
import { findCountWords } from './words.ts'

/**
 * The keys of the labels without which some explanation of a policy cannot be told, sorted. See `Labels` for their meaning.
 */
export function policyMessagesNeeded(ir: PolicyIr): string[] {
  const keys = new Set<string>()
  for (const body of ir.bodies) {
    keys.add(`clauses.${body.clause}`)
    addDeclared(keys, 'facts', body.facts)
    addDeclared(keys, 'values', body.values)
    addDeclared(keys, 'results', body.results)
    addDeclared(keys, 'items', body.items?.results ?? {})
    addBlock(keys, body.block)
  }
  return [...keys].toSorted()
}

function addDeclared(
  keys: Set<string>,
  group: keyof Pick<PolicyBody, 'facts' | 'values' | 'results' | 'items'>,
  units: Readonly<Record<string, Unit>>,
): void {
  for (const [name, unit] of Object.entries(units)) {
    keys.add(`${group}.${name}`)
    addUnit(keys, unit)
    if (unit.kind !== 'list' || unit.item.kind !== 'record') continue
    for (const field of Object.keys(unit.item.fields)) keys.add(`${group}.${name}.${field}`)
  }
}

function addUnit(keys: Set<string>, unit: Unit): void {
  switch (unit.kind) {
    case 'count':
      addCount(keys, unit.of)
      break
    case 'choice':
      for (const option of unit.options) keys.add(`choices.${option}`)
      break
    case 'optional':
      addUnit(keys, unit.unit)
      break
    case 'keyed':
      if (unit.count) addCount(keys, unit.count.of)
      else for (const option of unit.by) keys.add(`choices.${option}`)
      addUnit(keys, unit.unit)
      break
    case 'list':
      addCount(keys, unit.of)
      addUnit(keys, unit.item)
      break
    case 'record':
      for (const field of Object.values(unit.fields)) addUnit(keys, field)
      break
  }
}

function addCount(keys: Set<string>, label: string): void {
  if (findCountWords(label, 'zh') === undefined) keys.add(`units.${label}`)
}

/** The clauses and reasons of outcomes, and the words and counts that only the body names: a literal in a `const`, the product of a count. */
function addBlock(keys: Set<string>, block: Block): void {
  for (const end of statementsOf(block).filter(isEnd)) {
    keys.add(`clauses.${end.clause}`)
    if (end.do !== 'grant') keys.add(`reasons.${end.reason}`)
  }
  for (const { unit } of expressionsIn(block)) addUnit(keys, unit)
}
