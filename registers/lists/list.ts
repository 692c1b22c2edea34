import { z } from 'zod'
import { type BothLanguages, isPlainDate, type PlainDate, type Problem, type Work } from '../../ground/door.ts'
import { findRegion } from '../../law/door.ts'
import { isDecimal } from './decimals.ts'

/** A row as a file holds it: texts, in lists and under names. Numbers and days are read out of texts, so nothing is lost on the way. */
export type Tree = string | Tree[] | { [name: string]: Tree }

/** The lists that are imported from files. */
export type ListId =
  | 'targets'
  | 'actuals'
  | 'activities'
  | 'figures'
  | 'actors'
  | 'counters'
  | 'policy-items'
  | 'training-projects'
  | 'pilot-items'
  | 'pilot-plans'

/** What every row of every list has. */
export type ListedRow = {
  id: string
  region: string
  source: string
  requirement?: string
  note?: BothLanguages
  assumed?: 'true' | 'false'
  withdrawn?: BothLanguages
}

/** What a reader is told of a row on a day: its name, how it stands, and what should be known or is missing. */
export type ToldRow = { name: BothLanguages; state: BothLanguages | null; notes: BothLanguages[] }

/** What stands against a row that parses. `index` counts the rows of the import from 0; `path` is the field. */
export type RowProblem = Omit<Problem, 'path'> & { index: number; path: string }

/**
 * A list that is imported from files: what its rows hold and what is told of them. `problemsOf` holds rules that need other rows; `step` is what
 * another officer does to a row (approve, release, submit): `taken` answers the row after it, or throws the `Refusal` why not; `mark` is the field
 * that says it was taken.
 */
export type List<Row extends ListedRow = ListedRow> = {
  id: ListId
  title: BothLanguages
  schema: z.ZodType<Row>
  tell(row: Row, today: PlainDate): ToldRow
  problemsOf?(work: Work, rows: readonly Row[]): Promise<RowProblem[]>
  step?: { title: BothLanguages; mark: string; isNext(row: Row): boolean; taken(row: Row, on: PlainDate): Row }
}

/** Words of both languages. */
export const bothFields = z.strictObject({ zh: text(), en: text() })

/** A day `YYYY-MM-DD`. */
export const dayField = z.string().refine(isPlainDate, { error: '日期 YYYY-MM-DD / a day YYYY-MM-DD' })

/** A number written out, with at most four places behind the point. */
export const decimalField = z
  .string()
  .refine(isDecimal, { error: '数字，如 45200000 或 0.846 / a number like 45200000' })

/** Yes or no. */
export const flagField = z.enum(['true', 'false'])

/** The fields of `ListedRow`. `withdrawn` says why a row no longer counts; it stays in the list's history. */
export const rowFields = {
  id: z
    .string()
    .regex(/^[a-z0-9]+([-@.][a-z0-9]+)*$/, { error: '小写字母、数字和连字符 / small letters, digits, hyphens' }),
  region: z.string().refine((code) => findRegion(code) !== undefined, {
    error: '六位行政区划代码 / a region code of six digits (GB/T 2260)',
  }),
  source: text(),
  requirement: z
    .string()
    .regex(/^[A-M]\d+(\.\d+)?$/, { error: '要求编号，如 C7.02 / a requirement like C7.02' })
    .exactOptional(),
  note: bothFields.exactOptional(),
  assumed: flagField.exactOptional(),
  withdrawn: bothFields.exactOptional(),
}

/** A text that is not empty. */
export function text() {
  return z.string().min(1, { error: '不能为空 / not empty' })
}
