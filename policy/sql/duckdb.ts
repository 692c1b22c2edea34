/** DuckDB: a list is a LIST, its records are STRUCTs. */
import type { FactUnit, ScalarUnit } from '../units.ts'
import type { ItemSource, SqlDialect } from './dialect.ts'
import { textLiteral } from './literals.ts'
import { nameIn, plain, quoted } from './names.ts'
import { at, atom, cast, infix, LEVEL, not, type Term } from './terms.ts'

/** Queries for DuckDB from version 1.3 on. */
export const duckdb: SqlDialect = {
  fence: '',
  typeOf,
  lengthCheck: (column, _, itemsMax) => `len(${column}) <= ${itemsMax} AND list_count(${column}) = len(${column})`,
  listLiteral: (items, type) => `[${items.join(', ')}]::${type}`,
  recordsLiteral(items, type) {
    const structs = items.map(
      (fields) => `{${[...fields].map(([name, { sql }]) => `${textLiteral(name)}: ${sql}`).join(', ')}}`,
    )
    return `[${structs.join(', ')}]::${type}`
  },

  share(amount, rate, addend, isWide) {
    const product = infix(LEVEL.product, isWide ? cast(amount, 'HUGEINT') : amount, '*', rate)
    const quotient = atom(`(${addend === 0 ? product.text : `(${product.text} + ${addend})`} // 1000000)`)
    return isWide ? cast(quotient, 'BIGINT') : quotient
  },
  addMonths: (date, months) => atom(`(${at(LEVEL.sum, date)} + to_months(${cast(months, 'INTEGER').text}))::DATE`),
  addDays: (date, days) => infix(LEVEL.sum, date, '+', cast(days, 'INTEGER')),
  monthsBetween: (from, until) => atom(`date_sub('month', ${from.text}, ${until.text})`),
  daysBetween: (from, until) => atom(`date_diff('day', ${from.text}, ${until.text})`),
  holds: (list, thing) => atom(`list_contains(${list.text}, ${thing.text})`),

  itemField({ column, chosen, fieldNames }, field) {
    const item = chosen === undefined ? 'item' : `${column}[nth]`
    return atom(field === undefined ? item : `${item}.${plain(nameIn(fieldNames, field))}`)
  },
  itemPlace: () => atom('nth'),
  itemEnding: () => atom('ending'),
  selectable: (source) => ({ ...source, chosen: places(source) }),
  countOf: (source, condition) => atom(`len(${overItems('list_filter', source, condition)})`),
  sumOf: (source, quantity) =>
    cast(atom(`COALESCE(list_sum(${overItems('list_transform', source, quantity)}), 0)`), 'BIGINT'),
  someOf: (source, condition) => infix(LEVEL.comparison, duckdb.countOf(source, condition), '>', atom('0')),
  everyOf: (source, condition) => infix(LEVEL.comparison, duckdb.countOf(source, not(condition)), '=', atom('0')),
  places,
  filterOf: (source, condition) => atom(`list_filter(${places(source).text}, lambda nth: ${condition.text})`),
  sortOf(source, { by, isDate }, order) {
    const isUp = order === 'ascending'
    const key = isDate ? `date_diff('day', DATE '1970-01-01', ${by.text})` : by.text
    const keys = `{'key': ${isUp ? key : `-(${key})`}, 'place': place, 'nth': nth}`
    const sorted = `list_sort(list_transform(${places(source).text}, lambda nth, place: ${keys}))`
    return atom(`list_transform(${sorted}, lambda sorted: sorted.nth)`)
  },
  firstOf: (list, count) => atom(`(${list.text})[1:${count.text}]`),
  mapOf: (source, each) => atom(overItems('list_transform', source, each)),
  itemsOf(endings, fields) {
    const pairs = [...fields].map(([name, text]) => `${textLiteral(name)}: ${text}`)
    return atom(`list_transform(${endings.text}, lambda ending, nth: {${pairs.join(', ')}})`)
  },
  sumOfList: (list) => atom(`list_sum(${list.text})`),
}

function typeOf(unit: FactUnit, fieldNames: ReadonlyMap<string, string>): string {
  if (unit.kind !== 'list') return scalarType(unit.kind === 'optional' ? unit.unit : unit)
  if (unit.item.kind !== 'record') return `${scalarType(unit.item)}[]`
  const fields = Object.entries(unit.item.fields).map(
    ([field, fieldUnit]) => `${quoted(nameIn(fieldNames, field))} ${typeOf(fieldUnit, fieldNames)}`,
  )
  return `STRUCT(${fields.join(', ')})[]`
}

function scalarType(unit: ScalarUnit): string {
  switch (unit.kind) {
    case 'date':
      return 'DATE'
    case 'flag':
      return 'BOOLEAN'
    case 'choice':
    case 'text':
      return 'VARCHAR'
    default:
      return 'BIGINT'
  }
}

function places({ column, chosen }: ItemSource): Term {
  return chosen ?? atom(`range(1, len(${column}) + 1)`)
}

function overItems(name: string, { column, chosen }: ItemSource, { text }: Term): string {
  if (chosen !== undefined) return `${name}(${chosen.text}, lambda nth: ${text})`
  return `${name}(${column}, lambda ${/\bnth\b/.test(text) ? 'item, nth' : 'item'}: ${text})`
}
