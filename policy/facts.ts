import { isDate } from './dates.ts'
import { findNearestName } from './nearest.ts'
import { type FactUnit, type FieldUnit, isQuantity, type ListUnit, type ScalarUnit } from './units.ts'

/** What a fact may be: a figure, a word, a flag, nothing where that is allowed, or a list of items. */
export type Scalar = number | string | boolean
export type FieldValue = Scalar | null
export type ItemValue = Scalar | Readonly<Record<string, FieldValue>>
export type FactValue = FieldValue | readonly ItemValue[]

/** Facts that fit their declarations: every declared name is there, `null` where an optional fact is absent. */
export type Facts = Readonly<Record<string, FactValue>>

/** One fact that does not parse. `path` is dotted, with list indexes (`guests.0.visits`); empty for the facts as a whole. */
export interface FactProblem {
  readonly path: string
  readonly expected: string
  readonly found: string
}

/** All facts that do not parse. */
export class FactProblems extends Error {
  override readonly name = 'FactProblems'
  readonly problems: readonly FactProblem[]

  constructor(problems: readonly FactProblem[]) {
    super(problems.map(({ path, expected, found }) => `${path}: expected ${expected}, found ${found}`).join('\n'))
    this.problems = problems
  }
}

/**
 * Parses what came from outside against declared facts.
 * @throws FactProblems with every problem: missing and unknown names, wrong types, numbers that are not whole or out of range, days that do not exist
 */
export function parseFacts(units: Readonly<Record<string, FactUnit>>, input: unknown): Facts {
  const problems: FactProblem[] = []
  const facts = parseNamed(problems, '', units, input, parseFact)
  if (problems.length > 0) throw new FactProblems(problems)
  return facts
}

/** Reads one thing of a unit; `undefined` when a problem was noted. */
type Parse<U, V> = (problems: FactProblem[], path: string, unit: U, input: unknown) => V | undefined

function parseNamed<U extends FactUnit, V>(
  problems: FactProblem[],
  path: string,
  units: Readonly<Record<string, U>>,
  input: unknown,
  parse: Parse<U, V>,
): Record<string, V> {
  const named: Record<string, V> = {}
  if (!isObject(input)) {
    problems.push({ path, expected: 'an object', found: describe(input) })
    return named
  }
  const prefix = path === '' ? '' : `${path}.`
  for (const [name, unit] of Object.entries(units)) {
    const value = parse(problems, prefix + name, unit, Object.hasOwn(input, name) ? input[name] : undefined)
    if (value !== undefined) named[name] = value
  }
  for (const name of Object.keys(input)) {
    if (Object.hasOwn(units, name)) continue
    problems.push({ path: prefix + name, expected: nameInstead(name, Object.keys(units)), found: 'an unknown name' })
  }
  return named
}

function nameInstead(name: string, known: readonly string[]): string {
  const nearest = findNearestName(name, known)
  if (nearest !== undefined) return `\`${nearest}\` perhaps`
  return known.length === 0 ? 'no name' : `one of ${known.map((each) => `\`${each}\``).join(', ')}`
}

function parseFact(problems: FactProblem[], path: string, unit: FactUnit, input: unknown): FactValue | undefined {
  return unit.kind === 'list' ? parseList(problems, path, unit, input) : parseField(problems, path, unit, input)
}

function parseList(problems: FactProblem[], path: string, unit: ListUnit, input: unknown): ItemValue[] | undefined {
  if (!Array.isArray(input) || input.length > unit.max) {
    problems.push({ path, expected: `a list of at most ${unit.max}`, found: describe(input) })
    return undefined
  }
  const { item } = unit
  const items = input.map((each: unknown, index) => {
    const itemPath = `${path}.${index}`
    return item.kind === 'record'
      ? parseNamed(problems, itemPath, item.fields, each, parseField)
      : parseField(problems, itemPath, item, each)
  })
  return items.filter((each) => each !== undefined && each !== null)
}

function parseField(problems: FactProblem[], path: string, unit: FieldUnit, input: unknown): FieldValue | undefined {
  if (unit.kind === 'optional') {
    return input === undefined || input === null ? null : parseField(problems, path, unit.unit, input)
  }
  if (isScalarOf(unit, input)) return input
  problems.push({ path, expected: expectationOf(unit), found: describe(input) })
  return undefined
}

/** True when a thing is of the unit: of its type, whole, in range, a word it knows, a day that exists. */
export function isScalarOf(unit: ScalarUnit, input: unknown): input is Scalar {
  if (isQuantity(unit)) {
    return typeof input === 'number' && Number.isSafeInteger(input) && input >= unit.min && input <= unit.max
  }
  if (unit.kind === 'flag') return typeof input === 'boolean'
  if (typeof input !== 'string') return false
  if (unit.kind === 'date') return isDate(input)
  return unit.kind === 'text' || unit.options.includes(input)
}

/** What a unit expects, in words for whoever sends facts or writes values. */
export function expectationOf(unit: ScalarUnit): string {
  switch (unit.kind) {
    case 'money':
      return `whole fen from ${unit.min} to ${unit.max}`
    case 'rate':
      return `whole parts per million from ${unit.min} to ${unit.max}`
    case 'count':
      return `a whole number (${unit.of}) from ${unit.min} to ${unit.max}`
    case 'date':
      return 'a date YYYY-MM-DD of the years 1900 to 2199'
    case 'flag':
      return 'true or false'
    case 'choice':
      return `one of ${unit.options.map((option) => `'${option}'`).join(', ')}`
    case 'text':
      return 'text'
  }
}

function isObject(input: unknown): input is Record<string, unknown> {
  return typeof input === 'object' && input !== null && !Array.isArray(input)
}

/** What was found, short enough to stand in a sentence. */
export function describe(input: unknown): string {
  if (input === undefined) return 'nothing'
  if (Array.isArray(input)) return `a list of ${input.length}`
  if (typeof input === 'string') return `'${input.length > 40 ? `${input.slice(0, 37)}...` : input}'`
  return typeof input === 'object' && input !== null ? 'an object' : String(input)
}
