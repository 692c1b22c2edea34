import type { PolicyBody } from '../../policy/door.ts'
import type { Block, Expression, ItemDecision, Statement } from '../../policy/ir.ts'

/** A body with one thing changed, and what was changed where. */
export type Mutant = { what: string; body: PolicyBody }

/**
 * Every body that differs from this one in one operator, condition, branch, order, rounding, 0 or 1, clause or reason. An agreement test that
 * lets one of them pass would let the same mistake pass in a reading.
 */
export function mutantsOf(body: PolicyBody): Mutant[] {
  return variantsOfBlock(body.block).map(({ what, is }) => ({ what, body: { ...body, block: is } }))
}

/** A changed thing, and the name of the change. */
type Variant<T> = { what: string; is: T }

function variantsOfBlock(block: Block): Variant<Block>[] {
  return block.flatMap((statement, index) =>
    variantsOfStatement(statement).map(({ what, is }) => ({ what, is: block.with(index, is) })),
  )
}

/** The variants of one member of a thing, each as a variant of the thing. */
function within<T, M>(variants: readonly Variant<M>[], put: (member: M) => T): Variant<T>[] {
  return variants.map(({ what, is }) => ({ what, is: put(is) }))
}

function variantsOfStatement(statement: Statement): Variant<Statement>[] {
  const line = statement.at.line
  switch (statement.do) {
    case 'const':
      return within(variantsOf(statement.is), (is) => ({ ...statement, is }))
    case 'if': {
      const { condition, block, otherwise = [] } = statement
      return [
        { what: `${line}: the branches change places`, is: { ...statement, block: otherwise, otherwise: block } },
        ...within(variantsOf(condition), (changed) => ({ ...statement, condition: changed })),
        ...within(variantsOfBlock(block), (changed) => ({ ...statement, block: changed })),
        ...within(variantsOfBlock(otherwise), (changed) => ({ ...statement, otherwise: changed })),
      ]
    }
    case 'switch': {
      const { cases } = statement
      return [
        ...cases.map((each, index) => ({
          what: `${line}: the case ${each.options.join(', ')} is gone`,
          is: { ...statement, cases: cases.toSpliced(index, 1) },
        })),
        ...cases.flatMap((each, index) =>
          within(variantsOfBlock(each.block), (block) => ({
            ...statement,
            cases: cases.with(index, { ...each, block }),
          })),
        ),
      ]
    }
    default:
      return variantsOfEnd(statement)
  }
}

type End = Extract<Statement, { clause: string }>

function variantsOfEnd(statement: End): Variant<Statement>[] {
  const line = statement.at.line
  const variants: Variant<Statement>[] = [
    { what: `${line}: another clause`, is: { ...statement, clause: `${statement.clause}?` } },
  ]
  if (statement.do === 'grant') {
    for (const [name, result] of Object.entries(statement.results)) {
      const put = (is: Expression) => ({ ...statement, results: { ...statement.results, [name]: is } })
      variants.push(...within(variantsOf(result), put))
    }
  } else {
    variants.push({ what: `${line}: another reason`, is: { ...statement, reason: `${statement.reason}_x` } })
    const opposite = statement.do === 'refuse' ? 'refer' : 'refuse'
    variants.push({ what: `${line}: ${opposite}`, is: { ...statement, do: opposite } })
  }
  if (statement.each !== undefined) {
    variants.push(...within(variantsOfItems(statement.each), (each) => ({ ...statement, each })))
  }
  return variants
}

function variantsOfItems(each: ItemDecision): Variant<ItemDecision>[] {
  return within(variantsOfBlock(each.block), (block) => ({ ...each, block }))
}

/** What each operator of two sides of one unit may be mistaken for. */
const MISTAKEN: Readonly<
  Record<string, readonly ('===' | '!==' | '<' | '<=' | '>' | '>=' | '&&' | '||' | '+' | '-' | 'min' | 'max')[]>
> = {
  '===': ['!=='],
  '!==': ['==='],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '&&': ['||'],
  '||': ['&&'],
  '+': ['-'],
  '-': ['+'],
  min: ['max'],
  max: ['min'],
}

function variantsOf(expression: Expression): Variant<Expression>[] {
  return [
    ...ownVariants(expression).map((is) => ({
      what: `${expression.at.line}: ${expression.op} becomes ${told(is)}`,
      is,
    })),
    ...innerVariants(expression),
  ]
}

function told(expression: Expression): string {
  return expression.op === 'literal' ? String(expression.value) : expression.op
}

/** The expression itself taken for another. */
function ownVariants(expression: Expression): Expression[] {
  switch (expression.op) {
    case 'literal':
      if (expression.value === 0 || expression.value === 1) return [{ ...expression, value: 1 - expression.value }]
      return typeof expression.value === 'boolean' ? [{ ...expression, value: !expression.value }] : []
    case '!':
      return [expression.of]
    case '?:':
      return [expression.whenTrue, expression.whenFalse]
    case 'share':
      return (['half_up', 'down', 'up'] as const)
        .filter((rounding) => rounding !== expression.rounding)
        .map((rounding) => ({ ...expression, rounding }))
    case 'includes':
    case 'hasItem':
      return [{ op: '!', of: expression, slot: expression.slot, unit: expression.unit, at: expression.at }]
    case 'someOf':
      return [{ ...expression, op: 'everyOf' }]
    case 'everyOf':
      return [{ ...expression, op: 'someOf' }]
    case 'sortOf':
      return [{ ...expression, order: expression.order === 'ascending' ? 'descending' : 'ascending' }]
    case 'filterOf':
    case 'firstOf':
      return [{ ...expression.list, slot: expression.slot }]
    case 'monthsBetween':
    case 'daysBetween':
      return [{ ...expression, left: expression.right, right: expression.left }]
    case '*':
    case 'addMonths':
    case 'addDays':
      return [expression.left]
    default:
      return 'left' in expression ? (MISTAKEN[expression.op] ?? []).map((op) => ({ ...expression, op })) : []
  }
}

/** The variants of what an expression is made of. */
function innerVariants(expression: Expression): Variant<Expression>[] {
  switch (expression.op) {
    case 'entry':
      return within(variantsOf(expression.key), (key) => ({ ...expression, key }))
    case '!':
      return within(variantsOf(expression.of), (of) => ({ ...expression, of }))
    case '?:':
      return [
        ...within(variantsOf(expression.condition), (condition) => ({ ...expression, condition })),
        ...within(variantsOf(expression.whenTrue), (whenTrue) => ({ ...expression, whenTrue })),
        ...within(variantsOf(expression.whenFalse), (whenFalse) => ({ ...expression, whenFalse })),
      ]
    case 'includes':
      return within(variantsOf(expression.word), (word) => ({ ...expression, word }))
    case 'firstOf':
      return within(variantsOf(expression.count), (count) => ({ ...expression, count }))
    case 'countOf':
    case 'sumOf':
    case 'someOf':
    case 'everyOf':
    case 'filterOf':
    case 'sortOf':
      return within(variantsOf(expression.each), (each) => ({ ...expression, each }))
    default:
      if (!('left' in expression)) return []
      return [
        ...within(variantsOf(expression.left), (left) => ({ ...expression, left })),
        ...within(variantsOf(expression.right), (right) => ({ ...expression, right })),
      ]
  }
}
