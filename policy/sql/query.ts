import { OUTCOMES } from '../decision.ts'
import type { EndStatement, PolicyBody } from '../ir.ts'
import { endsOf, itemEndsOf } from '../kernel/columns.ts'
import { isQuantity, type ScalarUnit } from '../units.ts'
import { addBodySteps, type BodyWriting, type OutcomeColumns } from './body-steps.ts'
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
  const { head, from, keys, ending, ...query } = queryOf(plan, table)
  const columns = [...keys, ...WORDS.map(wordColumn), ...query.results, ...query.amount, ...query.items]
  refuseTwice(columns)
  return `${head}\n${selectOf(columns)}\nFROM ${quoted(from)} AS r\n${joinEndings(`r.${plain(ending)}`)}\n`
}

/**
 * One `SELECT` with a row for each outcome, reason and clause that any case came to, for each combination of what stands in the table's
 * columns `keys` (a region, for example): the number of `cases` and the exact sums `sum_result_<name>` of the results that are quantities,
 * and `sum_item_<name>` of those of the items, absent where none was granted.
 * @throws RangeError for names and texts that SQL cannot hold
 */
export function totalsSqlOf(plan: SqlPlan, table: SqlTable): string {
  const { head, from, keys, ending, sums } = queryOf(plan, table)
  // Counted by the number of the outcome first: that is quick, and the words are joined to a few rows only.
  const groups = keys.map(({ text }, index) => ({ name: `key_${index + 1}`, text }))
  groups.push({ name: 'number', text: `r.${plain(ending)}` })
  const counted = [...groups, { name: 'cases', text: 'count(*)' }, ...sums]
  const places = groups.map((_, index) => index + 1)
  const words = [...keys.map(({ name }, index) => ({ name, text: `c.key_${index + 1}` })), ...WORDS.map(wordColumn)]
  const totals = sums.map(({ name }) => ({ name, text: `sum(c.${plain(name)})` }))
  const columns = [...words, { name: 'cases', text: 'sum(c.cases)::bigint' }, ...totals]
  refuseTwice(columns)
  const order = words.map((_, index) => index + 1).join(', ')
  return (
    `${head},\n"counted" AS NOT MATERIALIZED (\n${selectOf(counted, '  ')}\n  FROM ${quoted(from)} AS r\n` +
    `  GROUP BY ${places.join(', ')}\n)\n${selectOf(columns)}\nFROM "counted" AS c\n${joinEndings('c.number')}\n` +
    `GROUP BY ${order}\nORDER BY ${order}\n`
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
  /** The last step, which both select from as `r`. */
  readonly from: string
  readonly keys: readonly Column[]
  /** The column of the outcome's number. */
  readonly ending: string
  readonly results: readonly Column[]
  readonly amount: readonly Column[]
  readonly items: readonly Column[]
  /** Sums of the results that are quantities, of the case and of its items. */
  readonly sums: readonly Column[]
}

/** What `endings` says of an outcome. */
const WORDS = ['outcome', 'reason', 'because'] as const

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
  const { total } = body
  return {
    head: `${titleOf(body)}\nWITH\n${[...given, endingsQuery(body), ...steps.queries(dialect.fence)].join(',\n')}`,
    from: steps.last,
    keys: [...keys].map(([name, column]) => ({ name, text: columnTerm(column).text })),
    ending: outcome.ending,
    results: [...resultNames(body.results)].map(([result, name]) => {
      return { name, text: resultText(writing, outcome, result) }
    }),
    amount: total === undefined ? [] : [{ name: 'amount_fen', text: resultText(writing, outcome, total) }],
    items: itemColumns(writing, outcome),
    sums: [...resultSums(writing, outcome), ...itemSums(writing, outcome)],
  }
}

function wordColumn(word: (typeof WORDS)[number]): Column {
  return { name: word, text: `e.${word}` }
}

function joinEndings(number: string): string {
  return `LEFT JOIN "endings" AS e ON e.ending = ${number}`
}

/** @throws RangeError for a key of the table that is called as a column of the query's own */
function refuseTwice(columns: readonly Column[]): void {
  const names = columns.map(({ name }) => name.toLowerCase())
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new RangeError(`the query has a column \`${twice}\` of its own, it cannot be a key`)
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

/** An outcome, its reason and its clause, as literals. */
function wordsOf(end: EndStatement): { outcome: string; reason: string; because: string } {
  return {
    outcome: textLiteral(OUTCOMES[end.do]),
    reason: end.do === 'grant' ? 'NULL::text' : textLiteral(end.reason),
    because: textLiteral(end.clause),
  }
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
  const choose = (word: (typeof WORDS)[number]): string =>
    `CASE ${number} ${ends.map((end, index) => `WHEN ${index} THEN ${wordsOf(end)[word]}`).join(' ')} END`
  const fields = new Map(WORDS.map((word) => [word, choose(word)]))
  const results = [...resultNames(items.results)].map(([result, name]) => {
    return [name, `${columnTerm(nameIn(itemResults, result)).text}[${dialect.itemPlace().text}]`] as const
  })
  const endings = columnTerm(itemEndings)
  const list = dialect.itemsOf(endings, new Map<string, string>([...fields, ...results]))
  return [{ name: 'items', text: `CASE WHEN ${endings.text} IS NOT NULL THEN ${list.text} END` }]
}

function resultSums(writing: BodyWriting, outcome: OutcomeColumns): Column[] {
  const { results } = writing.body
  return [...resultNames(results)].flatMap(([result, name]) => {
    if (!isQuantityOf(results, result)) return []
    return [{ name: `sum_${name}`, text: `sum(${resultText(writing, outcome, result)})` }]
  })
}

function itemSums({ body, dialect }: BodyWriting, { itemResults }: OutcomeColumns): Column[] {
  const units = body.items?.results ?? {}
  const names = resultNames(units, 'item')
  return [...itemResults].flatMap(([result, column]) => {
    if (!isQuantityOf(units, result)) return []
    return [{ name: `sum_${nameIn(names, result)}`, text: `sum(${dialect.sumOfList(columnTerm(column)).text})` }]
  })
}

function isQuantityOf(units: Readonly<Record<string, ScalarUnit>>, name: string): boolean {
  const unit = units[name]
  return unit !== undefined && isQuantity(unit)
}

function selectOf(columns: readonly Column[], indent = ''): string {
  const lines = columns.map(({ name, text }) => `${indent}  ${text} AS ${plain(name)}`)
  return `${indent}SELECT\n${lines.join(',\n')}`
}
