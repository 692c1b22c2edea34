import type { Trace } from './evaluate.ts'
import { type Block, type Expression, type ItemDecision, operandsOf, type PolicyBody } from './ir.ts'
import { expressionsOf, isEnd, ownStatementsOf } from './walk.ts'

/** What looks at items one by one; the slots from `firstSlot` to just before `slot` are kept for each item. */
type ItemLoop = Pick<ItemDecision, 'firstSlot' | 'slot'>

/** An expression of a body, and the loop over items that it stands in. */
interface LoopedExpression {
  readonly expression: Expression
  readonly loop?: ItemLoop
}

/** Whether a trace has read a value at one place of the body. */
export interface ValueRead {
  readonly name: string
  wasRead(trace: Pick<Trace, 'slots' | 'items'>): boolean
}

/** Every place where a body reads a value. */
export function readsOfValues({ block }: Pick<PolicyBody, 'block'>): readonly ValueRead[] {
  return loopedExpressions(block).flatMap(({ expression, loop }) => {
    if (expression.op !== 'value' && expression.op !== 'entry') return []
    const { name, slot } = expression
    if (loop === undefined) return [{ name, wasRead: ({ slots }) => slots[slot] !== undefined }]
    const place = slot - loop.firstSlot
    return [{ name, wasRead: ({ items }) => (items.get(loop.slot) ?? []).some((item) => item[place] !== undefined) }]
  })
}

/** The slots that hold a whole list of the facts. */
export function listSlotsOf({ block }: Pick<PolicyBody, 'block'>): ReadonlyMap<number, string> {
  const names = new Map<number, string>()
  for (const { expression } of loopedExpressions(block)) {
    if (expression.unit.kind !== 'list') continue
    if (expression.op === 'fact') names.set(expression.slot, expression.name)
    if (expression.op !== 'local' || expression.base !== undefined) continue
    const name = names.get(expression.of)
    if (name !== undefined) names.set(expression.slot, name)
  }
  return names
}

/** In the order of evaluation. */
function loopedExpressions(block: Block, loop?: ItemLoop): LoopedExpression[] {
  return ownStatementsOf(block).flatMap((statement) => {
    const own = expressionsOf(statement).flatMap((expression) => loopedOperands(expression, loop))
    const items = isEnd(statement) ? statement.each : undefined
    return items === undefined ? own : [...own, ...loopedExpressions(items.block, items)]
  })
}

function loopedOperands(expression: Expression, loop: ItemLoop | undefined): LoopedExpression[] {
  const own = { expression, ...(loop === undefined ? {} : { loop }) }
  const operands = operandsOf(expression).flatMap((operand) => {
    const isEach = 'each' in expression && operand === expression.each
    return loopedOperands(operand, isEach ? expression : loop)
  })
  return [...operands, own]
}
