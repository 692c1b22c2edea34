import { recipientOf } from '../../benefits/door.ts'
import type { RiskHit } from '../../cases/door.ts'
import { asActor, monthsBetween, systemActor, type Work } from '../../ground/door.ts'
import { benefitSpellsOf, employmentsOf } from '../../people/door.ts'
import { listControlRules } from '../../registers/door.ts'
import type { ServiceTools } from '../contract.ts'
import { benefitKind } from './claim-facts.ts'
import type { ClaimFile } from './claim-state.ts'

const purpose = 'control rules of unemployment benefit'

/** The control rules that a claim hits at acceptance (B3.09): what the fund has been cheated by before. Officers are told; nobody is held up. */
export function assessClaim(work: Work, { rulebook }: ServiceTools, file: ClaimFile): Promise<RiskHit[]> {
  const personId = recipientOf(file)
  return asActor(work, systemActor, async (node) => {
    const ended = (await employmentsOf(node, personId, {}, purpose)).filter(({ to }) => to !== null)
    const last = ended.at(-1)
    const question = { on: work.today, insuredRegion: file.agency }
    const shortest = Number((await rulebook.valueOf(node, 'riskEmploymentMonths', question)).value)
    const earlier = await benefitSpellsOf(node, personId, { kind: benefitKind }, purpose)
    const hits: Record<string, boolean> = {
      ui_short_employment: last?.to != null && monthsBetween(last.from, last.to) < shortest,
      ui_earlier_benefit: earlier.length > 0,
    }
    const rules = await listControlRules(node, 'unemployment-protection', work.today)
    return rules.filter(({ code }) => hits[code]).map(({ code, level }) => ({ rule: code, level }))
  })
}
