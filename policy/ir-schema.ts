import { z } from 'zod'
import type {
  Block,
  Expression,
  FactReference,
  ItemDecision,
  ItemReference,
  ListExpression,
  Literal,
  LocalReference,
  PolicyBody,
  PolicyIr,
  Selection,
  Statement,
  ValueReference,
} from './ir.ts'
import { IR_VERSIONS } from './ir.ts'
import type {
  FactUnit,
  FieldUnit,
  KeyedUnit,
  ListUnit,
  OptionalUnit,
  QuantityUnit,
  RecordUnit,
  ScalarUnit,
  Unit,
  ValueUnit,
} from './units.ts'

/*
 * The IR as it comes from outside (a file, another server, a page): the published schema `ir.schema.json` is made from these.
 * The types of ir.ts and units.ts are the truth; `tsc` holds each schema against its type.
 */

const words = z.array(z.string()).readonly()
const bounds = { min: z.int(), max: z.int() }

const quantityUnit: z.ZodType<QuantityUnit> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('money'), ...bounds }),
  z.strictObject({ kind: z.literal('rate'), ...bounds }),
  z.strictObject({ kind: z.literal('count'), of: z.string(), ...bounds }),
])
const scalarUnit: z.ZodType<ScalarUnit> = z.union([
  quantityUnit,
  z.strictObject({ kind: z.enum(['date', 'flag', 'text']) }),
  z.strictObject({ kind: z.literal('choice'), options: words }),
])
const optionalUnit: z.ZodType<OptionalUnit> = z.strictObject({ kind: z.literal('optional'), unit: scalarUnit })
const fieldUnit: z.ZodType<FieldUnit> = z.union([scalarUnit, optionalUnit])
const recordUnit: z.ZodType<RecordUnit> = z.strictObject({
  kind: z.literal('record'),
  fields: z.record(z.string(), fieldUnit),
})
const listUnit: z.ZodType<ListUnit> = z.strictObject({
  kind: z.literal('list'),
  of: z.string(),
  item: z.union([scalarUnit, recordUnit]),
  max: z.int().nonnegative(),
})
const keyedUnit: z.ZodType<KeyedUnit> = z.strictObject({
  kind: z.literal('keyed'),
  by: words,
  count: z.strictObject({ of: z.string(), ...bounds }).exactOptional(),
  unit: quantityUnit,
})
const factUnit: z.ZodType<FactUnit> = z.union([fieldUnit, listUnit])
const valueUnit: z.ZodType<ValueUnit> = z.union([
  quantityUnit,
  z.strictObject({ kind: z.enum(['date', 'flag']) }),
  z.strictObject({ kind: z.literal('choice'), options: words }),
  listUnit,
  keyedUnit,
])
const unit: z.ZodType<Unit> = z.union([fieldUnit, listUnit, recordUnit, keyedUnit])

const at = z.strictObject({ start: z.int(), end: z.int(), line: z.int(), column: z.int() })
const placed = { slot: z.int().nonnegative(), unit, at }

const literal: z.ZodType<Literal> = z.strictObject({
  op: z.literal('literal'),
  value: z.union([z.number(), z.string(), z.boolean(), z.null(), words]),
  ...placed,
})
const factReference: z.ZodType<FactReference> = z.strictObject({ op: z.literal('fact'), name: z.string(), ...placed })
const valueReference: z.ZodType<ValueReference> = z.strictObject({
  op: z.literal('value'),
  name: z.string(),
  ...placed,
})
const localReference: z.ZodType<LocalReference> = z.strictObject({
  op: z.literal('local'),
  name: z.string(),
  of: z.int().nonnegative(),
  base: z.string().exactOptional(),
  ...placed,
})
const itemReference: z.ZodType<ItemReference> = z.strictObject({
  op: z.literal('item'),
  list: z.string(),
  field: z.string().exactOptional(),
  ...placed,
})
const binaryOperators = z.enum([
  ...['===', '!==', '<', '<=', '>', '>='],
  ...['&&', '||', '+', '-', '*', 'min', 'max'],
  ...['addMonths', 'addDays', 'monthsBetween', 'daysBetween'],
] as const)

const expression: z.ZodType<Expression> = z.lazy(() =>
  z.union([
    literal,
    factReference,
    valueReference,
    localReference,
    itemReference,
    z.strictObject({ op: z.literal('entry'), name: z.string(), key: expression, ...placed }),
    z.strictObject({ op: z.literal('!'), of: expression, ...placed }),
    z.strictObject({ op: binaryOperators, left: expression, right: expression, ...placed }),
    z.strictObject({
      op: z.literal('share'),
      left: expression,
      right: expression,
      rounding: z.enum(['half_up', 'down', 'up']),
      ...placed,
    }),
    z.strictObject({
      op: z.literal('?:'),
      condition: expression,
      whenTrue: expression,
      whenFalse: expression,
      ...placed,
    }),
    z.strictObject({
      op: z.literal('includes'),
      options: z.union([literal, valueReference]),
      word: expression,
      ...placed,
    }),
    z.strictObject({
      op: z.enum(['countOf', 'sumOf', 'someOf', 'everyOf']),
      list: listExpression,
      ...loop,
      ...placed,
    }),
    selection,
    z.strictObject({ op: z.literal('hasItem'), list: localReference, item: itemReference, ...placed }),
  ]),
)

const loop = { each: expression, firstSlot: z.int().nonnegative() }
const listExpression: z.ZodType<ListExpression> = z.lazy(() => z.union([factReference, localReference, selection]))
const selected = { base: z.string(), list: listExpression, slot: z.int().nonnegative(), unit: listUnit, at }
const selection: z.ZodType<Selection> = z.lazy(() =>
  z.discriminatedUnion('op', [
    z.strictObject({ op: z.literal('filterOf'), ...loop, ...selected }),
    z.strictObject({ op: z.literal('sortOf'), ...loop, order: z.enum(['ascending', 'descending']), ...selected }),
    z.strictObject({ op: z.literal('firstOf'), count: expression, ...selected }),
  ]),
)

const block: z.ZodType<Block> = z.lazy(() => z.array(statement).readonly())
const itemDecision: z.ZodType<ItemDecision> = z.lazy(() =>
  z.strictObject({
    list: factReference,
    block,
    firstSlot: z.int().nonnegative(),
    slot: z.int().nonnegative(),
    at,
  }),
)
const end = { clause: z.string(), each: itemDecision.exactOptional(), at }

const statement: z.ZodType<Statement> = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('const'), name: z.string(), is: expression, at }),
  z.strictObject({ do: z.literal('if'), condition: expression, block, otherwise: block.exactOptional(), at }),
  z.strictObject({
    do: z.literal('switch'),
    on: expression,
    cases: z.array(z.strictObject({ options: words, block })).readonly(),
    at,
  }),
  z.strictObject({ do: z.literal('grant'), results: z.record(z.string(), expression), ...end }),
  z.strictObject({ do: z.enum(['refuse', 'refer']), reason: z.string(), ...end }),
])

const body: z.ZodType<PolicyBody> = z.strictObject({
  title: z.strictObject({ zh: z.string(), en: z.string() }),
  from: z.string(),
  to: z.string().exactOptional(),
  clause: z.string(),
  facts: z.record(z.string(), factUnit),
  values: z.record(z.string(), valueUnit),
  results: z.record(z.string(), scalarUnit),
  total: z.string().exactOptional(),
  items: z
    .strictObject({
      list: z.string(),
      results: z.record(z.string(), scalarUnit),
      total: z.string().exactOptional(),
    })
    .exactOptional(),
  promises: z
    .array(z.strictObject({ says: z.enum(['rises', 'falls']), result: z.string(), with: z.string() }))
    .readonly()
    .exactOptional(),
  block,
  slots: z.int().nonnegative(),
  source: z.string(),
  at,
})

const policyIr: z.ZodType<PolicyIr> = z.strictObject({
  irVersion: z.literal(IR_VERSIONS),
  id: z.string(),
  file: z.string(),
  bodies: z.array(body).min(1).readonly(),
})

/**
 * Parses an IR that comes from outside, such as one kept with an old decision.
 * @throws z.ZodError when it is not an IR of a version that the readings understand
 */
export function parsePolicyIr(input: unknown): PolicyIr {
  return policyIr.parse(input)
}

/** The JSON schema (draft 2020-12) of the IR; `ir.schema.json` is its published copy, written by write-ir-schema.ts. */
export function policyIrJsonSchema(): object {
  return z.toJSONSchema(policyIr, { reused: 'ref' })
}
