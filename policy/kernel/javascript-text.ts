import type { Block, EndStatement, Expression, IfStatement, ItemDecision, Statement, SwitchStatement } from '../ir.ts'
import { isQuantity, type ScalarUnit } from '../units.ts'
import { expressionsOf } from '../walk.ts'
import { type ColumnArray, endsOf, itemEndsOf, kindOf } from './columns.ts'
import { isOverList, overItems, writeExpression, writeSelection } from './javascript-expressions.ts'
import { inWords, isAmong } from './javascript-words.ts'
import {
  type Atom,
  beginWriting,
  both,
  factArray,
  named,
  newName,
  storeArray,
  type Writing,
} from './javascript-writing.ts'
import type { KernelPlan } from './kernel.ts'

/** A kernel as text: the body of a function of `bound`, which has the columns, what the runtime offers and the constants below. */
export interface WrittenKernel {
  readonly text: string
  readonly constants: Readonly<Record<string, ColumnArray>>
  /** The results whose sums the kernel adds up, in the order of `bound.sums`. */
  readonly sums: readonly string[]
}

/**
 * Rows of one call of the inner function, at most; after each its sums are carried over. Few, because the engine goes over to its best code
 * between calls: with 65,536 rows to a call it stayed with code that was made in the middle of a loop, and took twice as long.
 */
const CHUNK_ROWS = 512

/**
 * Writes the kernel of a body. A row is computed without branches: each `if` becomes a flag that says whether the row is still on its way
 * there, each outcome adds what it gives times its flag. Where a list must be walked over, a real branch guards it.
 */
export function writeKernel({ body, sets }: KernelPlan, isStored: boolean): WrittenKernel {
  const writing = beginWriting(body, sets)
  const ends = endsOf(body)
  const row: Outcomes = {
    ends,
    units: body.results,
    taken: ends.map((_, end) => `e${end}`),
    gains: gainNames(body.results, 'g', (unit) => isStored || isQuantity(unit)),
    each: isStored && body.items !== undefined ? 'decided' : undefined,
  }
  writeBlock(writing, row, body.block, '1')
  if (row.each !== undefined) writeUndecidedItems(writing, row.each)
  if (isStored) writeStores(writing, row, { end: '@end', results: 'results.', index: 'i' })
  const summed = [...row.gains].filter(([result]) => isQuantity(unitOf(body.results, result)))
  return {
    text: kernelText(
      writing,
      row,
      summed,
      chunkRows(
        ends,
        summed.map(([result]) => result),
      ),
    ),
    constants: Object.fromEntries(writing.constants),
    sums: summed.map(([result]) => result),
  }
}

/** Where the outcomes of a row, or of an item, are gathered. */
interface Outcomes {
  readonly ends: readonly EndStatement[]
  readonly units: Readonly<Record<string, ScalarUnit>>
  /** For each outcome the name of the flag that says that it was come to. */
  readonly taken: readonly string[]
  /** For each result the name of what it came to; 0 where the outcome does not carry it. */
  readonly gains: ReadonlyMap<string, string>
  /** The name of the flag that says that the items were decided; undefined where they are not. */
  readonly each: string | undefined
}

function gainNames(
  units: Readonly<Record<string, ScalarUnit>>,
  prefix: string,
  isKept: (unit: ScalarUnit) => boolean,
): ReadonlyMap<string, string> {
  const kept = Object.entries(units).filter(([, unit]) => isKept(unit))
  return new Map(kept.map(([name], index) => [name, `${prefix}${index}`]))
}

/** Writes statements for rows on which the flag `live` holds; returns the flag of those that came to no outcome. */
function writeBlock(writing: Writing, outcomes: Outcomes, block: Block, live: string): string {
  let alive = live
  let guard = '1'
  let after: string | undefined
  let guards = 0
  for (const statement of block) {
    if (alive !== guard && expressionsOf(statement).some(isOverList)) {
      if (after === undefined) {
        after = newName(writing)
        writing.lines.push(`let ${after} = 0`)
      }
      writing.lines.push(`if (${alive}) {`)
      guard = alive
      guards++
    }
    alive = writeStatement(writing, outcomes, statement, alive)
    if (alive === '0') break
  }
  if (after === undefined) return alive
  writing.lines.push(`${after} = ${alive}`, ...Array.from({ length: guards }, () => '}'))
  return alive === '0' ? alive : after
}

function writeStatement(writing: Writing, outcomes: Outcomes, statement: Statement, live: string): string {
  switch (statement.do) {
    case 'const':
      writeConst(writing, statement.is)
      return live
    case 'if':
      return writeIf(writing, outcomes, statement, live)
    case 'switch':
      return writeSwitch(writing, outcomes, statement, live)
    default:
      writeEnd(writing, outcomes, statement, live)
      return '0'
  }
}

function writeConst(writing: Writing, is: Expression): void {
  if (is.unit.kind !== 'list') {
    writing.locals.set(is.slot, writeExpression(writing, is))
    return
  }
  if (is.op !== 'fact' && is.op !== 'local' && is.op !== 'filterOf' && is.op !== 'sortOf' && is.op !== 'firstOf') {
    throw new TypeError('the IR names a list that is no list of facts')
  }
  writing.selections.set(is.slot, writeSelection(writing, is))
}

function writeIf(writing: Writing, outcomes: Outcomes, statement: IfStatement, live: string): string {
  const holds = writeExpression(writing, statement.condition).text
  const inside = flag(writing, both(live, holds))
  const outside = flag(writing, both(live, `(${holds} ^ 1)`))
  const afterBlock = writeBlock(writing, outcomes, statement.block, inside)
  const afterOther = writeBlock(writing, outcomes, statement.otherwise ?? [], outside)
  return joined(writing, live, [
    [inside, afterBlock],
    [outside, afterOther],
  ])
}

function writeSwitch(writing: Writing, outcomes: Outcomes, { on, cases }: SwitchStatement, live: string): string {
  const word = writeExpression(writing, on)
  const branches = cases.map(({ options, block }): Branch => {
    const inside = flag(writing, both(live, isAmong(writing, word, [options])))
    return [inside, writeBlock(writing, outcomes, block, inside)]
  })
  const others = flag(writing, both(live, `(${isAmong(writing, word, [cases.flatMap(({ options }) => options)])} ^ 1)`))
  return joined(writing, live, [...branches, [others, others]])
}

/** The flag with which a branch begins, and the one of those that came to no outcome in it. */
type Branch = readonly [inside: string, after: string]

/** Exactly one branch is taken, so where none has an outcome everybody goes on. */
function joined(writing: Writing, live: string, branches: readonly Branch[]): string {
  if (branches.every(([inside, after]) => inside === after)) return live
  const going = branches.map(([, after]) => after).filter((after) => after !== '0')
  return going.length === 0 ? '0' : flag(writing, going.join(' | '))
}

function flag(writing: Writing, text: string): string {
  return /^\w+$/.test(text) ? text : named(writing, text, { isInt: true }).text
}

function writeEnd(writing: Writing, outcomes: Outcomes, statement: EndStatement, live: string): void {
  const end = outcomes.ends.indexOf(statement)
  writing.lines.push(`${outcomes.taken[end]} = ${live}`)
  if (statement.do === 'grant') writeGains(writing, outcomes, statement.results, live)
  if (statement.each !== undefined && outcomes.each !== undefined) {
    writing.lines.push(`${outcomes.each} |= ${live}`, `if (${live}) {`)
    writeItemDecisions(writing, statement.each)
    writing.lines.push('}')
  }
}

function writeGains(
  writing: Writing,
  { gains, units }: Outcomes,
  results: Readonly<Record<string, Expression>>,
  live: string,
): void {
  for (const [name, expression] of Object.entries(results)) {
    const gain = gains.get(name)
    if (gain === undefined) continue
    const unit = unitOf(units, name)
    const atom = writeExpression(writing, expression)
    const { text, isInt }: Atom = unit.kind === 'choice' ? inWords(writing, atom, unit.options) : atom
    if (live === '1') writing.lines.push(`${gain} = ${text}`)
    else if (isGainInt(unit)) writing.lines.push(`${gain} |= ${isInt ? `-${live} & ${text}` : `${live} * ${text}`}`)
    else writing.lines.push(`${gain} += ${live} * ${text}`)
  }
}

/** True for a result that a 32-bit integer holds. */
function isGainInt(unit: ScalarUnit): boolean {
  return !isQuantity(unit) || kindOf(unit) !== 'f64'
}

function unitOf(units: Readonly<Record<string, ScalarUnit>>, name: string): ScalarUnit {
  const unit = units[name]
  if (unit === undefined) throw new TypeError(`the IR has a result ${name} that is not declared`)
  return unit
}

function writeItemDecisions(writing: Writing, { list, block }: ItemDecision): void {
  const { items } = writing.body
  const all = itemEndsOf(writing.body)
  const prefix = newName(writing)
  const outcomes: Outcomes = {
    ends: all,
    units: items?.results ?? {},
    taken: all.map((_, end) => `${prefix}e${end}`),
    gains: gainNames(items?.results ?? {}, `${prefix}g`, () => true),
    each: undefined,
  }
  overItems(writing, writeSelection(writing, list), () => {
    writing.lines.push(...declarations(outcomes))
    writeBlock(writing, outcomes, block, '1')
    writeStores(writing, outcomes, { end: '@itemEnd', results: 'items.', index: writing.item ?? '' })
  })
}

/** The items of a row whose outcome decides none. */
function writeUndecidedItems(writing: Writing, decided: string): void {
  const { items } = writing.body
  if (items === undefined) return
  const offsets = factArray(writing, `${items.list}#`)
  const columns = Object.keys(items.results).map((name) => storeArray(writing, `items.${name}`))
  const end = storeArray(writing, '@itemEnd')
  writing.lines.push(
    `if (${decided} === 0) {`,
    `for (let k = ${offsets}[i]; k < ${offsets}[i + 1]; k++) {`,
    `${end}[k] = ${itemEndsOf(writing.body).length}`,
    ...columns.map((column) => `${column}[k] = 0`),
    '}',
    '}',
  )
}

function writeStores(
  writing: Writing,
  { taken, gains }: Outcomes,
  to: { readonly end: string; readonly results: string; readonly index: string },
): void {
  const place = taken.map((name, end) => `${name} * ${end}`).join(' + ')
  writing.lines.push(`${storeArray(writing, to.end)}[${to.index}] = ${place}`)
  for (const [result, gain] of gains) {
    writing.lines.push(`${storeArray(writing, `${to.results}${result}`)}[${to.index}] = ${gain}`)
  }
}

function declarations({ taken, gains, each }: Outcomes): string[] {
  return [...taken, ...gains.values(), ...(each === undefined ? [] : [each])].map((name) => `let ${name} = 0`)
}

/** As many rows as can be added up before a sum of doubles could leave the exact whole numbers. */
function chunkRows(ends: Outcomes['ends'], summed: readonly string[]): number {
  const sizes = ends.flatMap((end) => {
    if (end.do !== 'grant') return []
    return summed.map((name) => {
      const unit = end.results[name]?.unit
      return unit !== undefined && isQuantity(unit) ? Math.max(Math.abs(unit.min), Math.abs(unit.max)) : 0
    })
  })
  const rows = Math.floor(Number.MAX_SAFE_INTEGER / Math.max(1, ...sizes))
  return Math.max(1, Math.min(CHUNK_ROWS, rows))
}

function kernelText(
  writing: Writing,
  outcomes: Outcomes,
  summed: readonly (readonly [result: string, gain: string])[],
  rowsPerChunk: number,
): string {
  const { taken } = outcomes
  const sums = summed.map((_, index) => `s${index}`)
  const counts = taken.map((_, end) => `n${end}`)
  return [
    `'use strict'`,
    `const { addMonths, monthsBetween, sortByKey, hasIndex, ends, sums, ${[...writing.constants.keys()].join(', ')} } = bound`,
    ...[...writing.facts].map(([column, name]) => `const ${name} = bound.facts[${JSON.stringify(column)}]`),
    ...[...writing.stores].map(([column, name]) => `const ${name} = bound.stores[${JSON.stringify(column)}]`),
    'function runChunk(from, to) {',
    ...[...counts, ...sums].map((name) => `let ${name} = 0`),
    'for (let i = from; i < to; i++) {',
    ...writing.prologue,
    ...declarations(outcomes),
    ...writing.lines,
    ...counts.map((name, end) => `${name} = (${name} + ${taken[end]}) | 0`),
    ...summed.map(([, gain], index) => `${sums[index]} += ${gain}`),
    '}',
    ...counts.map((name, end) => `ends[${end}] += ${name}`),
    ...sums.map((name, index) => `sums[${index}] += BigInt(${name})`),
    '}',
    // Without rows, so that the engine knows what comes after the loop before it first compiles the loop, and does not compile it in vain.
    'runChunk(0, 0)',
    'return {',
    'run(from, to) {',
    `for (let begin = from; begin < to; begin += ${rowsPerChunk}) runChunk(begin, Math.min(begin + ${rowsPerChunk}, to))`,
    '},',
    '}',
  ].join('\n')
}
