import { addMonths, attemptApart, type Instant, type PlainDate, type Work } from '../../ground/door.ts'
import { nationCode } from '../../law/door.ts'
import { type InsuredPerson, insuredPeople } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'
import { decideEntitlement } from './entitlement.ts'
import { type PensionStatus, pensionFlowId } from './flow/state.ts'

const withoutPension: readonly string[] = ['refused', 'not_accepted', 'withdrawn'] satisfies PensionStatus[]

type Tables = { 'svc_resident_pension.finding': { day: PlainDate; found_at: Instant } }

/**
 * Nobody who is due is left out (应发尽发): once a day everybody insured who has reached the age is decided, but for whom a case is open, has paid, or was
 * found before; whoever the rule grants gets a case on the counter's desk and is told, without an application. One who cannot be opened now is looked
 * at again the next day.
 */
export async function findDue(work: Work, tools: ServiceTools): Promise<void> {
  if (work.node.region === nationCode || !(await isFirstOfDay(work))) return
  const question = { on: work.today, insuredRegion: work.node.region }
  const age = await tools.rulebook.valueOf(work, 'pensionAgeMonths', question)
  const bornBy = addMonths(work.today, -Number(age.value))
  const people = insuredPeople(work, { insurance: 'resident_pension', on: work.today, bornBy }, 'resident pension')
  for await (const page of people) for (const person of page) await openWhereDue(work, tools, person)
}

async function isFirstOfDay(work: Work): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await work.db
    .withTables<Tables>()
    .insertInto('svc_resident_pension.finding')
    .values({ day: work.today, found_at: work.now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

async function openWhereDue(work: Work, tools: ServiceTools, { personId, agency }: InsuredPerson): Promise<void> {
  const cases = await tools.cases().find(work, { flow: pensionFlowId, personId })
  // Whoever applied too early was refused, and is found when it is time.
  if (cases.some(({ status, summary }) => summary.broughtBy === 'found' || !withoutPension.includes(status))) return
  const { ruling } = await decideEntitlement(work, tools, { personId, agency, askedOn: work.today })
  if (ruling.decision.outcome !== 'granted') return
  await attemptApart(work, (part) =>
    tools.cases().open(part, {
      flow: pensionFlowId,
      step: 'find',
      subject: { personId },
      agency,
      idempotencyKey: `resident-pension:${personId}`,
      body: { personId },
    }),
  )
}
