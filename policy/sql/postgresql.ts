/** PostgreSQL: lists of records are `jsonb` arrays of objects, unpacked once into an array for each field; lists of plain things are arrays. */
import type { FactUnit, ScalarUnit } from '../units.ts'
import type { ItemSource, SqlDialect } from './dialect.ts'
import { textLiteral } from './literals.ts'
import { nameIn, plain, quoted } from './names.ts'
import { at, atom, cast, infix, LEVEL, not, type Term } from './terms.ts'

/** Queries for PostgreSQL from version 15 on. */
export const postgresql: SqlDialect = {
  // The planner copies the expressions of a step into the next one unless the step has a limit of its own.
  fence: 'OFFSET 0',
  typeOf(unit) {
    if (unit.kind !== 'list') return scalarType(unit.kind === 'optional' ? unit.unit : unit)
    return unit.item.kind === 'record' ? 'jsonb' : `${scalarType(unit.item)}[]`
  },
  lengthCheck(column, item, itemsMax) {
    if (item.kind === 'record')
      return `jsonb_typeof(${column}) = 'array' AND jsonb_array_length(${column}) <= ${itemsMax}`
    return `cardinality(${column}) <= ${itemsMax} AND array_position(${column}, NULL) IS NULL`
  },
  listLiteral: (items, type) => `ARRAY[${items.join(', ')}]::${type}`,
  recordsLiteral(items) {
    const records = items.map((fields) => Object.fromEntries([...fields].map(([name, { json }]) => [name, json])))
    return `${textLiteral(JSON.stringify(records))}::jsonb`
  },

  share(amount, rate, addend, isWide) {
    if (!isWide) return atom(`(${raised(infix(LEVEL.product, amount, '*', rate), addend)} / 1000000)`)
    const product = infix(LEVEL.product, cast(amount, 'numeric'), '*', rate)
    return cast(atom(`div(${raised(product, addend)}, 1000000)`), 'bigint')
  },
  addMonths: (date, months) =>
    atom(`(${at(LEVEL.sum, date)} + make_interval(months => ${cast(months, 'int').text}))::date`),
  addDays: (date, days) => infix(LEVEL.sum, date, '+', cast(days, 'int')),
  monthsBetween,
  daysBetween: (from, until) => cast(infix(LEVEL.sum, until, '-', from), 'bigint'),
  holds: (list, thing) => ({ text: `${at(LEVEL.sum, thing)} = ANY(${list.text})`, level: LEVEL.comparison }),

  unpack({ column, fields, fieldNames }, alias, targets) {
    const names = [...fieldNames.values(), 'nth'].map(quoted).join(', ')
    const lists = [...targets].map(([field, target]) => {
      return `COALESCE(array_agg(item.${plain(nameIn(fieldNames, field))} ORDER BY item.nth), '{}') AS ${plain(target)}`
    })
    return (
      `CROSS JOIN LATERAL (\n    SELECT ${lists.join(',\n      ')}\n    FROM ROWS FROM (jsonb_to_recordset(${column}) ` +
      `AS (${fieldTypes(fields, fieldNames)})) WITH ORDINALITY AS item(${names})\n  ) AS ${alias}`
    )
  },
  itemField({ column, fieldNames, fieldLists, chosen }, field) {
    if (chosen !== undefined) return atom(`${field === undefined ? column : nameIn(fieldLists, field)}[item.nth]`)
    return atom(`item.${field === undefined ? 'value' : plain(nameIn(fieldNames, field))}`)
  },
  itemPlace: () => atom('item.nth'),
  itemEnding: () => atom('item.ending'),
  selectable: (source) => source,
  countOf: (source, condition) =>
    atom(`(SELECT count(*) FROM ${itemsFrom(source, condition.text)} WHERE ${condition.text})`),
  sumOf: (source, quantity) =>
    atom(`(SELECT COALESCE(sum(${quantity.text}), 0)::bigint FROM ${itemsFrom(source, quantity.text)})`),
  someOf: (source, condition) =>
    atom(`EXISTS (SELECT FROM ${itemsFrom(source, condition.text)} WHERE ${condition.text})`),
  everyOf: (source, condition) =>
    not(atom(`EXISTS (SELECT FROM ${itemsFrom(source, condition.text)} WHERE ${not(condition).text})`)),
  places: (source) => source.chosen ?? arrayOf('item.nth', source, orderOf(source)),
  filterOf: (source, condition) => arrayOf('item.nth', source, orderOf(source), condition),
  sortOf: (source, { by }, order) =>
    arrayOf('item.nth', source, `${by.text}${order === 'descending' ? ' DESC' : ''}, ${orderOf(source)}`),
  firstOf: (places, count) => atom(`(${places.text})[1:${cast(count, 'int').text}]`),
  mapOf: (source, each) => arrayOf(each.text, source, orderOf(source)),
  itemsOf(endings, fields) {
    const pairs = [...fields].map(([name, text]) => `${textLiteral(name)}, ${text}`)
    return atom(
      `(SELECT COALESCE(jsonb_agg(jsonb_build_object(${pairs.join(', ')}) ORDER BY item.nth), '[]') ` +
        `FROM unnest(${endings.text}) WITH ORDINALITY AS item(ending, nth))`,
    )
  },
  sumOfList: (list) => atom(`(SELECT sum(amount) FROM unnest(${list.text}) AS amount)`),
}

function raised(product: Term, addend: number): string {
  return addend === 0 ? product.text : `(${product.text} + ${addend})`
}

function scalarType(unit: ScalarUnit): string {
  switch (unit.kind) {
    case 'date':
      return 'date'
    case 'flag':
      return 'boolean'
    case 'choice':
    case 'text':
      return 'text'
    default:
      return 'bigint'
  }
}

/**
 * The items of a source as rows `item`: of a fact with their fields, as far as `text` reads them, and their place `nth`; of a selection with
 * `nth` and their `place` in the selection.
 */
function itemsFrom({ column, fieldNames, fieldLists, chosen }: ItemSource, text: string): string {
  if (chosen !== undefined) return `unnest(${chosen.text}) WITH ORDINALITY AS item(nth, place)`
  if (fieldLists.size === 0) return `unnest(${column}) WITH ORDINALITY AS item(value, nth)`
  const fields = [...fieldLists].map(([field, list]) => ({ list, name: nameIn(fieldNames, field) }))
  const read = fields.filter(({ name }) => text.includes(`item.${plain(name)}`))
  const needed = read.length === 0 ? fields.slice(0, 1) : read
  const names = [...needed.map(({ name }) => name), 'nth'].map(quoted).join(', ')
  return `unnest(${needed.map(({ list }) => list).join(', ')}) WITH ORDINALITY AS item(${names})`
}

function fieldTypes(fields: Readonly<Record<string, FactUnit>>, names: ReadonlyMap<string, string>): string {
  const types = Object.entries(fields).map(
    ([field, unit]) => `${quoted(nameIn(names, field))} ${postgresql.typeOf(unit, new Map())}`,
  )
  return types.join(', ')
}

function orderOf({ chosen }: ItemSource): string {
  return chosen === undefined ? 'item.nth' : 'item.place'
}

function arrayOf(each: string, source: ItemSource, order: string, condition?: Term): Term {
  const where = condition === undefined ? '' : ` WHERE ${condition.text}`
  return atom(`ARRAY(SELECT ${each} FROM ${itemsFrom(source, each + where + order)}${where} ORDER BY ${order})`)
}

/**
 * The months between the earlier and the later day, one less where the day of the month has not come round again; the last day of a month
 * is every day that the month does not have.
 */
function monthsBetween(from: Term, until: Term): Term {
  const part = (name: string, day: string): string => `EXTRACT(${name} FROM ${day})`
  const months = `12 * (${part('YEAR', 'later')} - ${part('YEAR', 'earlier')}) + ${part('MONTH', 'later')} - ${part('MONTH', 'earlier')}`
  const isNotRound = `${part('DAY', 'earlier')} > ${part('DAY', 'later')} AND ${part('DAY', 'later + 1')} > 1`
  return atom(
    `(SELECT direction * (${months} - CASE WHEN ${isNotRound} THEN 1 ELSE 0 END)::bigint ` +
      'FROM (SELECT LEAST(day, other) AS earlier, GREATEST(day, other) AS later, CASE WHEN other < day THEN -1 ELSE 1 END AS direction ' +
      `FROM (SELECT ${from.text} AS day, ${until.text} AS other OFFSET 0) AS days OFFSET 0) AS span)`,
  )
}
