import type { PolicyBody } from '../ir.ts'
import { endsOf, itemEndsOf } from '../kernel/columns.ts'
import { isQuantity, type ScalarUnit } from '../units.ts'
import { addBodySteps, type BodyWriting, type End, type OutcomeColumns } from './body-steps.ts'
import { write } from './expressions.ts'
import { GIVEN, givenQueries } from './given.ts'
import { comment, textLiteral } from './literals.ts'
import {
  columnTerm,
  factNames,
  NameSpace,
  nameIn,
  plain,
  quoted,
  resultNames,
  type UnpackedNames,
  unpackedNames,
} from './names.ts'
import { dialectOf, type SqlPlan, type SqlTable } from './plan.ts'
import { FreeRanges } from './ranges.ts'
import { Steps } from './steps.ts'

/**
 * One `SELECT` that decides every row of a table of facts (see `createTableSql`) as `decide` does. It gives, after the keys, `outcome`,
 * `reason` and `because`; `result_<name>` for each result, absent where it is not granted; `amount_fen` where the policy names a total; and
 * `items` where it decides items: a list of the same, one for each item. A row without a required fact, or whose set of values the plan
 * does not have, has no outcome. `decodeRow` reads a row.
 * @throws RangeError for names and texts that SQL cannot hold
 */
export function sqlOf(plan: SqlPlan, table: SqlTable): string {
  const query = queryOf(plan, table)
  const columns = [...query.keys, ...query.verdict, ...query.items]
  return `${query.head}\n${selectOf(columns)}\n${query.from}\n`
}

/**
 * One `SELECT` with a row for each outcome, reason and clause that any case came to, for each combination of what stands in the table's
 * columns `keys` (a region, for example): the number of `cases` and the exact sums `sum_result_<name>` of the results that are quantities,
 * and `sum_item_<name>` of those of the items, absent where none was granted.
 * @throws RangeError for names and texts that SQL cannot hold
 */
export function totalsSqlOf(plan: SqlPlan, table: SqlTable): string {
  const query = queryOf(plan, table)
  const groups = [...query.keys.map(({ name }) => name), 'outcome', 'reason', 'because'].map(quoted).join(', ')
  const sums = [...query.sums, ...query.itemSums]
  const decided = selectOf([...query.keys, ...query.verdict, ...query.itemSums], '  ')
  const totals = [
    groups,
    'count(*) AS cases',
    ...sums.map(({ name }) => `sum(${quoted(name)}) AS ${plain(`sum_${name}`)}`),
  ]
  return (
    `${query.head},\n"decided" AS NOT MATERIALIZED (\n${decided}\n  ${query.from.replaceAll('\n', '\n  ')}\n)\n` +
    `SELECT\n  ${totals.join(',\n  ')}\nFROM "decided"\nGROUP BY ${groups}\nORDER BY ${groups}\n`
  )
}

/** A column that a query gives. */
interface Column {
  readonly name: string
  readonly text: string
}

/** The parts of which both queries are made. */
interface Query {
  /** The comment and the `WITH` queries. */
  readonly head: string
  readonly from: string
  readonly keys: readonly Column[]
  readonly verdict: readonly Column[]
  readonly items: readonly Column[]
  /** Of `verdict`, the results that are quantities. */
  readonly sums: readonly Column[]
  readonly itemSums: readonly Column[]
}

function queryOf(plan: SqlPlan, table: SqlTable): Query {
  const { body } = plan
  const dialect = dialectOf(table.dialect)
  const space = new NameSpace()
  const facts = factNames(body, space)
  const values = new Map(Object.keys(body.values).map((name) => [name, space.add(name, 'value')]))
  const unpacked: UnpackedNames = dialect.unpack === undefined ? new Map() : unpackedNames(body, space)
  const keys = new Map((table.keys ?? []).map((key) => [key, space.add(key, 'key')]))
  const isComplete = space.add('isComplete', 'fact')
  const steps = new Steps(GIVEN)
  const writing: BodyWriting = {
    ...{ body, dialect, facts, values, unpacked, steps, space, isComplete },
    locals: new Map(),
    ranges: new FreeRanges(body),
  }
  const outcome = addBodySteps(writing)
  const given = givenQueries(plan, table, dialect, { facts, values, unpacked, keys, isComplete })
  const results = resultColumns(writing, outcome)
  const { total } = body
  const amount = total === undefined ? [] : [{ name: 'amount_fen', text: resultText(writing, outcome, total) }]
  return {
    head: `${titleOf(body)}\nWITH\n${[...given, endingsQuery(body), ...steps.queries(dialect.fence)].join(',\n')}`,
    from: `FROM ${quoted(steps.last)} AS r\nLEFT JOIN "endings" AS e ON e.ending = ${columnTerm(outcome.ending).text}`,
    keys: [...keys].map(([name, column]) => ({ name, text: columnTerm(column).text })),
    verdict: [...['outcome', 'reason', 'because'].map((name) => ({ name, text: `e.${name}` })), ...results, ...amount],
    items: itemColumns(writing, outcome),
    sums: results.filter((_, index) => isQuantity(unitAt(body.results, index))),
    itemSums: itemSums(writing, outcome),
  }
}

function unitAt(results: Readonly<Record<string, ScalarUnit>>, index: number): ScalarUnit {
  return Object.values(results)[index] ?? { kind: 'text' }
}

function titleOf({ title, clause, from, to }: PolicyBody): string {
  return comment(`${title.en} (${title.zh}), ${clause}, from ${from}${to === undefined ? '' : ` to ${to}`}`)
}

/** What each number of an outcome says, in the order of the text. */
function endingsQuery(body: PolicyBody): string {
  const rows = endsOf(body).map((end, number) => {
    const { outcome, reason, because } = wordsOf(end)
    return `  (${number}, ${outcome}, ${reason}, ${because})`
  })
  return `"endings"("ending", "outcome", "reason", "because") AS (VALUES\n${rows.join(',\n')}\n)`
}

const OUTCOMES = { grant: 'granted', refuse: 'refused', refer: 'referred' } as const

/** An outcome, its reason and its clause, as literals. */
function wordsOf(end: End): { outcome: string; reason: string; because: string } {
  return {
    outcome: textLiteral(OUTCOMES[end.do]),
    reason: end.do === 'grant' ? 'NULL::text' : textLiteral(end.reason),
    because: textLiteral(end.clause),
  }
}

function resultColumns(writing: BodyWriting, outcome: OutcomeColumns): Column[] {
  return [...resultNames(writing.body.results)].map(([result, name]) => ({
    name,
    text: resultText(writing, outcome, result),
  }))
}

/** A result by the outcomes that grant it. */
function resultText(writing: BodyWriting, { ending }: OutcomeColumns, name: string): string {
  const { body, dialect } = writing
  const granted = endsOf(body).flatMap((end, number) => {
    const result = end.do === 'grant' ? end.results[name] : undefined
    return result === undefined ? [] : [`WHEN ${number} THEN ${write(writing, result).text}`]
  })
  const unit = body.results[name]
  if (unit === undefined) throw new TypeError(`the IR has a total \`${name}\` that is no result`)
  if (granted.length === 0) return `NULL::${dialect.typeOf(unit, new Map())}`
  return `CASE ${columnTerm(ending).text} ${granted.join(' ')} END`
}

function itemColumns({ body, dialect }: BodyWriting, { itemEndings, itemResults }: OutcomeColumns): Column[] {
  const { items } = body
  if (items === undefined) return []
  if (itemEndings === undefined) return [{ name: 'items', text: 'NULL' }]
  const ends = itemEndsOf(body)
  const number = dialect.itemEnding().text
  const choose = (word: 'outcome' | 'reason' | 'because'): string =>
    `CASE ${number} ${ends.map((end, index) => `WHEN ${index} THEN ${wordsOf(end)[word]}`).join(' ')} END`
  const fields = new Map(
    ['outcome' as const, 'reason' as const, 'because' as const].map((word) => [word, choose(word)]),
  )
  const results = [...resultNames(items.results)].map(([result, name]) => {
    return [name, `${columnTerm(nameIn(itemResults, result)).text}[${dialect.itemPlace().text}]`] as const
  })
  const endings = columnTerm(itemEndings)
  const list = dialect.itemsOf(endings, new Map<string, string>([...fields, ...results]))
  return [{ name: 'items', text: `CASE WHEN ${endings.text} IS NOT NULL THEN ${list.text} END` }]
}

function itemSums({ body, dialect }: BodyWriting, { itemResults }: OutcomeColumns): Column[] {
  const units = body.items?.results ?? {}
  const names = resultNames(units, 'item')
  return [...itemResults].flatMap(([result, column]) => {
    const unit = units[result]
    if (unit === undefined || !isQuantity(unit)) return []
    return [{ name: nameIn(names, result), text: dialect.sumOfList(columnTerm(column)).text }]
  })
}

function selectOf(columns: readonly Column[], indent = ''): string {
  const lines = columns.map(({ name, text }) => `${indent}  ${text} AS ${plain(name)}`)
  return `${indent}SELECT\n${lines.join(',\n')}`
}
