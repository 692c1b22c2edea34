import { z } from 'zod'
import { daysBetween, schemaFen, schemaInstant, type Work } from '../../ground/door.ts'
import { provincesMissingMinimum } from '../../registers/door.ts'
import type { ServiceTools } from '../contract.ts'
import { prepaidUse } from './prepaid.ts'
import { serviceTables } from './tables.ts'

const count = z.object({ flow: z.string(), status: z.string(), count: z.int() })

/** What the supervisor sees first. `daysToPayment`: from discharge to payment of the hospital (A1.21). */
export const overviewAnswer = z.object({
  cases: z.array(count),
  daysToPayment: z.object({ count: z.int(), median: z.int().nullable(), longest: z.int().nullable() }),
  prepaid: z.array(
    z.object({
      partner: z.string(),
      side: z.enum(['paid', 'received']),
      paidFen: schemaFen,
      usedFen: schemaFen,
      usedPpm: z.int(),
      level: z.enum(['none', 'warning', 'urgent', 'exhausted']),
    }),
  ),
  alerts: z.array(
    z.object({
      code: z.string(),
      params: z.record(z.string(), z.unknown()),
      about: z.string(),
      raisedAt: schemaInstant,
    }),
  ),
  missingMinimum: z.array(z.unknown()),
})

/** Figures of this service as far as the actor's agency reaches. */
export async function overview(work: Work, { rulebook, cases }: ServiceTools): Promise<z.infer<typeof overviewAnswer>> {
  return {
    cases: await cases().counts(work, 'work-injury-settlement'),
    daysToPayment: await daysToPayment(work),
    prepaid: await prepaidUse(work, rulebook),
    alerts: await alerts(work),
    missingMinimum: await provincesMissingMinimum(work, [work.node.region], work.today),
  }
}

async function daysToPayment(work: Work) {
  const rows = await serviceTables(work)
    .selectFrom('svc_work_injury_settlement.settlement')
    .select(['discharged_on', 'paid_on'])
    .where('side', '=', 'host')
    .where('state', '=', 'settled')
    .where('paid_on', 'is not', null)
    .execute()
  const days = rows
    .flatMap((row) => (row.paid_on ? [daysBetween(row.discharged_on, row.paid_on)] : []))
    .sort((a, b) => a - b)
  return { count: days.length, median: days[Math.floor((days.length - 1) / 2)] ?? null, longest: days.at(-1) ?? null }
}

async function alerts(work: Work) {
  const rows = await serviceTables(work)
    .selectFrom('svc_work_injury_settlement.alert')
    .selectAll()
    .orderBy('raised_at', 'desc')
    .limit(50)
    .execute()
  return rows.map((row) => ({ code: row.code, params: row.params, about: row.about, raisedAt: row.raised_at }))
}
