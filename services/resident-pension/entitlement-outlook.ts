import { asActor, Refusal, systemActor, type Work } from '../../ground/door.ts'
import { contributionsOf, getPerson } from '../../people/door.ts'
import type { EntitlementRule, ServiceTools } from '../contract.ts'
import { type DecidedEntitlement, decideEntitlement, entitlementOf } from './entitlement.ts'
import { pensionFlowId } from './flow/state.ts'

const purpose = 'resident pension'

/** The pension, for whoever looks for what they can get. Refusals `pension_open`, and `never_paid_resident_pension` where nothing was ever paid in. */
export function pensionEntitlement(tools: ServiceTools): EntitlementRule {
  return {
    id: pensionFlowId,
    title: { zh: '城乡居民养老金', en: 'Resident pension' },
    path: '/services/pension/resident',
    async decide(work, { personId }) {
      const { agency } = await getPerson(work, personId, purpose)
      await requireConcerned(work, tools, personId)
      const decided = await decideEntitlement(work, tools, { personId, agency, askedOn: work.today })
      if (decided.ruling.decision.outcome !== 'granted') return { ruling: decided.ruling }
      const amountFen = await monthFen(work, tools, agency, decided)
      return { ruling: decided.ruling, pays: { amountFen, per: 'month' } }
    },
  }
}

async function requireConcerned(work: Work, { cases }: ServiceTools, personId: string): Promise<void> {
  const [open] = await cases().find(work, { flow: pensionFlowId, personId, open: true, limit: 1 })
  if (open) throw new Refusal('pension_open', { params: { number: open.number } })
  const rows = await contributionsOf(work, personId, { insurance: 'resident_pension' }, purpose)
  if (rows.length === 0) throw new Refusal('never_paid_resident_pension', { clause: 'SC8.7' })
}

/** What the rule of months gives for a month that begins today. */
async function monthFen(
  work: Work,
  { rulebook }: Pick<ServiceTools, 'rulebook'>,
  agency: string,
  { ruling, yearsPaid }: DecidedEntitlement,
): Promise<number> {
  const { accountMonthFen } = entitlementOf(ruling)
  const facts = { standing: 'alive', authenticated: true, accountMonthFen, yearsPaid }
  const question = { policy: 'resident-pension-month', on: work.today, insuredRegion: agency, facts }
  const { decision } = await asActor(work, systemActor, (node) => rulebook.decide(node, question))
  return Number(decision.results.monthFen?.value ?? 0)
}
