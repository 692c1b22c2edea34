import type { BenefitTools } from '../../benefits/door.ts'
import { asActor, type Id, type PlainDate, systemActor, type Work } from '../../ground/door.ts'
import { yearsAway } from './placements.ts'

/** Somebody to whom the rule grants a subsidy of the year and who was not paid it; with the case that is under way, where there is one. */
export type Due = { personId: Id; amountFen: number; caseNumber: string | null; status: string | null }

/** C6.02: everything due is paid. Lists whom the rule grants a subsidy on a day and who was not paid it in that year. */
export function dueNotPaid(
  work: Work,
  { rulebook, cases }: BenefitTools,
  { benefit, on }: { benefit: string; on: PlainDate },
): Promise<Due[]> {
  return asActor(work, systemActor, async (node) => {
    const rows = await cases().find(node, { flow: benefit, limit: 10_000 })
    const ofYear = rows.filter(({ summary }) => summary.occasion === on.slice(0, 4))
    const due: Due[] = []
    for (const { personId, ...facts } of await yearsAway(node, { on })) {
      const own = ofYear.filter(({ subject }) => subject.personId === personId)
      if (own.some(({ status }) => status === 'paid')) continue
      const { decision } = await rulebook.decide(node, {
        policy: benefit,
        on,
        insuredRegion: node.node.region,
        facts,
      })
      if (decision.outcome !== 'granted') continue
      const open = own.find(({ status }) => !['withdrawn', 'not_accepted', 'refused'].includes(status))
      due.push({
        personId,
        amountFen: decision.amountFen ?? 0,
        caseNumber: open?.number ?? null,
        status: open?.status ?? null,
      })
    }
    return due
  })
}
