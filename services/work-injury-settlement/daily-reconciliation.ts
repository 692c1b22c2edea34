import { sql } from 'kysely'
import type { z } from 'zod'
import { sendMessage } from '../../exchange/door.ts'
import type { PlainDate, Work } from '../../ground/door.ts'
import type { ServiceTools } from '../contract.ts'
import { closeDifference, openDifference } from './differences.ts'
import { settlementOf } from './flow/stay-books.ts'
import { tellSettlement } from './flow/stay-telling.ts'
import type { FlowSet } from './flow-set.ts'
import { raiseAlert } from './host-handlers.ts'
import { type dayAnswerMessage, type dayListMessage, messageKinds } from './messages-between.ts'
import { findSettlement, listSettlements } from './settlements.ts'
import { type SettlementRow, serviceTables } from './tables.ts'

type DayList = z.infer<typeof dayListMessage>
type DayAnswer = z.infer<typeof dayAnswerMessage>

/** A settlement as it is compared. */
export type ComparedSettlement = DayList['items'][number]

/**
 * Host lists, for every day that is over and to each partner whose insured it concerns, the settlements whose newest revision is of that day
 * (日对账). Days that were missed, e.g. because the node was down, are made up for.
 */
export async function listDays(work: Work): Promise<void> {
  const lists = Map.groupBy(await unlistedSettlements(work), (row) => `${row.changed_on} ${row.insured_region}`)
  for (const rows of lists.values()) await listDay(work, rows)
}

async function unlistedSettlements(work: Work): Promise<SettlementRow[]> {
  const reported = serviceTables(work)
    .selectFrom('svc_work_injury_settlement.daily_report')
    .select(({ fn, val }) => fn.coalesce(fn.max('day'), sql<PlainDate>`${val('0001-01-01')}::date`).as('day'))
  return serviceTables(work)
    .selectFrom('svc_work_injury_settlement.settlement')
    .selectAll()
    .where('side', '=', 'host')
    .where('insured_region', '<>', work.node.region)
    .where('changed_on', '<', work.today)
    .where('changed_on', '>', reported)
    .orderBy('changed_on')
    .orderBy('number')
    .execute()
}

async function listDay(work: Work, rows: SettlementRow[]): Promise<void> {
  const [first] = rows
  if (!first) return
  const { changed_on: day, insured_region: partner } = first
  await serviceTables(work)
    .insertInto('svc_work_injury_settlement.daily_report')
    .values({ day, partner, reported_at: work.now, answered_at: null, difference_count: null })
    .execute()
  const body: DayList = { day, items: rows.map(compared) }
  await sendMessage(work, { to: partner, kind: messageKinds.dayList, version: 1, about: `${day}:${partner}`, body })
  await work.reach('host.day.listed')
}

/** Home holds a day's list against its own books and always answers: with what it has otherwise, or that there is no difference. */
export async function compareDay(
  work: Work,
  tools: ServiceTools,
  { from, body }: { from: string; body: DayList },
): Promise<void> {
  const differences: DayAnswer['differences'] = []
  for (const there of body.items) {
    const row = await findSettlement(work, 'home', there.settlementNumber)
    const kind = differenceOf(row, there, body.day)
    if (kind) differences.push({ settlementNumber: there.settlementNumber, kind, here: row ? compared(row) : null })
    else await closeDifference(work, tools, there.settlementNumber)
  }
  const listed = new Set(body.items.map(({ settlementNumber }) => settlementNumber))
  const ours = await listSettlements(work, { side: 'home', treatmentRegion: from, changedOn: body.day })
  for (const row of ours.filter(({ number }) => !listed.has(number))) {
    differences.push({ settlementNumber: row.number, kind: 'missing_there', here: compared(row) })
  }
  for (const difference of differences) {
    if (!healsByItself(difference, body))
      await openDifference(work, tools, { side: 'home', partner: from, ...difference })
  }
  await sendMessage(work, {
    to: from,
    kind: messageKinds.dayAnswer,
    version: 1,
    about: `${body.day}:${work.node.region}`,
    body: { day: body.day, differences },
  })
  await work.reach('home.day.answered')
}

/** Host notes the answer, tells again what home has otherwise, and puts before people what it does not have itself. */
export async function answerDifferences(
  work: Work,
  tools: ServiceTools,
  flows: FlowSet,
  { from, body }: { from: string; body: DayAnswer },
): Promise<void> {
  await serviceTables(work)
    .updateTable('svc_work_injury_settlement.daily_report')
    .set({ answered_at: work.now, difference_count: body.differences.length })
    .where('day', '=', body.day)
    .where('partner', '=', from)
    .execute()
  for (const difference of body.differences) {
    const row = await findSettlement(work, 'host', difference.settlementNumber)
    if (row) await tellAgain(work, tools, flows, row)
    else {
      await openDifference(work, tools, { side: 'host', partner: from, ...difference })
      await raiseAlert(work, 'alert.settlement_forgotten', difference.settlementNumber, { partner: from })
    }
  }
}

/** The newest state once more; one that was replaced by a later settlement of the stay is told by that one's messages. */
async function tellAgain(work: Work, tools: ServiceTools, flows: FlowSet, row: SettlementRow): Promise<void> {
  const file = await tools.cases().getOf(work, flows.stay, row.case_id)
  if (settlementOf(file).number === row.number) await tellSettlement(work, file, settlementOf(file), row.changed_on)
}

function compared(row: SettlementRow): ComparedSettlement {
  return {
    settlementNumber: row.number,
    revision: row.revision,
    state: row.state,
    fundFen: row.fund_fen,
    deductedFen: row.deducted_fen,
  }
}

function differenceOf(row: SettlementRow | undefined, there: ComparedSettlement, day: PlainDate) {
  if (!row) return 'missing_here'
  // What has changed since is in the list of its own day.
  if (row.changed_on > day && row.revision > there.revision) return undefined
  const here = compared(row)
  if (here.revision !== there.revision || here.state !== there.state) return 'state_differs'
  return here.fundFen !== there.fundFen || here.deductedFen !== there.deductedFen ? 'amount_differs' : undefined
}

/** What home does not have yet, or has older, comes when host tells it again. */
function healsByItself({ settlementNumber, here }: DayAnswer['differences'][number], { items }: DayList): boolean {
  const there = items.find((item) => item.settlementNumber === settlementNumber)
  return there !== undefined && (here === null || here.revision < there.revision)
}
