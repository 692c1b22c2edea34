import type { AnyNode, CallExpression, ObjectExpression, Property } from 'acorn'
import {
  type Bounds,
  type ChoiceUnit,
  countMax,
  type FactUnit,
  type FieldUnit,
  isQuantity,
  keyedUnit,
  LIST_MAX_ITEMS,
  type ListUnit,
  MONEY_MAX_FEN,
  type QuantityUnit,
  RATE_MAX_PPM,
  type RecordUnit,
  type ScalarUnit,
  TABLE_KEYS_MAX,
  type Unit,
  type ValueUnit,
} from '../units.ts'
import { quote, type Source, spanOf } from './source.ts'

/** What a block of declarations is for; results have no upper bound of their own but the exact range. */
export type DeclarationRole = 'facts' | 'values' | 'results'

interface UnitsByRole {
  readonly facts: FactUnit
  readonly values: ValueUnit
  readonly results: ScalarUnit
}

/** Reads `facts: { ... }`, `values: { ... }` or `results: { ... }`; what cannot be read is noted and left out. */
export function readDeclarations<Role extends DeclarationRole>(
  source: Source,
  node: AnyNode,
  role: Role,
): Record<string, UnitsByRole[Role]> {
  const units: Record<string, UnitsByRole[Role]> = {}
  for (const [name, value] of readEntries(source, node)) {
    const unit = readUnit(source, value, role)
    if (unit === undefined) continue
    if (belongs(unit, role)) units[name] = unit
    else source.problems.add(spanOf(value), 'TB1007', `${unit.kind} among the ${role}`, PLACES[role])
  }
  return units
}

const PLACES: Readonly<Record<DeclarationRole, string>> = {
  facts: 'a fact is money, rate, count, date, flag, choice, text, optional or a list',
  values: 'a value is money, rate, count, date, flag, choice, keyed or a list of choices',
  results: 'a result is money, rate, count, date, flag, choice or text',
}

function belongs<Role extends DeclarationRole>(unit: Unit, role: Role): unit is Unit & UnitsByRole[Role] {
  if (unit.kind === 'record') return false
  if (role === 'facts') return unit.kind !== 'keyed'
  if (role === 'values')
    return unit.kind === 'list' ? unit.item.kind === 'choice' : unit.kind !== 'optional' && unit.kind !== 'text'
  return unit.kind !== 'keyed' && unit.kind !== 'list' && unit.kind !== 'optional'
}

/** Follows names of top-level `const`s, and members of such objects, to the expression that they stand for. */
export function resolveNode(source: Source, node: AnyNode): AnyNode {
  if (node.type === 'Identifier') {
    const init = source.consts.get(node.name)
    // A `const` can only refer to what stands above it; what refers to itself or below is not followed.
    return init === undefined || init.end > node.start ? node : resolveNode(source, init)
  }
  if (node.type === 'MemberExpression' && !node.computed && node.property.type === 'Identifier') {
    const owner = resolveNode(source, node.object)
    if (owner.type !== 'ObjectExpression') return node
    const { name } = node.property
    const member = owner.properties.find((property) => property.type === 'Property' && keyOf(property) === name)
    return member?.type === 'Property' ? resolveNode(source, member.value) : node
  }
  return node
}

/** The plain key of a property: `name` or `'name'`; undefined when computed. */
export function keyOf(property: Property): string | undefined {
  if (property.computed) return undefined
  if (property.key.type === 'Identifier') return property.key.name
  return property.key.type === 'Literal' && typeof property.key.value === 'string' ? property.key.value : undefined
}

/** The entries of an object of declarations, spreads opened; a later entry replaces an earlier one, as in JavaScript. */
function readEntries(source: Source, node: AnyNode): Map<string, AnyNode> {
  const entries = new Map<string, AnyNode>()
  const object = resolveNode(source, node)
  if (object.type !== 'ObjectExpression') {
    source.problems.add(spanOf(node), 'TB1006', quote(source, node))
    return entries
  }
  for (const property of object.properties) {
    if (property.type === 'SpreadElement') {
      for (const [name, value] of readEntries(source, property.argument)) entries.set(name, value)
      continue
    }
    const name = property.kind === 'init' && !property.method ? keyOf(property) : undefined
    if (name === undefined) source.problems.add(spanOf(property), 'TB1006', quote(source, property))
    else entries.set(name, property.value)
  }
  return entries
}

/** The word of the library that a call calls: `money` for `money({ max: 5 })`; undefined for anything else. */
export function calledWord(source: Source, node: AnyNode): string | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return undefined
  return source.imports.get(node.callee.name)
}

function readUnit(source: Source, node: AnyNode, role: DeclarationRole): Unit | undefined {
  const call = resolveNode(source, node)
  const word = calledWord(source, call)
  if (call.type !== 'CallExpression' || word === undefined) return notUnderstood(source, node)
  const [first, second] = call.arguments
  switch (word) {
    case 'date':
    case 'flag':
    case 'text':
      return first === undefined ? { kind: word } : notUnderstood(source, call)
    case 'money':
      return withBounds(source, first, role, MONEY_MAX_FEN, (bounds) => ({ kind: 'money', ...bounds }))
    case 'rate':
      return withBounds(source, first, role, RATE_MAX_PPM, (bounds) => ({ kind: 'rate', ...bounds }))
    case 'count': {
      const of = first && readLabel(first)
      if (of === undefined) return notUnderstood(source, call)
      return withBounds(source, second, role, countMax(of), (bounds) => ({ kind: 'count', of, ...bounds }))
    }
    case 'choice':
      return readChoice(source, call)
    default:
      return first === undefined
        ? notUnderstood(source, call)
        : readComposite(source, call, word, [first, second], role)
  }
}

/** Units made of other units. */
function readComposite(
  source: Source,
  call: CallExpression,
  word: string,
  [first, second]: readonly [AnyNode, AnyNode | undefined],
  role: DeclarationRole,
): Unit | undefined {
  switch (word) {
    case 'optional': {
      const unit = readScalar(source, first, role)
      return unit && { kind: 'optional', unit }
    }
    case 'record':
      return readRecord(source, first, role)
    case 'list': {
      const item = readUnit(source, first, role)
      if (item === undefined) return undefined
      return isScalar(item) || item.kind === 'record' ? readList(source, item, second) : notUnderstood(source, call)
    }
    case 'keyed': {
      if (second === undefined) return notUnderstood(source, call)
      const by = readScalar(source, first, role)
      const unit = readScalar(source, second, role)
      if (by === undefined || unit === undefined) return undefined
      if ((by.kind !== 'choice' && by.kind !== 'count') || !isQuantity(unit)) return notUnderstood(source, call)
      const isLong = by.kind === 'count' && (by.min < 0 || by.max - by.min >= TABLE_KEYS_MAX)
      return isLong ? source.problems.add(spanOf(first), 'TB1012', quote(source, first)) : keyedUnit(by, unit)
    }
    default:
      return notUnderstood(source, call)
  }
}

function notUnderstood(source: Source, node: AnyNode): undefined {
  return source.problems.add(spanOf(node), 'TB1007', quote(source, node))
}

function isScalar(unit: Unit): unit is ScalarUnit {
  return unit.kind !== 'optional' && unit.kind !== 'list' && unit.kind !== 'record' && unit.kind !== 'keyed'
}

function readScalar(source: Source, node: AnyNode, role: DeclarationRole): ScalarUnit | undefined {
  const unit = readUnit(source, node, role)
  return unit === undefined || isScalar(unit) ? unit : notUnderstood(source, node)
}

function readChoice(source: Source, call: CallExpression): ChoiceUnit | undefined {
  const options: string[] = []
  for (const argument of call.arguments) {
    const option = readString(argument)
    if (option === undefined || options.includes(option)) return notUnderstood(source, argument)
    options.push(option)
  }
  return options.length === 0 ? notUnderstood(source, call) : { kind: 'choice', options }
}

function readRecord(source: Source, node: AnyNode, role: DeclarationRole): RecordUnit | undefined {
  const fields: Record<string, FieldUnit> = {}
  for (const [name, value] of readEntries(source, node)) {
    const unit = readUnit(source, value, role)
    if (unit === undefined) continue
    if (!isScalar(unit) && unit.kind !== 'optional') return notUnderstood(source, value)
    fields[name] = unit
  }
  return { kind: 'record', fields }
}

function readList(source: Source, item: ListUnit['item'], node: AnyNode | undefined): ListUnit | undefined {
  let [of, max] = ['item', LIST_MAX_ITEMS]
  const options = node === undefined ? [] : readEntries(source, node)
  for (const [name, value] of options) {
    const [label, bound] = [readLabel(value), readWholeNumber(value)]
    if (name === 'of' && label !== undefined) of = label
    else if (name === 'max' && bound !== undefined && bound > 0) max = bound
    else return notUnderstood(source, value)
  }
  return { kind: 'list', of, item, max }
}

/** What may be counted: `month`, `working_day`. The codes of other units would make results ambiguous. */
function readLabel(node: AnyNode): string | undefined {
  const label = readString(node)
  return label !== undefined && /^[a-z][a-z_]*$/.test(label) && !RESERVED_CODES.includes(label) ? label : undefined
}

const RESERVED_CODES: readonly string[] = ['fen', 'ppm', 'date', 'flag', 'choice', 'text', 'list']

type Range = Required<Bounds>

function withBounds(
  source: Source,
  node: AnyNode | undefined,
  role: DeclarationRole,
  usualMax: number,
  make: (range: Range) => QuantityUnit,
): QuantityUnit | undefined {
  // A result may hold whatever the rule makes of facts and values that are bounded themselves.
  const range = readBounds(source, node, { min: 0, max: role === 'results' ? Number.MAX_SAFE_INTEGER : usualMax })
  return range && make(range)
}

function readBounds(source: Source, node: AnyNode | undefined, usual: Range): Range | undefined {
  if (node === undefined) return usual
  const object = resolveNode(source, node)
  const bounds = object.type === 'ObjectExpression' ? readBoundEntries(object) : undefined
  const range = { ...usual, ...bounds }
  if (bounds === undefined || range.min > range.max)
    return source.problems.add(spanOf(node), 'TB1008', quote(source, node))
  return range
}

function readBoundEntries(object: ObjectExpression): Bounds | undefined {
  const bounds: { min?: number; max?: number } = {}
  for (const property of object.properties) {
    const key = property.type === 'Property' ? keyOf(property) : undefined
    const bound = property.type === 'Property' ? readWholeNumber(property.value) : undefined
    if ((key !== 'min' && key !== 'max') || bound === undefined) return undefined
    bounds[key] = bound
  }
  return bounds
}

function readWholeNumber(node: AnyNode): number | undefined {
  if (node.type === 'UnaryExpression' && node.operator === '-') {
    const opposite = readWholeNumber(node.argument)
    return opposite === undefined ? undefined : -opposite
  }
  return node.type === 'Literal' && Number.isSafeInteger(node.value) && typeof node.value === 'number'
    ? node.value
    : undefined
}

/** The text of a string literal; undefined for anything else. */
export function readString(node: AnyNode): string | undefined {
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined
}
