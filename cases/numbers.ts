import { sql } from 'kysely'
import { checkDigit, must, type Work } from '../ground/door.ts'

/**
 * A new case number, unique in the nation since regions tell each other of their cases by it: prefix, the two digits of the node's province,
 * date of opening, seven digits and a check digit over all digits, e.g. `CL32202605110000017` + check digit. Numbers may have gaps: one is
 * used up by an opening that failed.
 */
export async function newCaseNumber(work: Work, prefix: string): Promise<string> {
  const { rows } = await sql<{ running: number }>`select nextval('cases.number_sequence') as running`.execute(work.db)
  const running = String(must(rows[0], 'a running number').running).padStart(7, '0')
  const digits = `${work.node.region.slice(0, 2)}${work.today.replaceAll('-', '')}${running}`
  return `${prefix}${digits}${checkDigit(digits)}`
}
