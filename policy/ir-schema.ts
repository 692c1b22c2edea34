import { z } from 'zod'
import type {
  Block,
  Expression,
  FactReference,
  Literal,
  PolicyBody,
  PolicyIr,
  Statement,
  ValueReference,
} from './ir.ts'
import { IR_VERSION } from './ir.ts'
import type {
  FactUnit,
  FieldUnit,
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
  max: z.int().positive(),
})
const keyedUnit = z.strictObject({ kind: z.literal('keyed'), by: words, unit: quantityUnit })
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
    z.strictObject({ op: z.literal('local'), name: z.string(), of: z.int().nonnegative(), ...placed }),
    z.strictObject({ op: z.literal('item'), list: z.string(), field: z.string().exactOptional(), ...placed }),
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
      list: factReference,
      each: expression,
      firstSlot: z.int().nonnegative(),
      ...placed,
    }),
  ]),
)

const block: z.ZodType<Block> = z.lazy(() => z.array(statement).readonly())
const statement: z.ZodType<Statement> = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('const'), name: z.string(), is: expression, at }),
  z.strictObject({ do: z.literal('if'), condition: expression, block, otherwise: block.exactOptional(), at }),
  z.strictObject({
    do: z.literal('switch'),
    on: expression,
    cases: z.array(z.strictObject({ options: words, block })).readonly(),
    at,
  }),
  z.strictObject({ do: z.literal('grant'), results: z.record(z.string(), expression), clause: z.string(), at }),
  z.strictObject({ do: z.enum(['refuse', 'refer']), reason: z.string(), clause: z.string(), at }),
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
  block,
  slots: z.int().nonnegative(),
  source: z.string(),
  at,
})

const policyIr: z.ZodType<PolicyIr> = z.strictObject({
  irVersion: z.literal(IR_VERSION),
  id: z.string(),
  file: z.string(),
  bodies: z.array(body).min(1).readonly(),
})

/**
 * Parses an IR that comes from outside, such as one kept with an old decision.
 * @throws z.ZodError when it is not an IR of this version
 */
export function parsePolicyIr(input: unknown): PolicyIr {
  return policyIr.parse(input)
}

/** The JSON schema (draft 2020-12) of the IR; `ir.schema.json` is its published copy, written by write-ir-schema.ts. */
export function policyIrJsonSchema(): object {
  return z.toJSONSchema(policyIr, { reused: 'ref' })
}
