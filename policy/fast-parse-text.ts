import type { PolicyBody } from './ir.ts'
import { type FactUnit, type FieldUnit, isQuantity, type ListUnit, type ScalarUnit } from './units.ts'

/**
 * The text of a function that parses facts which are as they should be, and gives undefined for all others, about which `parseFacts` then
 * says what is wrong: the body of a function of `bound`, which gives `isDate`.
 */
export function writeFastParse({ facts }: Pick<PolicyBody, 'facts'>): string {
  const writing: Writing = { functions: [], words: new Map() }
  const parser = writeRecord(writing, facts)
  const words = [...writing.words].map(
    ([options, name]) => `const ${name} = new Map(${options}.map((word) => [word, word]))`,
  )
  return [`'use strict'`, 'const { isDate } = bound', ...words, ...writing.functions, `return ${parser}`].join('\n')
}

interface Writing {
  readonly functions: string[]
  /** Names of the maps that give each word of a choice as the one text that tables are looked up with. */
  readonly words: Map<string, string>
}

/** A function that parses an object of named things. It takes only own names: as many as it has found, and none that prototypes could add. */
function writeRecord(writing: Writing, units: Readonly<Record<string, FactUnit>>): string {
  const names = Object.keys(units)
  const lines = Object.entries(units).flatMap(([name, unit], index) => [
    `const x${index} = input[${JSON.stringify(name)}]`,
    ...writeFact(writing, unit, `x${index}`, `y${index}`),
  ])
  const optional = Object.values(units).flatMap((unit, index) =>
    unit.kind === 'optional' ? [`(x${index} === undefined ? 0 : 1)`] : [],
  )
  const count = [String(names.length - optional.length), ...optional].join(' + ')
  const parser = `parse${writing.functions.length}`
  writing.functions.push(
    [
      `function ${parser}(input) {`,
      `if (typeof input !== 'object' || input === null) return undefined`,
      'const prototype = Object.getPrototypeOf(input)',
      'if (prototype !== Object.prototype && prototype !== null) return undefined',
      ...lines,
      `if (Object.keys(input).length !== ${count}) return undefined`,
      `return { ${names.map((name, index) => `${JSON.stringify(name)}: y${index}`).join(', ')} }`,
      '}',
    ].join('\n'),
  )
  return parser
}

function writeFact(writing: Writing, unit: FactUnit, from: string, to: string): string[] {
  return unit.kind === 'list' ? writeList(writing, unit, from, to) : writeField(writing, unit, from, to)
}

function writeField(writing: Writing, unit: FieldUnit, from: string, to: string): string[] {
  if (unit.kind !== 'optional')
    return [...writeScalar(writing, unit, from), `const ${to} = ${parsedText(writing, unit, from)}`]
  const parsed = parsedText(writing, unit.unit, from)
  return [
    `let ${to} = null`,
    `if (${from} !== undefined && ${from} !== null) {`,
    ...writeScalar(writing, unit.unit, from),
    `${to} = ${parsed}`,
    '}',
  ]
}

/** A choice is checked by what its map gives, everything else before it is taken. */
function writeScalar(writing: Writing, unit: ScalarUnit, from: string): string[] {
  const refused = isQuantity(unit)
    ? `typeof ${from} !== 'number' || !(${from} >= ${unit.min} && ${from} <= ${unit.max}) || Math.floor(${from}) !== ${from}`
    : refusedText(writing, unit, from)
  return [`if (${refused}) return undefined`]
}

function refusedText(writing: Writing, unit: ScalarUnit, from: string): string {
  switch (unit.kind) {
    case 'flag':
      return `typeof ${from} !== 'boolean'`
    case 'date':
      return `typeof ${from} !== 'string' || !isDate(${from})`
    case 'choice':
      return `${parsedText(writing, unit, from)} === undefined`
    default:
      return `typeof ${from} !== 'string'`
  }
}

function parsedText({ words }: Writing, unit: ScalarUnit, from: string): string {
  if (unit.kind !== 'choice') return from
  const options = JSON.stringify(unit.options)
  const name = words.get(options) ?? `words${words.size}`
  words.set(options, name)
  return `${name}.get(${from})`
}

function writeList(writing: Writing, { item, max }: ListUnit, from: string, to: string): string[] {
  const each =
    item.kind === 'record'
      ? [`const parsed = ${writeRecord(writing, item.fields)}(each)`, 'if (parsed === undefined) return undefined']
      : [...writeScalar(writing, item, 'each'), `const parsed = ${parsedText(writing, item, 'each')}`]
  return [
    `if (!Array.isArray(${from}) || ${from}.length > ${max}) return undefined`,
    `const ${to} = new Array(${from}.length)`,
    `for (let index = 0; index < ${from}.length; index++) {`,
    `const each = ${from}[index]`,
    ...each,
    `${to}[index] = parsed`,
    '}',
  ]
}
