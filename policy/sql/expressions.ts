import type {
  Binary,
  Expression,
  Filter,
  First,
  ListExpression,
  ListOperation,
  Literal,
  LocalReference,
  PolicyBody,
  Share,
  Sort,
  TableEntry,
} from '../ir.ts'
import type { Rounding } from '../language.ts'
import { isQuantity } from '../units.ts'
import type { ItemSource, SqlDialect } from './dialect.ts'
import { textLiteral, wholeDigits, wholeLiteral } from './literals.ts'
import { columnTerm, type FactNames, nameIn, type UnpackedNames } from './names.ts'
import { type FreeRanges, isWide } from './ranges.ts'
import { at, atom, infix, LEVEL, not, type Term } from './terms.ts'

/** What an expression is written with. */
export interface Writing {
  readonly body: PolicyBody
  readonly dialect: SqlDialect
  readonly facts: FactNames
  readonly values: ReadonlyMap<string, string>
  /** By list of records, then by field: the column of `given` that is a list of it; empty where the database needs none. */
  readonly unpacked: UnpackedNames
  /** By the slot of its expression. */
  readonly locals: ReadonlyMap<number, Local>
  readonly ranges: FreeRanges
  /** The list whose item is being looked at. */
  readonly source?: ItemSource
}

/** Where a `const` stands: in a column, or where it only names a fact that is a list, in that fact's. */
export interface Local {
  readonly is: Expression
  readonly column: string
  /** The column is a list that has the expression for each item of the list being decided. */
  readonly isPerItem: boolean
}

/** Added before the division by a million, so that rounding down rounds as named. */
const ROUNDING_ADDEND: Readonly<Record<Rounding, number>> = { half_up: 500_000, down: 0, up: 999_999 }

const COMPARISONS = { '===': '=', '!==': '<>', '<': '<', '<=': '<=', '>': '>', '>=': '>=' } as const

/** An expression as SQL. It cannot fail on any row; where the rule would not come to it, it may be anything. */
export function write(writing: Writing, expression: Expression): Term {
  const { dialect } = writing
  switch (expression.op) {
    case 'literal':
      return writeLiteral(expression)
    case 'fact':
      return columnTerm(nameIn(writing.facts.columns, expression.name))
    case 'value':
      return columnTerm(nameIn(writing.values, expression.name))
    case 'local':
      return writeLocal(writing, expression)
    case 'item':
      return writeItem(writing, expression.field)
    case 'entry':
      return writeEntry(writing, expression)
    case '!':
      return not(write(writing, expression.of))
    case '?:':
      return atom(
        `CASE WHEN ${write(writing, expression.condition).text} THEN ${operand(writing, expression, expression.whenTrue).text} ` +
          `ELSE ${operand(writing, expression, expression.whenFalse).text} END`,
      )
    case 'share':
      return writeShare(writing, expression)
    case 'includes':
      return writeInclusion(writing, expression)
    case 'countOf':
    case 'sumOf':
    case 'someOf':
    case 'everyOf':
      return writeListOperation(writing, expression)
    case 'filterOf':
    case 'sortOf':
      return writeSelection(writing, expression)
    case 'firstOf':
      return dialect.firstOf(writePlaces(writing, expression.list), writeCount(writing, expression))
    case 'hasItem':
      return dialect.holds(writePlaces(writing, expression.list), dialect.itemPlace())
    default:
      return writeBinary(writing, expression)
  }
}

/** The list that an operation looks at. */
export function sourceOfList(writing: Writing, list: ListExpression): ItemSource {
  const fact = findFact(writing, list)
  const base = fact ?? ('base' in list ? list.base : undefined)
  const unit = base === undefined ? undefined : writing.body.facts[base]
  if (base === undefined || unit?.kind !== 'list')
    throw new TypeError(`slot ${list.slot} of the IR is no list of facts`)
  const source: ItemSource = {
    column: columnTerm(nameIn(writing.facts.columns, base)).text,
    item: unit.item,
    fieldNames: writing.facts.fields.get(base) ?? new Map(),
    fieldLists: new Map([...(writing.unpacked.get(base) ?? [])].map(([field, name]) => [field, columnTerm(name).text])),
  }
  return fact === undefined ? { ...source, chosen: write(writing, list) } : source
}

/** The fact that a list is the whole of; undefined when it is a selection. */
function findFact({ locals }: Writing, list: ListExpression): string | undefined {
  if (list.op === 'fact') return list.name
  const is = list.op === 'local' ? locals.get(list.of)?.is : undefined
  return is?.op === 'fact' ? is.name : undefined
}

function writePlaces(writing: Writing, list: ListExpression): Term {
  return writing.dialect.places(sourceOfList(writing, list))
}

function writeLiteral({ value, slot }: Literal): Term {
  if (typeof value === 'number') return atom(wholeLiteral(value))
  if (typeof value === 'boolean') return atom(value ? 'TRUE' : 'FALSE')
  if (typeof value === 'string') return atom(textLiteral(value))
  throw new TypeError(`slot ${slot} of the IR is a literal that stands alone`)
}

function writeLocal(writing: Writing, { of, name }: LocalReference): Term {
  const local = writing.locals.get(of)
  if (local === undefined) throw new TypeError(`the IR refers to \`${name}\` before it is there`)
  return columnOfLocal(writing, local)
}

/** What a `const` came to; of one inside an item decision, for the item being looked at. */
export function columnOfLocal({ dialect }: Writing, { column, isPerItem }: Local): Term {
  const term = columnTerm(column)
  return isPerItem ? atom(`${term.text}[${dialect.itemPlace().text}]`) : term
}

function writeItem({ source, dialect }: Writing, field: string | undefined): Term {
  if (source === undefined) throw new TypeError('the IR refers to an item outside a list')
  return dialect.itemField(source, field)
}

/** Tables are lists in the order of their keys. */
function writeEntry(writing: Writing, expression: TableEntry): Term {
  const { name, key } = expression
  const unit = writing.body.values[name]
  if (unit?.kind !== 'keyed') throw new TypeError(`the value \`${name}\` of the IR is no table`)
  const table = columnTerm(nameIn(writing.values, name)).text
  const term = operand(writing, expression, key)
  if (unit.count === undefined) {
    return atom(`${table}[array_position(ARRAY[${unit.by.map(textLiteral).join(', ')}], ${term.text})]`)
  }
  const first = unit.count.min
  return atom(`${table}[${first === 1 ? term.text : infix(LEVEL.sum, term, '+', atom(wholeDigits(1 - first))).text}]`)
}

/** How many items are taken; all of them where the number could not be the place of one. */
function writeCount(writing: Writing, { count, unit }: First): Term {
  if (count.op === 'literal' && typeof count.value === 'number') return atom(wholeDigits(count.value))
  const term = write(writing, count)
  return writing.ranges.isSubscript(count) ? term : atom(`LEAST(${term.text}, ${unit.max})`)
}

/** An operand, held to its proved range where the operation could fail without that. */
function operand(writing: Writing, operation: Expression, expression: Expression): Term {
  const term = write(writing, expression)
  if (!writing.ranges.mustHold(operation, expression) || !isQuantity(expression.unit)) return term
  const { min, max } = expression.unit
  return atom(`LEAST(GREATEST(${term.text}, ${wholeLiteral(min)}), ${wholeLiteral(max)})`)
}

/** As `operand`; a literal beside something else needs no type of its own. */
function side(writing: Writing, operation: Expression, expression: Expression, other: Expression): Term {
  if (expression.op === 'literal' && typeof expression.value === 'number' && other.op !== 'literal') {
    return atom(wholeDigits(expression.value))
  }
  return operand(writing, operation, expression)
}

function writeShare(writing: Writing, expression: Share): Term {
  const { left, right, rounding } = expression
  const wide = isWide(writing.ranges.taken(expression, left), writing.ranges.taken(expression, right))
  const amount = operand(writing, expression, left)
  return writing.dialect.share(amount, operand(writing, expression, right), ROUNDING_ADDEND[rounding], wide)
}

function writeInclusion(writing: Writing, { options, word }: Extract<Expression, { op: 'includes' }>): Term {
  const asked = write(writing, word)
  if (options.op === 'value') return writing.dialect.holds(write(writing, options), asked)
  const words = Array.isArray(options.value) ? options.value.map((option) => textLiteral(option)) : []
  if (words.length === 0) return atom('FALSE')
  return { text: `${at(LEVEL.sum, asked)} IN (${words.join(', ')})`, level: LEVEL.comparison }
}

function writeListOperation(writing: Writing, expression: ListOperation): Term {
  const { op, list, each } = expression
  const source = sourceOfList(writing, list)
  const term = operand({ ...writing, source }, expression, each)
  return writing.dialect[op](source, term)
}

function writeSelection(writing: Writing, expression: Filter | Sort): Term {
  const { dialect } = writing
  const source = dialect.selectable(sourceOfList(writing, expression.list))
  const each = write({ ...writing, source }, expression.each)
  if (expression.op === 'filterOf') return dialect.filterOf(source, each)
  const key = { by: each, isDate: expression.each.unit.kind === 'date' }
  return dialect.sortOf(source, key, expression.order)
}

function writeBinary(writing: Writing, expression: Binary): Term {
  const { op, left, right } = expression
  const { dialect } = writing
  if (right.op === 'literal' && right.value === null) {
    const isNull = op === '===' ? 'IS NULL' : 'IS NOT NULL'
    return { text: `${at(LEVEL.sum, write(writing, left))} ${isNull}`, level: LEVEL.comparison }
  }
  const a = side(writing, expression, left, right)
  const b = side(writing, expression, right, left)
  switch (op) {
    case '&&':
      return infix(LEVEL.and, a, 'AND', b)
    case '||':
      return infix(LEVEL.or, a, 'OR', b)
    case '+':
    case '-':
      return infix(LEVEL.sum, a, op, b)
    case '*':
      return infix(LEVEL.product, a, op, b)
    case 'min':
      return atom(`LEAST(${a.text}, ${b.text})`)
    case 'max':
      return atom(`GREATEST(${a.text}, ${b.text})`)
    case 'addMonths':
    case 'addDays':
    case 'monthsBetween':
    case 'daysBetween':
      return dialect[op](a, b)
    default:
      return infix(LEVEL.comparison, a, COMPARISONS[op], b)
  }
}
