import { sql } from 'kysely'
import { must } from './errors.ts'
import { isAhead, type Statement } from './sparing-pool.ts'

/** Statements of one text, asked as one. `partsOf` gives each of them what it would have got alone, in their order. */
export type Merged<Asked extends Statement> = Statement & {
  of: readonly Asked[]
  partsOf(rows: readonly object[]): ReadonlyArray<readonly object[]>
}

const rowsMark = '/* rows together */'

/**
 * Stands at the head of a statement on rows that it is given as lists (`json_to_recordset($1::json)`): side by side the lists of several become one. Each
 * of them gets the rows of all, and takes from them those of its own; its other values are everybody's.
 */
export const rowsTogether = sql.raw(rowsMark)

/**
 * Makes of statements of one text as few as can be, in their order: of rows that are only inserted, and whose answer nobody needs, one insert; of
 * selections one that has each of them as a part; of statements on given rows (`rowsTogether`) one on all rows. What is none of these stands alone.
 */
export function mergeAlike<Asked extends Statement>(statements: readonly Asked[]): Merged<Asked>[] {
  const lists = listsOf(statements)
  if (lists) return [lists]
  const form = formOf(statements[0]?.text ?? '')
  const merged: Merged<Asked>[] = []
  for (let at = 0, many = 0; at < statements.length; at += many) {
    many = form ? mergedCount(statements.length - at, statements[at]?.values.length ?? 0) : 1
    merged.push(merge(form, statements.slice(at, at + many)))
  }
  return merged
}

/** 1, 2, 4, 8 or 16 go together, so that PostgreSQL has few texts to know. */
export const mergedMax = 16
/** As many as PostgreSQL's protocol can count. */
const valuesMax = 65_535

function mergedCount(left: number, values: number): number {
  let many = mergedMax
  while (many > 1 && (many > left || many * values > valuesMax)) many /= 2
  return many
}

/** A value that is a list. */
const listPlace = /\$(\d+)::json\b/g

function listsOf<Asked extends Statement>(of: readonly Asked[]): Merged<Asked> | undefined {
  const [first, ...others] = of
  if (!first?.text.startsWith(rowsMark) || others.length === 0) return undefined
  const { text, values } = first
  const places = new Set(Array.from(text.matchAll(listPlace), ([, number]) => Number(number) - 1))
  const isSame = others.every((other) => values.every((value, at) => places.has(at) || value === other.values[at]))
  if (!isSame) return undefined
  const joined = values.map((value, at) => (places.has(at) ? joinedList(of.map((each) => each.values[at])) : value))
  return { of, text, values: joined, partsOf: (rows) => of.map(() => rows) }
}

function joinedList(lists: readonly unknown[]): string {
  const inner = lists.map((list) => String(list).trim().slice(1, -1))
  return `[${inner.filter((items) => items !== '').join(',')}]`
}

type Form = { merge(count: number, values: number): string; isSelection: boolean; texts: Map<number, string> }

/** What is known of texts, and how many are kept: lists of many lengths make many. */
const forms = new Map<string, Form | null>()
const formsMax = 2000

function formOf(text: string): Form | null {
  const known = forms.get(text)
  if (known !== undefined) return known
  if (forms.size === formsMax) forms.clear()
  const form = insertion(text) ?? selection(text)
  forms.set(text, form)
  return form
}

function insertion(text: string): Form | null {
  if (!isAhead(text)) return null
  const [, head, rows, tail] = insertOfRows.exec(text) ?? []
  if (head === undefined || rows === undefined) return null
  const all = (count: number, values: number) => repeated(rows, count, values).join(', ')
  return { merge: (count, values) => `${head}${all(count, values)}${tail}`, isSelection: false, texts: new Map() }
}

const insertOfRows =
  /^(insert into \S+ \([^()]*\) values )(\([^()]*\)(?:, \([^()]*\))*)((?: on conflict do nothing)? \/\* .*)$/

/** Functions in it may do something (take a number, a lock): each part is run once, as it would be alone. */
function selection(text: string): Form | null {
  if (!/^select\b/i.test(text) || text.includes('$$') || isAhead(text)) return null
  return {
    merge: (count, values) =>
      repeated(text, count, values)
        .map((part, place) => `SELECT ${place} AS merged_place, part.* FROM (${part}) AS part`)
        .join(' UNION ALL '),
    isSelection: true,
    texts: new Map(),
  }
}

/** The text as often as asked, each with the numbers of its own values. */
function repeated(text: string, count: number, values: number): string[] {
  return Array.from({ length: count }, (_, place) =>
    text.replaceAll(/\$(\d+)/g, (_all, number: string) => `$${Number(number) + place * values}`),
  )
}

function merge<Asked extends Statement>(form: Form | null, of: readonly Asked[]): Merged<Asked> {
  const { text, values } = must(of[0], 'a statement')
  const count = of.length
  if (!form || count === 1) return { of, text, values, partsOf: (rows) => [rows] }
  const mergedText = form.texts.get(count) ?? form.merge(count, values.length)
  form.texts.set(count, mergedText)
  return {
    of,
    text: mergedText,
    values: of.flatMap((each) => each.values),
    partsOf: (rows) => parted(form.isSelection ? rows : [], count),
  }
}

/** Parts the rows of merged selections. */
function parted(rows: readonly object[], count: number): object[][] {
  const parts: object[][] = Array.from({ length: count }, () => [])
  for (const merged of rows) {
    const { merged_place: place, ...row }: { merged_place?: unknown } = merged
    parts[Number(place)]?.push(row)
  }
  return parts
}
