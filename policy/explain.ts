import { type TracedDecision, trace } from './decide.ts'
import { type Decision, OUTCOMES, type OutcomeName, outcomeOf } from './decision.ts'
import { branchTaken, type SlotValue, type Trace } from './evaluate.ts'
import {
  type Block,
  type EndStatement,
  type Expression,
  type ItemDecision,
  type ListOperation,
  operandsOf,
  type PolicyBody,
  type PolicyIr,
  type SortOrder,
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
  /** Where items are decided one by one: the fact that is the list, and each item in its order. */
  readonly each?: { readonly list: string; readonly items: readonly ExplainedItem[] }
}

/** How one item came to its outcome. */
export interface ExplainedItem {
  /** Its place in the list, from 1. */
  readonly number: number
  readonly steps: readonly ExplanationStep[]
}

/** One step of an explanation, in the order in which it was taken. */
export type ExplanationStep = ConstStep | ConditionStep | ChoiceStep | OutcomeStep

/** One expression that was evaluated, and those it was evaluated from. */
export interface ExplainedNode {
  readonly op: Expression['op']
  /** As written in the policy. */
  readonly source: string
  /** A list of words is itself, a list of anything else and a selection its number of items. */
  readonly value: number | string | boolean | null | readonly string[]
  /** Unit code. */
  readonly unit: string
  readonly origin?: Origin
  /** Only what was evaluated: the second side of `false && ...` is missing, and so is the branch not taken. */
  readonly operands: readonly ExplainedNode[]
  readonly rounding?: Rounding
  readonly order?: SortOrder
  /** Of a list operation: what it looked at, item by item. Which items those are, the first operand says. */
  readonly items?: readonly ExplainedNode[]
  /** Of a selection: the numbers of its items in the list that is the fact, from 1, in the order of the selection. */
  readonly chosen?: readonly number[]
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
  return explanationOf(ir, trace(ir, facts, values, on), on)
}

/** Says why, of a decision that has kept its trace: `trace`, or `decideTraced` of a policy made ready. Nothing is decided again. */
export function explanationOf(ir: PolicyIr, { decision, ran }: TracedDecision, on: string): Explanation {
  if (ran === undefined) {
    const { outcome, reason, because } = decision
    const title = ir.bodies.at(-1)?.title ?? { zh: ir.id, en: ir.id }
    return { decision, on, title, steps: [{ step: 'outcome', outcome, reason, because, results: {} }] }
  }
  const { title, from, to } = ran.body
  const { slots } = ran.trace
  const steps = stepsOf(ran, (slot) => slots[slot], ran.body.block)
  return { decision, on, title, inForce: { from, ...(to === undefined ? {} : { to }) }, steps }
}

interface Ran {
  readonly body: PolicyBody
  readonly values: ResolvedValues
  readonly trace: Trace
}

/** What a slot came to; inside a list operation, for the item that is being told. */
type ReadSlot = (slot: number) => SlotValue | undefined

/** Follows the path that was taken, up to the outcome: the slots tell it, nothing is computed again. */
function stepsOf(ran: Ran, read: ReadSlot, block: Block): ExplanationStep[] {
  const steps: ExplanationStep[] = []
  for (const statement of block) {
    steps.push(stepOf(ran, read, statement))
    if (statement.do === 'if' || statement.do === 'switch') {
      steps.push(...stepsOf(ran, read, branchTaken(statement, read)))
    }
    if (steps.at(-1)?.step === 'outcome') break
  }
  return steps
}

function stepOf(ran: Ran, read: ReadSlot, statement: Statement): ExplanationStep {
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

function outcomeStep(ran: Ran, read: ReadSlot, statement: EndStatement): OutcomeStep {
  const results: Record<string, ExplainedNode> = {}
  if (statement.do === 'grant') {
    for (const [name, expression] of Object.entries(statement.results)) {
      results[name] = explainNode(ran, read, expression)
    }
  }
  const each = statement.each === undefined ? {} : { each: explainEach(ran, read, statement.each) }
  return { step: 'outcome', ...outcomeOf(statement), results, ...each }
}

function explainEach(ran: Ran, read: ReadSlot, each: ItemDecision): NonNullable<OutcomeStep['each']> {
  const items = itemReaders(ran, read, each).map((readItem, index) => ({
    number: index + 1,
    steps: stepsOf(ran, readItem, each.block),
  }))
  return { list: each.list.name, items }
}

function explainNode(ran: Ran, read: ReadSlot, expression: Expression): ExplainedNode {
  const { op, slot, unit } = expression
  const operands = operandsOf(expression).filter((operand) => read(operand.slot) !== undefined)
  const origin = originOf(ran, expression)
  const chosen = chosenItems(expression, read(slot))
  return {
    op,
    source: sourceOf(ran.body, expression),
    value: chosen === undefined ? plainValue(read(slot), unit) : chosen.length,
    unit: unitCode(unit),
    ...(origin === undefined ? {} : { origin }),
    operands: operands.map((operand) => explainNode(ran, read, operand)),
    ...(op === 'share' ? { rounding: expression.rounding } : {}),
    ...(op === 'sortOf' ? { order: expression.order } : {}),
    ...('each' in expression ? { items: explainItems(ran, read, expression) } : {}),
    ...(chosen === undefined ? {} : { chosen }),
  }
}

function explainItems(ran: Ran, read: ReadSlot, loop: ItemLoop & { readonly each: Expression }): ExplainedNode[] {
  return itemReaders(ran, read, loop).map((readItem) => explainNode(ran, readItem, loop.each))
}

type ItemLoop = Pick<ListOperation, 'firstSlot' | 'slot'>

/** For each item that was looked at, how to read the slots as they were for it. */
function itemReaders(ran: Ran, read: ReadSlot, { firstSlot, slot }: ItemLoop): ReadSlot[] {
  const items = ran.trace.items.get(slot) ?? []
  return items.map(
    (itemSlots) => (asked) => (asked >= firstSlot && asked < slot ? itemSlots[asked - firstSlot] : read(asked)),
  )
}

/** The numbers of the items of a selection, from 1; undefined for anything else. */
function chosenItems({ op, unit }: Expression, value: SlotValue | undefined): number[] | undefined {
  const isRead = op === 'fact' || op === 'value' || op === 'literal'
  if (isRead || unit.kind !== 'list' || !Array.isArray(value)) return undefined
  return value.map((place) => Number(place) + 1)
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
