/** Walks over the statements and expressions of the IR, each in the order of the text. */
import {
  type Block,
  type EndStatement,
  type Expression,
  type ListExpression,
  operandsOf,
  type PolicyBody,
  type Selection,
  type Statement,
} from './ir.ts'

/** True for what ends a path. */
export function isEnd(statement: Statement): statement is EndStatement {
  return statement.do === 'grant' || statement.do === 'refuse' || statement.do === 'refer'
}

/** True for the operations that select items. */
export function isSelection(expression: Expression): expression is Selection {
  return expression.op === 'filterOf' || expression.op === 'sortOf' || expression.op === 'firstOf'
}

/** True for a selection and for what may stand for a list: the name of a fact or of a `const`. */
export function isListExpression(expression: Expression): expression is ListExpression {
  return expression.op === 'fact' || expression.op === 'local' || isSelection(expression)
}

/** The blocks inside a statement, the one that decides items among them. */
export function blocksOf(statement: Statement): readonly Block[] {
  switch (statement.do) {
    case 'const':
      return []
    case 'if':
      return statement.otherwise === undefined ? [statement.block] : [statement.block, statement.otherwise]
    case 'switch':
      return statement.cases.map(({ block }) => block)
    default:
      return statement.each === undefined ? [] : [statement.each.block]
  }
}

/** The expressions that a statement itself looks at, not those of the blocks inside it. */
export function expressionsOf(statement: Statement): readonly Expression[] {
  switch (statement.do) {
    case 'const':
      return [statement.is]
    case 'if':
      return [statement.condition]
    case 'switch':
      return [statement.on]
    default: {
      const results = statement.do === 'grant' ? Object.values(statement.results) : []
      return statement.each === undefined ? results : [...results, statement.each.list]
    }
  }
}

/** Every statement of a block and of the blocks inside it, those that decide items too, each before those inside it. */
export function statementsOf(block: Block): Statement[] {
  return block.flatMap((statement) => [statement, ...blocksOf(statement).flatMap(statementsOf)])
}

/** As `statementsOf`, without those that decide items one by one. */
export function ownStatementsOf(block: Block): Statement[] {
  return block.flatMap((statement) => [
    statement,
    ...(isEnd(statement) ? [] : blocksOf(statement).flatMap(ownStatementsOf)),
  ])
}

/** The statements that decide items one by one. */
export function itemStatementsOf(block: Block): Statement[] {
  return ownStatementsOf(block).flatMap((statement) =>
    isEnd(statement) ? blocksOf(statement).flatMap(statementsOf) : [],
  )
}

/** Every expression of a block, also of what is decided per item, each before its operands. */
export function expressionsIn(block: Block): Expression[] {
  return statementsOf(block).flatMap(expressionsOf).flatMap(withOperands)
}

/** An expression and all that it is made of, each before its operands. */
export function withOperands(expression: Expression): Expression[] {
  return [expression, ...operandsOf(expression).flatMap(withOperands)]
}

const constsByBlock = new WeakMap<Block, ReadonlyMap<number, Expression>>()

/** By slot, what each `const` of a body is. */
export function constsOf({ block }: Pick<PolicyBody, 'block'>): ReadonlyMap<number, Expression> {
  const known = constsByBlock.get(block)
  if (known !== undefined) return known
  const consts = statementsOf(block).filter((statement) => statement.do === 'const')
  const bySlot = new Map(consts.map(({ is }) => [is.slot, is]))
  constsByBlock.set(block, bySlot)
  return bySlot
}

/** True when every path through a block comes to an end. */
export function alwaysEnds(block: Block): boolean {
  return block.some((statement) => {
    if (statement.do === 'const') return false
    if (isEnd(statement)) return true
    if (statement.do === 'if') return alwaysEnds(statement.block) && alwaysEnds(statement.otherwise ?? [])
    const listed = statement.cases.flatMap(({ options }) => options)
    const { unit } = statement.on
    const isWhole = unit.kind === 'choice' && unit.options.every((option) => listed.includes(option))
    return isWhole && statement.cases.every(({ block: inner }) => alwaysEnds(inner))
  })
}
