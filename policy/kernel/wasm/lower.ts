/**
 * From a body to terms: `if` and `switch` become flags that say for which rows a statement counts. What is said once in the source is one
 * term, however many paths lead to it.
 */
import type { Block, EndStatement, SwitchStatement } from '../../ir.ts'
import { isQuantity, type ScalarUnit } from '../../units.ts'
import { type Column, endsOf, factColumns, itemEndsOf, outcomeColumns, SET_COLUMN, textsOf } from '../columns.ts'
import type { KernelPlan } from '../kernel.ts'
import { inWords, lowerExpression } from './lower-expressions.ts'
import { type Lowered, type Lowering, sourceOfList, unknown } from './lowering.ts'
import { type ItemSource, type PlaceArray, type Term, Terms } from './terms.ts'
import type { Envelope } from './value-tables.ts'

/** A body as terms. */
export interface Program {
  /** Columns that are read, in the order of their addresses in the frame. */
  readonly inputs: readonly Column[]
  readonly arrays: readonly PlaceArray[]
  /** For each outcome, in the order of `endsOf`, the flag that it is the row's. */
  readonly ends: readonly Term[]
  readonly results: readonly ResultTerm[]
  /** What comes of each item, where outcomes decide them. */
  readonly items?: { readonly source: ItemSource; readonly end: ResultTerm; readonly results: readonly ResultTerm[] }
  /** What `@end` holds. */
  readonly end: ResultTerm
}

/** One column of what comes out: the number where the flag is true, else 0. */
export interface ResultTerm {
  readonly column: Column
  readonly value: Term
  readonly when: Term
}

/** An outcome, the flag that it is reached, and its results. */
interface Reached {
  readonly end: EndStatement
  readonly when: Term
  readonly results: Readonly<Record<string, Lowered>>
}

/** Lowers the body of a plan. `wider` widens the range for which a value is compiled. */
export function lowerBody(plan: KernelPlan, wider: Readonly<Record<string, Envelope>>): Program {
  const { body } = plan
  const lowering: Lowering = {
    plan,
    body,
    terms: new Terms(),
    wider,
    columns: new Map([...factColumns(body), SET_COLUMN].map((column) => [column.name, column])),
    texts: textsOf(body),
    inputs: new Set(),
    tables: [],
    arrays: [],
    sources: new Map(),
    slots: new Map(),
    selections: new Map(),
  }
  const { terms } = lowering
  const reached = new Map<EndStatement, Reached>()
  lowerBlock(lowering, body.block, terms.yes, reached)
  const ends = endsOf(body).map((end) => reached.get(end) ?? { end, when: terms.no, results: {} })
  const columns = new Map(outcomeColumns(body).map((column) => [column.name, column]))
  const columnOf = (name: string) => columns.get(name) ?? unknown(`the column ${name}`)
  const results = Object.entries(body.results).map(([name, unit]) => {
    return resultOf(lowering, ends, name, unit, columnOf(`results.${name}`))
  })
  const items = lowerItems(lowering, ends, columnOf)
  const end = {
    column: columnOf('@end'),
    value: placeAmong(
      terms,
      ends.map(({ when }) => when),
    ),
    when: terms.yes,
  }
  return {
    inputs: [...lowering.inputs],
    arrays: lowering.arrays,
    ends: ends.map(({ when }) => when),
    results,
    ...(items && { items }),
    end,
  }
}

/** Lowers statements, reached where `alive` is true; returns where they came to no outcome. */
function lowerBlock(lowering: Lowering, block: Block, alive: Term, reached: Map<EndStatement, Reached>): Term {
  const { terms } = lowering
  let rest = alive
  for (const statement of block) {
    switch (statement.do) {
      case 'const':
        lowerExpression(lowering, statement.is)
        break
      case 'if': {
        const condition = lowerExpression(lowering, statement.condition).term
        const then = lowerBlock(lowering, statement.block, terms.and(rest, condition), reached)
        const otherwise = terms.and(rest, terms.not(condition))
        rest = terms.or(then, lowerBlock(lowering, statement.otherwise ?? [], otherwise, reached))
        break
      }
      case 'switch':
        rest = lowerSwitch(lowering, statement, rest, reached)
        break
      default:
        reached.set(statement, { end: statement, when: rest, results: resultsOf(lowering, statement) })
        rest = terms.no
    }
  }
  return rest
}

function lowerSwitch(
  lowering: Lowering,
  { on, cases }: SwitchStatement,
  alive: Term,
  reached: Map<EndStatement, Reached>,
): Term {
  const { terms } = lowering
  const word = lowerExpression(lowering, on)
  let rest = alive
  let after = terms.no
  for (const { options, block } of cases) {
    const isOne = options.map((option) => isWord(lowering, word, option)).reduce((any, each) => terms.or(any, each))
    after = terms.or(after, lowerBlock(lowering, block, terms.and(rest, isOne), reached))
    rest = terms.and(rest, terms.not(isOne))
  }
  return terms.or(after, rest)
}

function isWord({ terms }: Lowering, { term, words = [] }: Lowered, word: string): Term {
  const code = words.indexOf(word)
  return code < 0 ? terms.no : terms.equal(term, terms.constant(code))
}

function resultsOf(lowering: Lowering, end: EndStatement): Reached['results'] {
  if (end.do !== 'grant') return {}
  const lowered = Object.entries(end.results).map(([name, is]) => [name, lowerExpression(lowering, is)])
  return Object.fromEntries(lowered)
}

/** One result of all the outcomes that carry it. */
function resultOf(
  lowering: Lowering,
  ends: readonly Reached[],
  name: string,
  unit: ScalarUnit,
  column: Column,
): ResultTerm {
  const { terms } = lowering
  let value: Term | undefined
  let when = terms.no
  for (const { when: isReached, results } of ends.toReversed()) {
    const result = results[name]
    if (result === undefined) continue
    const { term } = unit.kind === 'choice' ? inWords(lowering, result, unit.options) : result
    value = value === undefined ? term : terms.select(isReached, term, value)
    when = terms.or(isReached, when)
  }
  return { column, value: value ?? (unit.kind === 'flag' ? terms.no : terms.constant(0)), when }
}

/** Which of several flags, at most one of which is true, it is; 0 when none is. */
function placeAmong(terms: Terms, flags: readonly Term[]): Term {
  const max = Math.max(0, flags.length - 1)
  return flags.reduce((place, flag, index) => {
    const own = terms.select(flag, terms.constant(index), terms.constant(0))
    return index === 0 ? place : terms.pair('add', place, own, { min: 0, max })
  }, terms.constant(0))
}

/** Runs each decision per item for the rows whose outcome has it. */
function lowerItems(
  lowering: Lowering,
  rowEnds: readonly Reached[],
  columnOf: (name: string) => Column,
): Program['items'] | undefined {
  const { body, terms } = lowering
  if (body.items === undefined) return undefined
  const reached = new Map<EndStatement, Reached>()
  const source = sourceOfList(lowering, body.items.list)
  lowering.source = source
  for (const { end, when } of rowEnds) if (end.each) lowerBlock(lowering, end.each.block, when, reached)
  delete lowering.source
  const ends = itemEndsOf(body).map((end) => reached.get(end) ?? { end, when: terms.no, results: {} })
  const isDecided = ends.map(({ when }) => when).reduce((any, each) => terms.or(any, each), terms.no)
  const end = placeAmong(terms, [...ends.map(({ when }) => when), terms.not(isDecided)])
  const results = Object.entries(body.items.results).map(([name, unit]) => {
    return resultOf(lowering, ends, name, unit, columnOf(`items.${name}`))
  })
  return { source, end: { column: columnOf('@itemEnd'), value: end, when: terms.yes }, results }
}

/** True for results whose exact sum is wanted. */
export function isSummed({ column: { code } }: ResultTerm): boolean {
  return code.is === 'quantity' && isQuantity(code.unit)
}
