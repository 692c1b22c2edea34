import { findBody, type TracedDecision, trace } from './decide.ts'
import type { Decision, OutcomeName } from './decision.ts'
import { branchTaken, type SlotValue } from './evaluate.ts'
import { type ConstStep, type ExplainedNode, type Explanation, type ExplanationStep, explain } from './explain.ts'
import {
  type Block,
  type EndStatement,
  type Expression,
  type IfStatement,
  operandsOf,
  type PolicyBody,
  type PolicyIr,
  type SwitchStatement,
} from './ir.ts'
import type { ResolvedValues } from './values.ts'
import { constsOf, expressionsIn, isSelection, withOperands } from './walk.ts'
import { type Supposed, suppose, UNCAPPED } from './why-not-suppose.ts'

/** Why something was not given, or not more of it. Plain JSON; `renderWhyNot` makes sentences of it. */
export interface WhyNot {
  readonly decision: Decision
  /** The item that is asked about, from 0. */
  readonly item?: number
  /** In the order of the rule. Every one that leads to an outcome must be met; of those that would give more, each does so by itself. */
  readonly obstacles: readonly Obstacle[]
  /** True when the rule grants once all are met; false when what comes after depends on how they are met. */
  readonly isAll: boolean
  /** What was named on the way, so that conditions can be told. */
  readonly consts: readonly ConstStep[]
}

/** Something that stands in the way, and what it would have needed. */
export type Obstacle = OutcomeObstacle | AmountObstacle

/** What leads to a refusal or a referral. */
export interface OutcomeObstacle {
  readonly stands: 'outcome'
  readonly outcome: OutcomeName
  readonly reason: string | null
  readonly because: string
  readonly need: Need
}

/** What keeps a result low: if it were met, and all else the same, the result would be `gives`. */
export interface AmountObstacle {
  readonly stands: 'amount'
  readonly result: string
  readonly unit: string
  readonly gives: number
  readonly need: Need
}

/** What it would have needed. A node is told as it is. */
export type Need =
  | { readonly needs: 'all' | 'any'; readonly of: readonly Need[] }
  /** The condition would have to come to `holds`. */
  | { readonly needs: 'condition'; readonly holds: boolean; readonly is: ExplainedNode }
  /** The word would have to be one of these. */
  | { readonly needs: 'word'; readonly options: readonly string[]; readonly is: ExplainedNode }
  /** The lesser of two sides is a cap. */
  | { readonly needs: 'cap'; readonly is: ExplainedNode }

/** What was wanted: the item that is asked about, and a result that is lower than wished. Without either, a grant. */
export interface Wanted {
  /** Of a policy that decides item by item: the item, from 0. */
  readonly item?: number
  readonly result?: string
  /** Any more than was given, unless said. */
  readonly atLeast?: number
}

/**
 * All that stands in the way of a grant: the condition that led to the refusal or the referral, then, as if that were met, the next one, and
 * so on; and of a granted result what keeps it below what is wanted.
 *
 * @throws FactProblems, ValueProblems as `decide`; RangeError when there is no such item or result
 */
export function whyNot(ir: PolicyIr, facts: unknown, values: ResolvedValues, on: string, wanted: Wanted = {}): WhyNot {
  const { item, ...ofWhole } = wanted
  const question: Question = { ir, facts, values, on, wanted: ofWhole }
  const found: Way = { obstacles: [], supposed: new Map(), consts: new Map() }
  const { decision } = startRound(question, found.supposed).explanation
  const ofItem = item === undefined ? question : { ...question, wanted }
  // Items come to a grant only where the whole does.
  let granted = clearWay(question, found)
  if (item !== undefined && granted !== undefined) granted = clearWay(ofItem, found)
  const lower = granted === undefined ? [] : amountObstacles(ofItem, granted, found.supposed)
  return {
    decision,
    ...(item === undefined ? {} : { item }),
    obstacles: [...found.obstacles, ...lower],
    isAll: granted !== undefined,
    consts: [...found.consts.values()],
  }
}

/** What has been found so far, and what was supposed to get past it. */
interface Way {
  readonly obstacles: OutcomeObstacle[]
  readonly supposed: Map<number, boolean | string>
  readonly consts: Map<number, ConstStep>
}

/** Goes past one obstacle after the other. Returns the round that ends in a grant; undefined where none can be reached or nothing can be said. */
function clearWay(question: Question, { obstacles, supposed, consts }: Way): Round | undefined {
  const supposedHere = new Map<number, boolean | string>()
  for (;;) {
    const round = findRound(question, supposed)
    if (round === undefined) return undefined
    remember(consts, round.steps)
    if (round.outcome.outcome === 'granted') return round
    const found = findObstacle(round)
    if (found === undefined || [...found.supposed.keys()].some((slot) => supposed.has(slot))) return undefined
    // Items that were not there are not there after supposing that they were: what is made of them says nothing.
    if (shareItems(findBody(question.ir.bodies, question.on), supposedHere, found.supposed)) return undefined
    addObstacle(obstacles, found.obstacle)
    for (const [slot, value] of found.supposed) {
      supposed.set(slot, value)
      supposedHere.set(slot, value)
    }
  }
}

/** Whether a condition looks at items of a selection that one of those supposed was about too. */
function shareItems(body: PolicyBody | undefined, supposed: Supposed, further: Supposed): boolean {
  if (body === undefined) return false
  const selections = selectionsReadBy(body, supposed.keys())
  return [...selectionsReadBy(body, further.keys())].some((slot) => selections.has(slot))
}

/** The slots of every selection that these expressions are made of, directly or by a `const`. */
function selectionsReadBy(body: PolicyBody, slots: Iterable<number>): Set<number> {
  const consts = constsOf(body)
  const asked = new Set(slots)
  const found = new Set<number>()
  const visit = (expression: Expression): void => {
    for (const each of withOperands(expression)) {
      if (isSelection(each)) found.add(each.slot)
      const is = each.op === 'local' ? consts.get(each.of) : undefined
      if (is !== undefined) visit(is)
    }
  }
  expressionsIn(body.block)
    .filter(({ slot }) => asked.has(slot))
    .forEach(visit)
  return found
}

interface Question {
  readonly ir: PolicyIr
  readonly facts: unknown
  readonly values: ResolvedValues
  readonly on: string
  readonly wanted: Wanted
}

/** The rule run once, with what is supposed: how it went for the decision, or for the item that is asked about. */
interface Round {
  readonly explanation: Explanation
  readonly body?: PolicyBody
  readonly block: Block
  /** The statement that ended it; absent when no body was law. */
  readonly end?: EndStatement
  readonly read: (slot: number) => SlotValue | undefined
  readonly steps: readonly ExplanationStep[]
  /** The last of the steps. */
  readonly outcome: Extract<ExplanationStep, { step: 'outcome' }>
}

function startRound({ ir, facts, values, on, wanted }: Question, supposed: Supposed): Round {
  const rule = suppose(ir, on, supposed)
  const explanation = explain(rule, facts, values, on)
  const { ran } = trace(rule, facts, values, on)
  const whole = explanation.steps
  const outcome = lastOutcome(whole)
  if (ran === undefined) return { explanation, block: [], read: () => undefined, steps: whole, outcome }
  const { body, trace: traced } = ran
  const { slots, end } = traced
  const ofBody: Round = {
    explanation,
    body,
    block: body.block,
    end,
    read: (slot) => slots[slot],
    steps: whole,
    outcome,
  }
  return wanted.item === undefined ? ofBody : itemRound(ofBody, traced, wanted.item)
}

function itemRound(round: Round, traced: NonNullable<TracedDecision['ran']>['trace'], item: number): Round {
  const { each } = traced.end
  const told = round.outcome.each?.items[item]
  const slots = each && traced.items.get(each.slot)?.[item]
  const end = traced.itemEnds?.[item]
  if (each === undefined || told === undefined || slots === undefined || end === undefined)
    throw new RangeError(`no item ${item} is decided`)
  const { firstSlot, slot: lastSlot, block } = each
  const read = (slot: number) => (slot >= firstSlot && slot < lastSlot ? slots[slot - firstSlot] : traced.slots[slot])
  return { ...round, block, end, read, steps: told.steps, outcome: lastOutcome(told.steps) }
}

function lastOutcome(steps: readonly ExplanationStep[]): Round['outcome'] {
  const last = steps.at(-1)
  if (last?.step !== 'outcome') throw new TypeError('an explanation ends in no outcome')
  return last
}

/** A rule may read what only the condition proves that is supposed to be met: then nothing can be said of what comes after. */
function findRound(question: Question, supposed: Supposed): Round | undefined {
  try {
    return startRound(question, supposed)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

function remember(consts: Map<number, ConstStep>, steps: readonly ExplanationStep[]): void {
  for (const step of steps) if (step.step === 'const' && !consts.has(step.slot)) consts.set(step.slot, step)
}

/** An obstacle, and what to suppose so that the rule goes on past it. */
interface Found {
  readonly obstacle: OutcomeObstacle
  readonly supposed: ReadonlyMap<number, boolean | string>
}

/** The last condition on the path from which another way leads to a grant. */
function findObstacle(round: Round): Found | undefined {
  const decision = decisionsOn(round).findLast(({ others }) => others.length > 0)
  if (decision === undefined) return undefined
  const { outcome, reason, because } = round.outcome
  const { need, supposed } = turn(round, decision)
  return { obstacle: { stands: 'outcome', outcome, reason, because, need }, supposed }
}

/** A condition of several sides may stand in the way side by side: told once, with all that it needs. */
function addObstacle(obstacles: OutcomeObstacle[], obstacle: OutcomeObstacle): void {
  const last = obstacles.at(-1)
  const isSame = last !== undefined && last.reason === obstacle.reason && last.because === obstacle.because
  if (!isSame) {
    obstacles.push(obstacle)
    return
  }
  const of = last.need.needs === 'all' ? last.need.of : [last.need]
  obstacles.splice(-1, 1, { ...last, need: { needs: 'all', of: [...of, obstacle.need] } })
}

/** A point on the path where the rule could have gone another way to a grant. */
interface DecisionPoint {
  readonly statement: IfStatement | SwitchStatement
  readonly node: ExplainedNode
  /** What the condition or the word would have to be on the other ways that may lead to a grant. */
  readonly others: readonly (boolean | string)[]
}

function decisionsOn({ block, read, steps }: Round): DecisionPoint[] {
  const nodes = steps.flatMap((step) => {
    if (step.step === 'condition') return [step.condition]
    return step.step === 'choice' ? [step.on] : []
  })
  return statementsTaken(block, read, []).map(({ statement, rest }, index) => {
    const node = nodes[index]
    if (node === undefined) throw new TypeError('an explanation misses a condition on its path')
    return { statement, node, others: otherWays(statement, node, rest) }
  })
}

interface Taken {
  readonly statement: IfStatement | SwitchStatement
  /** What follows when the statement comes to no outcome. */
  readonly rest: Block
}

function statementsTaken([statement, ...following]: Block, read: Round['read'], after: Block): Taken[] {
  if (statement === undefined) return after.length === 0 ? [] : statementsTaken(after, read, [])
  const rest = [...following, ...after]
  if (statement.do === 'const') return statementsTaken(following, read, after)
  if (statement.do !== 'if' && statement.do !== 'switch') return []
  return [{ statement, rest }, ...statementsTaken(branchTaken(statement, read), read, rest)]
}

function otherWays(statement: IfStatement | SwitchStatement, node: ExplainedNode, rest: Block): (boolean | string)[] {
  if (statement.do === 'if') {
    const other = node.value === true ? (statement.otherwise ?? []) : statement.block
    return mayGrant([...other, ...rest]) ? [node.value !== true] : []
  }
  const { unit } = statement.on
  const words = unit.kind === 'choice' ? unit.options : []
  return words.filter((word) => {
    const block = statement.cases.find(({ options }) => options.includes(word))?.block ?? []
    return word !== node.value && mayGrant([...block, ...rest])
  })
}

/** True when some way through a block ends in a grant, whatever the facts. */
function mayGrant([statement, ...rest]: Block): boolean {
  if (statement === undefined) return false
  switch (statement.do) {
    case 'const':
      return mayGrant(rest)
    case 'if':
      return mayGrant([...statement.block, ...rest]) || mayGrant([...(statement.otherwise ?? []), ...rest])
    case 'switch':
      return statement.cases.some(({ block }) => mayGrant([...block, ...rest])) || mayGrant(rest)
    default:
      return statement.do === 'grant'
  }
}

/** What a condition needs to come to something else, and what to suppose for it. */
interface Turned {
  readonly need: Need
  readonly supposed: ReadonlyMap<number, boolean | string>
}

function turn(round: Round, { statement, node, others }: DecisionPoint): Turned {
  if (statement.do === 'if') return turnCondition(round, statement.condition, node, node.value !== true)
  const options = others.filter((other) => typeof other === 'string')
  return { need: { needs: 'word', options, is: node }, supposed: new Map([[statement.on.slot, options[0] ?? '']]) }
}

/** Goes down to the sides that decide: of those that all must hold the one that fails, of those of which one is enough all of them. */
function turnCondition(round: Round, expression: Expression, node: ExplainedNode, wanted: boolean): Turned {
  const [first, second] = node.operands
  switch (expression.op) {
    case '!':
      if (first !== undefined) return turnCondition(round, expression.of, first, !wanted)
      break
    case 'local': {
      const { of } = expression
      const named = findConst(round, of)
      if (named !== undefined) return turnCondition(round, named.expression, named.node, wanted)
      break
    }
    case '?:':
      if (first !== undefined && second !== undefined) {
        const chosen = first.value === true ? expression.whenTrue : expression.whenFalse
        return turnCondition(round, chosen, second, wanted)
      }
      break
    case '&&':
    case '||': {
      if (first === undefined) break
      const left = turnCondition(round, expression.left, first, wanted)
      const isAllNeeded = wanted === (expression.op === '&&')
      if (isAllNeeded && first.value !== wanted) return left
      if (second === undefined) break
      const right = turnCondition(round, expression.right, second, wanted)
      if (isAllNeeded) return right
      return { need: anyOf(left.need, right.need), supposed: new Map([[expression.slot, wanted]]) }
    }
  }
  return { need: { needs: 'condition', holds: wanted, is: node }, supposed: new Map([[expression.slot, wanted]]) }
}

/** One of several; what the law says by itself cannot be met by a person. */
function anyOf(...needs: readonly Need[]): Need {
  const open = needs
    .flatMap((need) => (need.needs === 'any' ? need.of : [need]))
    .filter((need) => need.needs !== 'condition' || (need.is.op !== 'value' && need.is.op !== 'literal'))
  const [only, ...more] = open
  return only !== undefined && more.length === 0 ? only : { needs: 'any', of: open }
}

function findConst({ body, explanation, steps }: Round, slot: number) {
  const step = [...explanation.steps, ...steps].find((each) => each.step === 'const' && each.slot === slot)
  const expression = body && constsOf(body).get(slot)
  return step?.step === 'const' && expression !== undefined ? { expression, node: step.is } : undefined
}

/** What keeps a granted result low: other ways, other sides of `?:`, and caps, each of which would give more by itself. */
function amountObstacles(question: Question, round: Round, before: Supposed): AmountObstacle[] {
  const { result } = question.wanted
  if (result === undefined) return []
  const given = resultOf(round, result)
  if (given >= (question.wanted.atLeast ?? Number.POSITIVE_INFINITY)) return []
  const seen = new Set<string>()
  return candidatesOf(round).flatMap(({ need, supposed }) => {
    const key = [...supposed].join()
    if (seen.has(key)) return []
    seen.add(key)
    const other = findRound(question, new Map([...before, ...supposed]))
    const gives = other?.outcome.outcome === 'granted' ? resultOf(other, result) : given
    const unit = round.outcome.results[result]?.unit ?? ''
    return gives > given ? [{ stands: 'amount', result, unit, gives, need } as const] : []
  })
}

function resultOf({ outcome, body }: Round, name: string): number {
  const value = outcome.results[name]?.value
  if (value === undefined && body?.results[name] === undefined && body?.items?.results[name] === undefined) {
    throw new RangeError(`there is no result ${name}`)
  }
  return typeof value === 'number' ? value : 0
}

function candidatesOf(round: Round): Turned[] {
  const points = decisionsOn(round).filter(({ others }) => others.length > 0)
  const sides = [...evaluatedOn(round)].flatMap(([expression, node]): Turned[] => {
    if (expression.op === 'min') {
      return [{ need: { needs: 'cap', is: node }, supposed: new Map([[expression.slot, UNCAPPED]]) }]
    }
    const [condition] = node.operands
    if (expression.op !== '?:' || condition === undefined) return []
    return [turnCondition(round, expression.condition, condition, condition.value !== true)]
  })
  return [...points.map((point) => turn(round, point)), ...sides]
}

/** Everything that was computed on the path, with what it came to. What is computed item by item is left out: it stands for many. */
function evaluatedOn({ body, steps, outcome, end, read }: Round): Map<Expression, ExplainedNode> {
  const found = new Map<Expression, ExplainedNode>()
  const consts = body === undefined ? new Map<number, Expression>() : constsOf(body)
  const results = end?.do === 'grant' ? end.results : {}
  for (const step of steps) {
    if (step.step === 'const') addEvaluated(found, read, consts.get(step.slot), step.is)
  }
  for (const [name, node] of Object.entries(outcome.results)) addEvaluated(found, read, results[name], node)
  return found
}

function addEvaluated(
  found: Map<Expression, ExplainedNode>,
  read: Round['read'],
  expression: Expression | undefined,
  node: ExplainedNode,
): void {
  if (expression === undefined) return
  found.set(expression, node)
  const evaluated = operandsOf(expression).filter(({ slot }) => read(slot) !== undefined)
  for (const [index, operand] of evaluated.entries()) {
    const told = node.operands[index]
    if (told !== undefined) addEvaluated(found, read, operand, told)
  }
}
