import type {
  Block,
  Expression,
  ItemDecision,
  ListExpression,
  ListOperation,
  PolicyBody,
  Selection,
  Statement,
} from './ir.ts'
import { endsOf, itemEndsOf } from './kernel/columns.ts'
import { isQuantity, type Unit } from './units.ts'

/**
 * The text of a function that runs one body as `runBody` does and fills the same slots: the body of a function of `bound`, which gives the
 * values by name, the words of the language and what makes a trace.
 */
export function writeFastTrace(body: PolicyBody): string {
  const writing: Writing = { body, functions: [], constants: new Map() }
  const statements = writeBlock(writing, body.block)
  return [
    `'use strict'`,
    'const { values, ends, itemEnds, makeTrace, share, min, max, compareKeys, addMonths, addDays, monthsBetween, daysBetween } = bound',
    ...[...writing.constants].map(([text, name]) => `const ${name} = ${text}`),
    ...writing.functions,
    'return (f) => {',
    `const s = new Array(${body.slots});`,
    `const items = ${writing.functions.length === 0 ? 'undefined' : 'new Map()'};`,
    statements,
    '}',
  ].join('\n')
}

interface Writing {
  readonly body: PolicyBody
  /** A function for each walk over items. */
  readonly functions: string[]
  /** Names of what is read once, before any case, by its text. */
  readonly constants: Map<string, string>
  /** Within a walk: the slots that belong to the item. */
  loop?: { readonly firstSlot: number; readonly slot: number }
}

/** Inside a walk over items `t` has the slots of the item, `s` those of the case. */
function slotText({ loop }: Writing, slot: number): string {
  return loop !== undefined && slot >= loop.firstSlot && slot < loop.slot ? `t[${slot - loop.firstSlot}]` : `s[${slot}]`
}

function constantText({ constants }: Writing, text: string): string {
  const name = constants.get(text) ?? `k${constants.size}`
  constants.set(text, name)
  return name
}

function valueText(writing: Writing, name: string): string {
  return constantText(writing, `values[${JSON.stringify(name)}].value`)
}

function writeBlock(writing: Writing, block: Block): string {
  return block.map((statement) => writeStatement(writing, statement)).join('\n')
}

function writeStatement(writing: Writing, statement: Statement): string {
  switch (statement.do) {
    case 'const':
      return `${write(writing, statement.is)};`
    case 'if': {
      const otherwise =
        statement.otherwise === undefined ? '' : ` else {\n${writeBlock(writing, statement.otherwise)}\n}`
      return `if (${write(writing, statement.condition)}) {\n${writeBlock(writing, statement.block)}\n}${otherwise}`
    }
    case 'switch': {
      const cases = statement.cases.map(({ options, block }) => {
        const labels = options.map((option) => `case ${JSON.stringify(option)}:`)
        return `${labels.join(' ')} {\n${writeBlock(writing, block)}\nbreak\n}`
      })
      return `switch (${write(writing, statement.on)}) {\n${cases.join('\n')}\n}`
    }
    default: {
      const results = statement.do === 'grant' ? Object.values(statement.results) : []
      const lines = results.map((result) => `;${write(writing, result)};`)
      if (writing.loop !== undefined)
        return [...lines, `return itemEnds[${itemEndsOf(writing.body).indexOf(statement)}]`].join('\n')
      const each = statement.each === undefined ? '' : `, ${writeItemDecisions(writing, statement.each)}`
      return [...lines, `return makeTrace(ends[${endsOf(writing.body).indexOf(statement)}], s, items${each})`].join(
        '\n',
      )
    }
  }
}

/** Text that computes an expression, keeps what it came to in its slot, and gives it. */
function write(writing: Writing, expression: Expression): string {
  return `(${slotText(writing, expression.slot)} = ${compute(writing, expression)})`
}

function compute(writing: Writing, expression: Expression): string {
  switch (expression.op) {
    case 'literal':
      return typeof expression.value === 'object'
        ? constantText(writing, JSON.stringify(expression.value))
        : JSON.stringify(expression.value)
    case 'fact':
      return `f[${JSON.stringify(expression.name)}]`
    case 'value':
      return valueText(writing, expression.name)
    case 'local':
      return slotText(writing, expression.of)
    case 'item':
      return expression.field === undefined ? 'item' : `item[${JSON.stringify(expression.field)}]`
    case 'entry':
      return `${valueText(writing, expression.name)}[${write(writing, expression.key)}]`
    case '!':
      return `!${write(writing, expression.of)}`
    case '?:': {
      const [condition, whenTrue, whenFalse] = [expression.condition, expression.whenTrue, expression.whenFalse]
      return `${write(writing, condition)} ? ${write(writing, whenTrue)} : ${write(writing, whenFalse)}`
    }
    case 'share':
      return shareText(write(writing, expression.left), write(writing, expression.right), expression)
    case 'includes':
      return `${write(writing, expression.options)}.includes(${write(writing, expression.word)})`
    case 'hasItem': {
      const selected = write(writing, expression.list)
      return `(${write(writing, expression.item)}, ${selected}.includes(place))`
    }
    case 'countOf':
    case 'sumOf':
    case 'someOf':
    case 'everyOf':
      return writeWalk(writing, expression, expression.list, FOLDS[expression.op])
    case 'filterOf':
    case 'sortOf':
    case 'firstOf':
      return writeSelection(writing, expression)
    default:
      return binaryText(expression.op, write(writing, expression.left), write(writing, expression.right))
  }
}

function binaryText(op: Extract<Expression, { left: Expression }>['op'], left: string, right: string): string {
  switch (op) {
    case 'min':
    case 'max':
    case 'addMonths':
    case 'addDays':
    case 'monthsBetween':
    case 'daysBetween':
      return `${op}(${left}, ${right})`
    default:
      return `${left} ${op} ${right}`
  }
}

const PPM_PER_WHOLE = 1_000_000
const ROUNDING_ADDEND = { half_up: 500_000, down: 0, up: 999_999 } as const

/** Below 2^53 one division is exact: the quotient is below 2^34, where doubles lie closer together than a millionth. */
function shareText(
  amount: string,
  rate: string,
  { left, right, rounding }: Extract<Expression, { op: 'share' }>,
): string {
  const most = maxOf(left.unit) * maxOf(right.unit) + ROUNDING_ADDEND[rounding]
  if (most > Number.MAX_SAFE_INTEGER) return `share(${amount}, ${rate}, '${rounding}')`
  return `Math.floor((${amount} * ${rate} + ${ROUNDING_ADDEND[rounding]}) / ${PPM_PER_WHOLE})`
}

function maxOf(unit: Unit): number {
  return isQuantity(unit) ? unit.max : 0
}

/** What a walk does: before the first item, with what each item gives, and after the last one. */
interface Walk {
  readonly before: string
  readonly each: (value: string) => string
  readonly after: string
}

const FOLDS: Readonly<Record<'countOf' | 'sumOf' | 'someOf' | 'everyOf', Walk>> = {
  countOf: { before: 'let n = 0', each: (flag) => `if (${flag}) n++`, after: 'return n' },
  sumOf: { before: 'let n = 0', each: (quantity) => `n += ${quantity}`, after: 'return n' },
  someOf: { before: 'let n = 0', each: (flag) => `if (${flag}) n++`, after: 'return n > 0' },
  everyOf: { before: 'let n = 0', each: (flag) => `if (${flag}) n++`, after: 'return n === count' },
}

const FILTER: Walk = {
  before: 'const chosen = []',
  each: (flag) => `if (${flag}) chosen.push(place)`,
  after: 'return chosen',
}

function sortWalk(order: 'ascending' | 'descending'): Walk {
  const sides = order === 'ascending' ? 'keys[a], keys[b]' : 'keys[b], keys[a]'
  return {
    before: 'const keys = []',
    each: (key) => `keys[place] = ${key}`,
    after: `return (places ?? ${allPlaces('all')}).toSorted((a, b) => compareKeys(${sides}))`,
  }
}

function writeSelection(writing: Writing, selection: Selection): string {
  switch (selection.op) {
    case 'filterOf':
      return writeWalk(writing, selection, selection.list, FILTER)
    case 'sortOf':
      return writeWalk(writing, selection, selection.list, sortWalk(selection.order))
    case 'firstOf': {
      const list = write(writing, selection.list)
      const places = baseOf(selection.list) === undefined ? allPlaces(list) : list
      return `${places}.slice(0, ${write(writing, selection.count)})`
    }
  }
}

function allPlaces(list: string): string {
  return `${list}.map((_, place) => place)`
}

/** The fact whose items a selection selects; undefined for the fact itself. */
function baseOf(list: ListExpression): string | undefined {
  return list.op === 'fact' ? undefined : list.base
}

/** Writes a function that walks over items and returns the text that calls it. */
function writeWalk(
  writing: Writing,
  { firstSlot, slot, each }: Pick<ListOperation, 'firstSlot' | 'slot' | 'each'>,
  list: ListExpression,
  walk: Walk,
): string {
  const listText = write(writing, list)
  writing.loop = { firstSlot, slot }
  const value = write(writing, each)
  delete writing.loop
  return addWalk(writing, { firstSlot, slot }, list, listText, { ...walk, each: () => walk.each(value) })
}

function addWalk(
  writing: Writing,
  { firstSlot, slot }: { readonly firstSlot: number; readonly slot: number },
  list: ListExpression,
  listText: string,
  { before, each, after }: Walk,
): string {
  const base = baseOf(list)
  writing.functions.push(
    [
      `function walk${slot}(s, f, items) {`,
      `const list = ${listText}`,
      base === undefined ? 'const places = undefined' : 'const places = list',
      `const all = ${base === undefined ? 'list' : `f[${JSON.stringify(base)}]`}`,
      'const count = list.length',
      'const seen = new Array(count)',
      before,
      'for (let index = 0; index < count; index++) {',
      `const place = ${base === undefined ? 'index' : 'places[index]'}`,
      'const item = all[place]',
      `const t = new Array(${slot - firstSlot})`,
      'seen[index] = t',
      each(''),
      '}',
      `items.set(${slot}, seen)`,
      after,
      '}',
    ].join('\n'),
  )
  return `walk${slot}(s, f, items)`
}

/** Writes the function that brings one item to its outcome, and the walk that calls it for every item. */
function writeItemDecisions(writing: Writing, { list, block, firstSlot, slot }: ItemDecision): string {
  const listText = write(writing, list)
  writing.loop = { firstSlot, slot }
  const statements = writeBlock(writing, block)
  delete writing.loop
  writing.functions.push(`function decide${slot}(s, f, t, item, place) {\n${statements}\n}`)
  return addWalk(writing, { firstSlot, slot }, list, listText, {
    before: 'const decided = []',
    each: () => `decided.push(decide${slot}(s, f, t, item, place))`,
    after: `s[${slot}] = decided.filter((end) => end.do === 'grant').length\nreturn decided`,
  })
}
