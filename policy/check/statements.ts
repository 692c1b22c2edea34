import type { Block, Expression, GrantStatement, ReasonStatement, Statement } from '../ir.ts'

/** A statement that ends a path. */
export type EndStatement = GrantStatement | ReasonStatement

/** True for what ends a path. */
export function isEnd(statement: Statement): statement is EndStatement {
  return statement.do === 'grant' || statement.do === 'refuse' || statement.do === 'refer'
}

/** The blocks inside a statement, in the order of the text. */
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

/** The expressions that a statement itself looks at. */
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

/** Every statement of a block and of the blocks inside it, each before those inside it. */
export function allStatements(block: Block): Statement[] {
  return block.flatMap((statement) => [statement, ...blocksOf(statement).flatMap(allStatements)])
}

/** As `allStatements`, without those that decide items one by one. */
export function ownStatements(block: Block): Statement[] {
  return block.flatMap((statement) => [
    statement,
    ...(isEnd(statement) ? [] : blocksOf(statement).flatMap(ownStatements)),
  ])
}

/** The statements that decide items one by one. */
export function itemStatements(block: Block): Statement[] {
  return ownStatements(block).flatMap((statement) =>
    isEnd(statement) ? blocksOf(statement).flatMap(allStatements) : [],
  )
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
