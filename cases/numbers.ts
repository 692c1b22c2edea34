import { sql } from 'kysely'
import { checkDigit, must, type Work } from '../ground/door.ts'

/**
 * A new case number, unique on its node: prefix, date of opening, seven digits and a check digit over all digits, e.g.
 * `CL202605110000017` + check digit. Numbers may have gaps: one is used up by an opening that failed.
 */
export async function newCaseNumber(work: Work, prefix: string): Promise<string> {
  const { rows } = await sql<{ running: number }>`select nextval('cases.number_sequence') as running`.execute(work.db)
  const running = String(must(rows[0], 'a running number').running).padStart(7, '0')
  const digits = `${work.today.replaceAll('-', '')}${running}`
  return `${prefix}${digits}${checkDigit(digits)}`
}
