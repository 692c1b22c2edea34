import type { ColumnType } from 'kysely'
import { addDays, asActor, type Id, type PlainDate, systemActor, type Work } from '../../ground/door.ts'

type Fixed<T> = ColumnType<T, T, never>

type ReportTables = {
  'svc_message_check.reported_message': {
    id: Fixed<Id>
    reported_on: Fixed<PlainDate>
    level: Fixed<string>
    signs: Fixed<string[]>
    hosts: Fixed<string[]>
    signs_version: Fixed<PlainDate>
  }
}

const hostsMax = 20

/** What is kept of a reported message: its signs and the sites it leads to. */
export type MessageReport = { level: string; signs: string[]; hosts: string[]; signsVersion: PlainDate }

/** Keeps a report; nothing of the message's words and nobody's name. */
export function recordReport(work: Work, { level, signs, hosts, signsVersion }: MessageReport): Promise<void> {
  return asActor(work, systemActor, async ({ db, today, newId }) => {
    const row = { id: newId(), reported_on: today, level, signs, hosts: hosts.slice(0, hostsMax) }
    await db
      .withTables<ReportTables>()
      .insertInto('svc_message_check.reported_message')
      .values({ ...row, signs_version: signsVersion })
      .execute()
  })
}

/** How often something was reported. */
export type ReportCount = { what: string; count: number }

/** What was reported in the last days: how many messages, and how often each sign and each site. */
export async function countReports(
  { db, today }: Work,
  days: number,
): Promise<{ messages: number; signs: ReportCount[]; hosts: ReportCount[] }> {
  const rows = await db
    .withTables<ReportTables>()
    .selectFrom('svc_message_check.reported_message')
    .select(['signs', 'hosts'])
    .where('reported_on', '>', addDays(today, -days))
    .execute()
  return {
    messages: rows.length,
    signs: countsOf(rows.flatMap(({ signs }) => signs)),
    hosts: countsOf(rows.flatMap(({ hosts }) => hosts)),
  }
}

function countsOf(names: readonly string[]): ReportCount[] {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].map(([what, count]) => ({ what, count })).sort((one, other) => other.count - one.count)
}
