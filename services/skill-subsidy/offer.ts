import { type Benefit, decideApplication } from '../../benefits/door.ts'
import { asActor, type Id, Refusal, systemActor, type Work } from '../../ground/door.ts'
import { type Certificate, certificatesOf } from '../../people/door.ts'
import { occupationsByCode } from '../../registers/door.ts'
import type { OfferedOccasion, OfferRule, ServiceTools } from '../contract.ts'
import { inForce } from './subsidy.ts'

const levels = new Map([
  [5, { zh: '初级工', en: 'junior worker' }],
  [4, { zh: '中级工', en: 'intermediate worker' }],
  [3, { zh: '高级工', en: 'senior worker' }],
  [2, { zh: '技师', en: 'technician' }],
  [1, { zh: '高级技师', en: 'senior technician' }],
])

/** Offered for each certificate that would be paid now: which it is, and the sum. */
export function certificateOffer(tools: ServiceTools, benefit: Benefit): OfferRule {
  return {
    id: 'certificate',
    title: { zh: '您的技能证书可以领补贴', en: 'Your skill certificate earns a subsidy' },
    text: {
      zh: '登记簿里新登记了您的职业技能证书，按规定可以领取技能提升补贴，不用填表。',
      en: 'A skill certificate of yours was recorded; by the rule it earns the skill-upgrade subsidy, and nothing is asked.',
    },
    path: `/benefits/${benefit.id}`,
    event: { kind: 'certificate_recorded' },
    isDue: (work, { personId, reference }) =>
      asActor(work, systemActor, (node) => paidFor(node, tools, benefit, { personId, certificateId: reference })),
  }
}

type Question = { personId: Id; certificateId: Id }

async function paidFor(
  work: Work,
  tools: ServiceTools,
  benefit: Benefit,
  { personId, certificateId }: Question,
): Promise<OfferedOccasion | false> {
  try {
    const party = { kind: 'person' as const, id: personId }
    const agency = await benefit.agencyOf(work, party, work.today)
    const application = { party, agency, answers: {}, appliedOn: work.today }
    const { ruling } = await decideApplication(work, tools, benefit, application)
    const certificates = inForce(await certificatesOf(work, personId, { to: work.today }, 'skill subsidy'), work.today)
    const index = certificates.findIndex((each) => each.certificateId === certificateId)
    const [certificate, item] = [certificates[index], ruling.decision.items?.outcomes[index]]
    const amount = item?.results.amountFen?.value
    if (certificate === undefined || item?.outcome !== 'granted' || typeof amount !== 'number') return false
    return { text: await textOf(work, certificate), amountFen: amount }
  } catch (error) {
    // Nobody here is responsible, no rule for this region.
    if (error instanceof Refusal) return false
    throw error
  }
}

async function textOf(work: Work, { occupation, level, issuedOn }: Certificate) {
  const known = (await occupationsByCode(work, [occupation])).get(occupation)
  const names = levels.get(level) ?? { zh: '', en: '' }
  return {
    zh: `凭 ${issuedOn} 取得的${known?.nameZh ?? '职业技能'}（${names.zh}）证书，可以领取技能提升补贴，不用填表。`,
    en: `Your certificate as ${known?.nameEn ?? 'skilled'} ${names.en} of ${issuedOn} earns the subsidy; nothing is asked.`,
  }
}
