import type { AnyNode, ObjectExpression, Property } from 'acorn'
import type { ItemResults, MonotonicityPromise, PolicyBody } from '../ir.ts'
import { isQuantity } from '../units.ts'
import { calledWord, keyOf, readDeclarations, readString, resolveNode } from './declarations.ts'
import { findDeclared } from './reading.ts'
import { quote, type Source, spanOf } from './source.ts'

/** Reads `items: { list: 'certificates', results: { ... }, total: 'amountFen' }`; undefined when a problem was noted. */
export function readItems(source: Source, property: Property, facts: PolicyBody['facts']): ItemResults | undefined {
  const object = resolveNode(source, property.value)
  const entries = object.type === 'ObjectExpression' ? readEntries(object) : undefined
  const [list, results, total] = ['list', 'results', 'total'].map((name) => entries?.get(name))
  const listName = list && readString(list)
  const unit = listName === undefined ? undefined : findDeclared(facts, listName)
  if (listName === undefined || results === undefined || unit?.kind !== 'list' || unit.item.kind !== 'record') {
    return source.problems.add(spanOf(property), 'TB1010', quote(source, property))
  }
  const units = readDeclarations(source, results, 'results')
  if (total === undefined) return { list: listName, results: units }
  const totalName = readString(total)
  if (totalName === undefined || findDeclared(units, totalName)?.kind !== 'money') {
    return source.problems.add(spanOf(total), 'TB1009', quote(source, total))
  }
  return { list: listName, results: units, total: totalName }
}

const ENTRIES: readonly string[] = ['list', 'results', 'total']

/** The entries by name; undefined when there is anything else among them. */
function readEntries(object: ObjectExpression): ReadonlyMap<string, AnyNode> | undefined {
  const entries = new Map<string, AnyNode>()
  for (const property of object.properties) {
    const name = property.type === 'Property' ? keyOf(property) : undefined
    if (property.type !== 'Property' || name === undefined || !ENTRIES.includes(name)) return undefined
    entries.set(name, property.value)
  }
  return entries
}

/** Reads `promises: [rises('feeFen', { with: 'months' }), falls(...)]`; what is no promise is noted and left out. */
export function readPromises(
  source: Source,
  property: Property,
  { facts, results }: Pick<PolicyBody, 'facts' | 'results'>,
): MonotonicityPromise[] {
  const array = resolveNode(source, property.value)
  if (array.type !== 'ArrayExpression') {
    source.problems.add(spanOf(property), 'TB1011', quote(source, property))
    return []
  }
  return array.elements.flatMap((element) => {
    const promise = element === null ? undefined : readPromise(source, element)
    if (promise !== undefined && isSound(promise, facts, results)) return [promise]
    const node = element ?? array
    source.problems.add(spanOf(node), 'TB1011', quote(source, node))
    return []
  })
}

function readPromise(source: Source, node: AnyNode): MonotonicityPromise | undefined {
  const says = calledWord(source, node)
  if (node.type !== 'CallExpression' || node.arguments.length !== 2 || (says !== 'rises' && says !== 'falls')) {
    return undefined
  }
  const [first, second] = node.arguments
  const property =
    second?.type === 'ObjectExpression' && second.properties.length === 1 ? second.properties[0] : undefined
  const isWith = property?.type === 'Property' && keyOf(property) === 'with'
  const [result, fact] = [first && readString(first), isWith ? readString(property.value) : undefined]
  return result === undefined || fact === undefined ? undefined : { says, result, with: fact }
}

/** True for a result that is a quantity, and a fact that can become more: a quantity, a date or a flag. */
function isSound(promise: MonotonicityPromise, facts: PolicyBody['facts'], results: PolicyBody['results']): boolean {
  const result = findDeclared(results, promise.result)
  const fact = findDeclared(facts, promise.with)
  if (result === undefined || fact === undefined || !isQuantity(result)) return false
  return isQuantity(fact) || fact.kind === 'date' || fact.kind === 'flag'
}
