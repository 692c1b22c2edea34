import { asActor, type Id, type PlainDate, systemActor, type Work } from '../../ground/door.ts'
import type { Ruling } from '../../law/door.ts'
import { contributionsOf, getPerson } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'
import type { Entitlement } from './flow/state.ts'

const purpose = 'resident pension'
const monthsOfYear = 12

/** What the rule says of somebody, from which registers (message code `register.<name>`), and for how many years they paid. */
export type DecidedEntitlement = { ruling: Ruling; sources: Record<string, string>; yearsPaid: number }

/** Decides whether somebody may draw the pension, by what registers hold now and the law of the day it was asked. */
export function decideEntitlement(
  work: Work,
  { rulebook }: Pick<ServiceTools, 'rulebook'>,
  { personId, agency, askedOn }: { personId: Id; agency: string; askedOn: PlainDate },
): Promise<DecidedEntitlement> {
  return asActor(work, systemActor, async (system) => {
    const { birthOn, retiredOn } = await getPerson(system, personId, purpose)
    const rows = await contributionsOf(system, personId, { insurance: 'resident_pension' }, purpose)
    const paid = rows.flatMap(({ month, baseFen, paidOn }) => (paidOn === null ? [] : { month, baseFen, paidOn }))
    const monthsPaid = new Set(paid.map(({ month }) => month)).size
    const yearsPaid = Math.floor(monthsPaid / monthsOfYear)
    const ruling = await rulebook.decide(system, {
      policy: 'resident-pension',
      on: askedOn,
      insuredRegion: agency,
      facts: {
        bornOn: birthOn,
        askedOn,
        completedOn: paid.reduce((last, { paidOn }) => (paidOn > last ? paidOn : last), birthOn),
        monthsPaid,
        paidFen: paid.reduce((sum, { baseFen }) => sum + baseFen, 0),
        subsidisedYears: yearsPaid,
        drawsOtherPension: retiredOn !== null && retiredOn <= work.today,
      },
    })
    const sources = {
      bornOn: 'persons',
      completedOn: 'contribution_records',
      monthsPaid: 'contribution_records',
      paidFen: 'contribution_records',
      subsidisedYears: 'contribution_records',
      drawsOtherPension: 'persons',
    }
    return { ruling, sources, yearsPaid }
  })
}

/** What of a ruling the steps need. The rule has no division: what the account comes to a month is found here, to the nearest fen. */
export function entitlementOf({ decision: { outcome, reason, because, results } }: Ruling): Entitlement {
  const { qualifiedOn, accountFen, accountMonths } = results
  const total = Number(accountFen?.value ?? 0)
  return {
    outcome,
    reason: reason ?? null,
    because,
    qualifiedOn: qualifiedOn === undefined ? null : String(qualifiedOn.value),
    accountFen: total,
    accountMonthFen: accountMonths === undefined ? 0 : Math.round(total / Number(accountMonths.value)),
  }
}
