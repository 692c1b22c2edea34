import { asActor, type Id, systemActor, type Work } from '../../ground/door.ts'
import { provinceOf, type Ruling } from '../../law/door.ts'
import { getPerson } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'
import { paidMonths, type TransferAnswers } from './flow/in-state.ts'
import { beginningOf } from './relation-facts.ts'

/** What the rule of the new region says about somebody who asks, and from which register each fact comes (message code `register.<name>`). */
export type TransferRuling = { ruling: Ruling; sources: Record<string, string> }

/** Decides an application by what registers hold now. */
export function decideTransferIn(
  work: Work,
  { rulebook }: Pick<ServiceTools, 'rulebook'>,
  { personId, answers }: { personId: Id; answers: TransferAnswers },
): Promise<TransferRuling> {
  return asActor(work, systemActor, async (system) => {
    const person = await getPerson(system, personId, 'transfer of the pension relation')
    const months = (await paidMonths(system, personId)).filter(({ receivedFrom }) => receivedFrom === null)
    const province = provinceOf(work.node.region).code
    const ruling = await rulebook.decide(system, {
      policy: 'pension-transfer-in',
      on: work.today,
      insuredRegion: province,
      facts: {
        sameProvince: provinceOf(answers.fromRegion).code === province,
        drawsPension: person.retiredOn !== null && person.retiredOn <= work.today,
        // What an earlier transfer brought was not paid here.
        monthsPaidHere: new Set(months.map(({ month }) => month)).size,
        ...(await beginningOf(system, personId)),
        overlapAgreed: answers.overlapAgreed,
      },
    })
    return {
      ruling,
      sources: {
        drawsPension: 'persons',
        monthsPaidHere: 'contribution_records',
        homeRegionHere: 'persons',
        sex: 'persons',
        ageMonthsAtFirst: 'contribution_records',
      },
    }
  })
}
