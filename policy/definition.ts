import type { MonotonicityPromise } from './ir.ts'
import type { Grant, Referral, Refusal } from './language.ts'
import {
  type Bounds,
  type ChoiceUnit,
  type CountUnit,
  countMax,
  type DateUnit,
  type FactUnit,
  type FieldUnit,
  type FlagUnit,
  type KeyedUnit,
  keyedUnit,
  LIST_MAX_ITEMS,
  type ListUnit,
  MONEY_MAX_FEN,
  type MoneyUnit,
  type OptionalUnit,
  type QuantityUnit,
  RATE_MAX_PPM,
  type RateUnit,
  type RecordUnit,
  type ScalarUnit,
  type TextUnit,
  type ValueUnit,
} from './units.ts'

/** Exists for `tsc` alone: the type a declared quantity has inside `decide`. */
declare const held: unique symbol

/** A unit, and for `tsc` the type `T` that a quantity of it has inside `decide`. */
export type Declared<T, U> = U & { readonly [held]?: T }

/** The type inside `decide` of one declaration. */
export type Held<D> = D extends { readonly [held]?: infer T } ? T : never

/** The types inside `decide` of a block of declarations. */
export type HeldBy<D> = { readonly [K in keyof D]: Held<D[K]> }

/** What a policy declares: its facts, values and results by name, each with its unit. */
export type FactDeclarations = Readonly<Record<string, Declared<unknown, FactUnit>>>
export type ValueDeclarations = Readonly<Record<string, Declared<unknown, ValueUnit>>>
export type ResultDeclarations = Readonly<Record<string, Declared<unknown, ScalarUnit>>>

/** An amount in whole fen, 0 to 10^13 unless bounded otherwise. */
export function money(bounds: Bounds = {}): Declared<number, MoneyUnit> {
  return { kind: 'money', min: 0, max: MONEY_MAX_FEN, ...bounds }
}

/** A rate in whole parts per million, 0 to 1,000,000 (100 %) unless bounded otherwise. */
export function rate(bounds: Bounds = {}): Declared<number, RateUnit> {
  return { kind: 'rate', min: 0, max: RATE_MAX_PPM, ...bounds }
}

/**
 * A whole number of something (`count('month')`), 0 to a hundred years of time or to a million of anything else unless bounded otherwise.
 * With both bounds written and below a hundred, `tsc` knows each number (`1 | 2 | 3`), so that it can be the key of a table.
 */
export function count<const B extends Bounds = Record<never, never>>(
  of: string,
  bounds?: B,
): Declared<NumberWithin<B>, CountUnit> {
  return { kind: 'count', of, min: 0, max: countMax(of), ...bounds }
}

/** The numbers of a short range one by one, `number` for any other. */
type NumberWithin<B> = B extends { readonly min: infer Min extends number; readonly max: infer Max extends number }
  ? `${Min} ${Max}` extends `${ShortNumber} ${ShortNumber}`
    ? Exclude<NumberBelow<Max> | Max, NumberBelow<Min>>
    : number
  : number

type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9'
type ShortNumber = Digit | `${Digit}${Digit}`
type NumberBelow<N extends number, Below extends number[] = []> = Below['length'] extends N
  ? Below[number]
  : NumberBelow<N, [...Below, Below['length']]>

/** A business date `YYYY-MM-DD`, 1900 to 2199. */
export function date(): Declared<string, DateUnit> {
  return { kind: 'date' }
}

/** Yes or no. */
export function flag(): Declared<boolean, FlagUnit> {
  return { kind: 'flag' }
}

/** Opaque text: compared with `===` and never taken apart. */
export function text(): Declared<string, TextUnit> {
  return { kind: 'text' }
}

/** One of the words given. */
export function choice<const C extends string>(...options: readonly C[]): Declared<C, ChoiceUnit> {
  return { kind: 'choice', options }
}

/** A fact, or a field of a record, that may be absent: `null` inside `decide`. */
export function optional<T>(unit: Declared<T, ScalarUnit>): Declared<T | null, OptionalUnit> {
  return { kind: 'optional', unit }
}

/** The fields of one item of a list. */
export function record<const F extends Readonly<Record<string, Declared<unknown, FieldUnit>>>>(
  fields: F,
): Declared<HeldBy<F>, RecordUnit> {
  return { kind: 'record', fields }
}

/** A list of at most `max` items (1,000 unless said otherwise), counted under the label `of` (`item` unless said otherwise). */
export function list<T>(
  item: Declared<T, ScalarUnit | RecordUnit>,
  options: { readonly of?: string; readonly max?: number } = {},
): Declared<readonly T[], ListUnit> {
  return { kind: 'list', of: 'item', item, max: LIST_MAX_ITEMS, ...options }
}

/**
 * A table of quantities, one for each word of a choice or each number of a short range: `values.amountByLevel[facts.level]`. Values only.
 * `tsc` takes a number as a key when both bounds of its count are written.
 */
export function keyed<K extends string | number>(
  by: Declared<K, ChoiceUnit | CountUnit>,
  unit: Declared<number, QuantityUnit>,
): Declared<Readonly<Record<K, number>>, KeyedUnit> {
  return keyedUnit(by, unit)
}

/** What a policy decides item by item: the fact that is a list of records, what an item may be granted, and which of it is the item's total. */
export interface ItemDeclarations<L extends string, I extends ResultDeclarations> {
  readonly list: L
  readonly results: I
  readonly total?: NoInfer<keyof I & string>
}

/** States that all else equal, more of a fact never gives less of a result. `check` looks for facts that refute it. */
export function rises<const R extends string, const F extends string>(
  result: R,
  { with: fact }: { readonly with: F },
): MonotonicityPromise<R, F> {
  return { says: 'rises', result, with: fact }
}

/** States that all else equal, more of a fact never gives more of a result. `check` looks for facts that refute it. */
export function falls<const R extends string, const F extends string>(
  result: R,
  { with: fact }: { readonly with: F },
): MonotonicityPromise<R, F> {
  return { says: 'falls', result, with: fact }
}

/** What a grant carries: declared results, each of its unit. To `tsc` a number is a number; the reader proves its range. */
export type Granted<R> = { readonly [K in keyof R]?: Held<R[K]> extends number ? number : Held<R[K]> }

/** What one item may come to: a grant that carries declared results of items only, a refusal, or a referral. */
export type ItemOutcome<I> = Grant<Granted<I>> | Refusal | Referral

/** What `decide` may return: a grant that carries declared results only, a refusal, or a referral; each may decide the items too. */
export type Outcome<R, I = Nothing> =
  | Grant<Granted<R>, ItemOutcome<I>>
  | Refusal<ItemOutcome<I>>
  | Referral<ItemOutcome<I>>

/** Declares nothing. */
type Nothing = Readonly<Record<never, never>>

/** One dated body of a policy, as its author writes it. */
export interface PolicyDefinition<
  F extends FactDeclarations = FactDeclarations,
  V extends ValueDeclarations = ValueDeclarations,
  R extends ResultDeclarations = ResultDeclarations,
  I extends ResultDeclarations = Nothing,
> {
  /** Lower-case words joined by hyphens. Several exports with one id are the dated bodies of one policy. */
  readonly id: string
  readonly title: { readonly zh: string; readonly en: string }
  /** First day on which this body is law. */
  readonly from: string
  /** Last day on which this body is law; absent while no end is known. */
  readonly to?: string
  /** The clause that puts this body into force; it is the reason given for a date outside. */
  readonly clause: string
  readonly facts: F
  readonly values: V
  readonly results: R
  /** The money result that is the total of the decision (`amountFen`); every grant must then carry it. */
  readonly total?: keyof R & string
  /** The list that outcomes decide item by item with `eachOf`. */
  readonly items?: ItemDeclarations<keyof F & string, I>
  /** What is promised of the rule: `[rises('feeFen', { with: 'months' })]`. */
  readonly promises?: readonly MonotonicityPromise<keyof R & string, keyof F & string>[]
  /** From facts and values to an outcome, in the subset of TypeScript that LANGUAGE.md describes. */
  decide(facts: HeldBy<F>, values: HeldBy<V>): Outcome<R, I>
}

/** Declares one dated body of a policy. It runs nothing and changes nothing: the types of `decide` follow from the declarations. */
export function policy<
  const F extends FactDeclarations,
  const V extends ValueDeclarations,
  const R extends ResultDeclarations,
  const I extends ResultDeclarations = Nothing,
>(definition: PolicyDefinition<F, V, R, I>): PolicyDefinition<F, V, R, I> {
  return definition
}
