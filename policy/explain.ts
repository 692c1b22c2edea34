import { trace } from './decide.ts'
import type { Decision, OutcomeName } from './decision.ts'
import { branchTaken, type SlotValue, type Trace } from './evaluate.ts'
import {
  type Block,
  type Expression,
  type GrantStatement,
  type ListOperation,
  operandsOf,
  type PolicyBody,
  type PolicyIr,
  type ReasonStatement,
  type Statement,
  sourceOf,
} from './ir.ts'
import type { Rounding } from './language.ts'
import { type Unit, unitCode } from './units.ts'
import type { ResolvedValue, ResolvedValues } from './values.ts'

/** Why a decision is what it is: the decision and each step to it, as plain JSON. `renderExplanation` makes sentences of it. */
export interface Explanation {
  readonly decision: Decision
  readonly on: string
  readonly title: { readonly zh: string; readonly en: string }
  /** The days on which the body that decided is law; absent when none is law on the day. */
  readonly inForce?: { readonly from: string; readonly to?: string }
  readonly steps: readonly ExplanationStep[]
}

/** A quantity that was named: `const`. */
export interface ConstStep {
  readonly step: 'const'
  readonly name: string
  /** Its slot, by which a local names it. */
  readonly slot: number
  readonly is: ExplainedNode
}

/** An `if`: whether its condition held, and the outcome when that leads to one at once. */
export interface ConditionStep {
  readonly step: 'condition'
  readonly condition: ExplainedNode
  readonly holds: boolean
  readonly leadsTo?: OutcomeName
}

/** A `switch`, and the word that was looked for. */
export interface ChoiceStep {
  readonly step: 'choice'
  readonly on: ExplainedNode
}

/** The outcome, with what each result was computed from. */
export interface OutcomeStep {
  readonly step: 'outcome'
  readonly outcome: OutcomeName
  readonly reason: string | null
  readonly because: string
  readonly results: Readonly<Record<string, ExplainedNode>>
}

/** One step of an explanation, in the order in which it was taken. */
export type ExplanationStep = ConstStep | ConditionStep | ChoiceStep | OutcomeStep

/** One expression that was evaluated, and those it was evaluated from. */
export interface ExplainedNode {
  readonly op: Expression['op']
  /** As written in the policy. */
  readonly source: string
  /** A list of words is itself, a list of anything else its number of items. */
  readonly value: number | string | boolean | null | readonly string[]
  /** Unit code. */
  readonly unit: string
  readonly origin?: Origin
  /** Only what was evaluated: the second side of `false && ...` is missing, and so is the branch not taken. */
  readonly operands: readonly ExplainedNode[]
  readonly rounding?: Rounding
  /** Of a list operation: what it looked at, item by item. */
  readonly items?: readonly ExplainedNode[]
}

/** Where a quantity comes from. */
export type Origin =
  | { readonly from: 'fact'; readonly name: string }
  | { readonly from: 'item'; readonly list: string; readonly field?: string }
  | { readonly from: 'local'; readonly name: string; readonly slot: number }
  | ({ readonly from: 'value'; readonly name: string } & Omit<ResolvedValue, 'value' | 'unit' | 'from'> & {
        /** First day on which the value holds. */
        readonly since: string
      })

/**
 * Decides and says why, from the IR alone: the body of the policy is not run.
 * @throws FactProblems, ValueProblems as `decide`
 */
export function explain(ir: PolicyIr, facts: unknown, values: ResolvedValues, on: string): Explanation {
  const { decision, ran } = trace(ir, facts, values, on)
  if (ran === undefined) {
    const { outcome, reason, because } = decision
    const title = ir.bodies.at(-1)?.title ?? { zh: ir.id, en: ir.id }
    return { decision, on, title, steps: [{ step: 'outcome', outcome, reason, because, results: {} }] }
  }
  const { title, from, to } = ran.body
  const steps = stepsOf(ran, ran.body.block)
  return { decision, on, title, inForce: { from, ...(to === undefined ? {} : { to }) }, steps }
}

interface Ran {
  readonly body: PolicyBody
  readonly values: ResolvedValues
  readonly trace: Trace
}

/** What a slot came to; inside a list operation, for the item that is being told. */
type ReadSlot = (slot: number) => SlotValue | undefined

function readSlotsOf({ trace: { slots } }: Ran): ReadSlot {
  return (slot) => slots[slot]
}

/** Follows the path that was taken, up to the outcome: the slots tell it, nothing is computed again. */
function stepsOf(ran: Ran, block: Block): ExplanationStep[] {
  const steps: ExplanationStep[] = []
  for (const statement of block) {
    steps.push(stepOf(ran, statement))
    if (statement.do === 'if' || statement.do === 'switch') {
      const taken = branchTaken(statement, readSlotsOf(ran))
      steps.push(...stepsOf(ran, taken))
    }
    if (steps.at(-1)?.step === 'outcome') break
  }
  return steps
}

function stepOf(ran: Ran, statement: Statement): ExplanationStep {
  const read = readSlotsOf(ran)
  switch (statement.do) {
    case 'const':
      return { step: 'const', name: statement.name, slot: statement.is.slot, is: explainNode(ran, read, statement.is) }
    case 'if': {
      const condition = explainNode(ran, read, statement.condition)
      const leadsTo = outcomeAtOnce(branchTaken(statement, read))
      const holds = condition.value === true
      return { step: 'condition', condition, holds, ...(leadsTo === undefined ? {} : { leadsTo }) }
    }
    case 'switch':
      return { step: 'choice', on: explainNode(ran, read, statement.on) }
    default:
      return outcomeStep(ran, read, statement)
  }
}

/** The outcome of a block that does nothing else. */
function outcomeAtOnce([first]: Block): OutcomeName | undefined {
  return first?.do === 'grant' || first?.do === 'refuse' || first?.do === 'refer' ? OUTCOMES[first.do] : undefined
}

const OUTCOMES = { grant: 'granted', refuse: 'refused', refer: 'referred' } as const

function outcomeStep(ran: Ran, read: ReadSlot, statement: GrantStatement | ReasonStatement): OutcomeStep {
  const results: Record<string, ExplainedNode> = {}
  if (statement.do === 'grant') {
    for (const [name, expression] of Object.entries(statement.results)) {
      results[name] = explainNode(ran, read, expression)
    }
  }
  const reason = statement.do === 'grant' ? null : statement.reason
  return { step: 'outcome', outcome: OUTCOMES[statement.do], reason, because: statement.clause, results }
}

function explainNode(ran: Ran, read: ReadSlot, expression: Expression): ExplainedNode {
  const { op, slot, unit } = expression
  const operands = operandsOf(expression).filter((operand) => read(operand.slot) !== undefined)
  const origin = originOf(ran, expression)
  return {
    op,
    source: sourceOf(ran.body, expression),
    value: plainValue(read(slot), unit),
    unit: unitCode(unit),
    ...(origin === undefined ? {} : { origin }),
    operands: operands.map((operand) => explainNode(ran, read, operand)),
    ...(op === 'share' ? { rounding: expression.rounding } : {}),
    ...('each' in expression ? { items: explainItems(ran, read, expression) } : {}),
  }
}

function explainItems(ran: Ran, read: ReadSlot, { slot, firstSlot, each }: ListOperation): ExplainedNode[] {
  const items = ran.trace.items.get(slot) ?? []
  return items.map((itemSlots) => {
    const readItem: ReadSlot = (asked) =>
      asked >= firstSlot && asked < slot ? itemSlots[asked - firstSlot] : read(asked)
    return explainNode(ran, readItem, each)
  })
}

/** A list of words is told word by word, a list of anything else by its length. */
function plainValue(value: SlotValue | undefined, unit: Unit): ExplainedNode['value'] {
  if (value === undefined || typeof value !== 'object' || value === null) return value ?? null
  if (!Array.isArray(value)) return null
  const isOfWords = unit.kind === 'list' && unit.item.kind === 'choice'
  return isOfWords ? value.filter((item) => typeof item === 'string') : value.length
}

function originOf({ values }: Ran, expression: Expression): Origin | undefined {
  switch (expression.op) {
    case 'fact':
      return { from: 'fact', name: expression.name }
    case 'local':
      return { from: 'local', name: expression.name, slot: expression.of }
    case 'item':
      return {
        from: 'item',
        list: expression.list,
        ...(expression.field === undefined ? {} : { field: expression.field }),
      }
    case 'value':
    case 'entry': {
      const resolved = values[expression.name]
      if (resolved === undefined) return undefined
      const { value: _, unit: __, from: since, ...rest } = resolved
      return { from: 'value', name: expression.name, since, ...rest }
    }
    default:
      return undefined
  }
}
