import {
  addMonths,
  attemptApart,
  type Instant,
  monthOf,
  type PlainDate,
  Refusal,
  type Work,
} from '../../ground/door.ts'
import { benefitRecipients } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'
import { benefitKind } from './claim-facts.ts'

type Tables = { 'svc_unemployment_protection.price_subsidy_month': { month: PlainDate; ordered_at: Instant } }

/**
 * C4-t2: a month for which the price subsidy is called after recipients were paid: each of them is decided again and gets one line more. Looks at
 * this month and the last, because prices are known afterwards; once for each month. Whoever's case cannot be decided now (an objection is
 * open) keeps the month open for the next turn; the others are not kept waiting.
 */
export async function orderPriceSubsidies(work: Work, tools: ServiceTools): Promise<void> {
  for (const monthsBack of [1, 0]) {
    const month = `${monthOf(addMonths(work.today, -monthsBack))}-01`
    if ((await isCalled(work, tools, month)) && !(await isOrdered(work, month))) await orderMonth(work, tools, month)
  }
}

/** Where no value is in force (another province) no subsidy is called. */
async function isCalled(work: Work, { rulebook }: ServiceTools, on: PlainDate): Promise<boolean> {
  try {
    const called = await rulebook.valueOf(work, 'priceSubsidyTriggered', { on, insuredRegion: work.node.region })
    return called.value === true
  } catch (error) {
    if (error instanceof Refusal && error.code === 'value_not_in_force') return false
    throw error
  }
}

async function isOrdered(work: Work, month: PlainDate): Promise<boolean> {
  const ordered = await work.db
    .withTables<Tables>()
    .selectFrom('svc_unemployment_protection.price_subsidy_month')
    .select('month')
    .where('month', '=', month)
    .executeTakeFirst()
  return ordered !== undefined
}

async function orderMonth(work: Work, { cases }: ServiceTools, month: PlainDate): Promise<void> {
  let isWhole = true
  const query = { kind: benefitKind, month: monthOf(month) }
  for await (const recipients of benefitRecipients(work, query, 'price subsidy')) {
    for (const { caseId } of recipients) {
      const { file } = await cases().get(work, caseId)
      const decided = await attemptApart(work, (part) =>
        cases().take(part, {
          caseId,
          step: 'recalculate',
          body: { because: 'value', cause: `priceSubsidyTriggered ${monthOf(month)}` },
          expectedSeq: file.seq,
          idempotencyKey: `price-subsidy:${month}`,
        }),
      )
      if ('code' in decided) isWhole = false
    }
  }
  if (!isWhole) return
  await work.db
    .withTables<Tables>()
    .insertInto('svc_unemployment_protection.price_subsidy_month')
    .values({ month, ordered_at: work.now })
    .execute()
}
