import { type Block, type Expression, type Statement, sourceOf } from '../ir.ts'
import { alwaysEnds, blocksOf, expressionsOf, withOperands } from '../walk.ts'
import { limited, Reasoning, type State } from './reasoning.ts'
import type { BodyStudy } from './study.ts'

/** A condition, and how it came out on every way to some place. */
interface Given {
  readonly condition: Expression
  readonly holds: boolean
}

/**
 * Why a condition always comes out as `word`: the fewest conditions before it that force it, as `: given a; given not b`. Empty when it is so
 * by itself, or when it takes more than conditions that hold on every way there.
 */
export function findProof({ body, terms, sets }: BodyStudy, condition: Expression, word: boolean): string {
  const [first] = sets
  if (first === undefined) return ''
  const reasoning = new Reasoning(body, terms, (name) => first.set.values[name]?.value)
  const isForced = (given: readonly Given[]) => statesAfter(reasoning, given, { condition, holds: !word }).length === 0
  let core = givenAt(body.block, condition) ?? []
  if (!isForced(core)) return ''
  for (const one of core) {
    const without = core.filter((each) => each !== one)
    if (isForced(without)) core = without
  }
  const told = core.map((given) => `${given.holds ? '' : '!'}(${sourceOf(body, given.condition)})`)
  return told.length === 0 ? '' : `: ${told.join(' && ')}`
}

function statesAfter(reasoning: Reasoning, given: readonly Given[], last: Given): State[] {
  let states: State[] = [reasoning.start()]
  for (const { condition, holds } of [...given, last]) {
    states = limited(states.flatMap((state) => reasoning.assume(state, condition, holds)))
  }
  return states
}

/** The conditions that are known wherever an expression is looked at; undefined when it is not in the block. */
function givenAt(block: Block, expression: Expression): Given[] | undefined {
  const given: Given[] = []
  for (const statement of block) {
    const root = expressionsOf(statement).find((each) =>
      withOperands(each).some(({ slot }) => slot === expression.slot),
    )
    if (root !== undefined) return [...given, ...givenInside(root, expression)]
    for (const [index, inner] of blocksOf(statement).entries()) {
      const within = givenAt(inner, expression)
      if (within !== undefined) return [...given, ...givenOfSide(statement, index), ...within]
    }
    given.push(...givenAfter(statement))
  }
  return undefined
}

function givenOfSide(statement: Statement, index: number): Given[] {
  return statement.do === 'if' ? [{ condition: statement.condition, holds: index === 0 }] : []
}

/** What is known once a statement has been passed: the opposite of what led to an end. */
function givenAfter(statement: Statement): Given[] {
  if (statement.do !== 'if') return []
  const { condition, block, otherwise = [] } = statement
  if (alwaysEnds(block)) return [{ condition, holds: false }]
  return alwaysEnds(otherwise) ? [{ condition, holds: true }] : []
}

/** What the earlier parts of the same condition have shown when a later part is looked at. */
function givenInside(root: Expression, expression: Expression): Given[] {
  const isIn = (part: Expression) => withOperands(part).some(({ slot }) => slot === expression.slot)
  if (root.op === '&&' || root.op === '||') {
    if (isIn(root.left)) return givenInside(root.left, expression)
    if (!isIn(root.right)) return []
    return [{ condition: root.left, holds: root.op === '&&' }, ...givenInside(root.right, expression)]
  }
  if (root.op === '!') return givenInside(root.of, expression)
  if (root.op !== '?:' || isIn(root.condition)) return []
  const holds = isIn(root.whenTrue)
  return [{ condition: root.condition, holds }, ...givenInside(holds ? root.whenTrue : root.whenFalse, expression)]
}
