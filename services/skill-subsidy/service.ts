import { benefitParts, wouldBeGranted } from '../../benefits/door.ts'
import { defineService } from '../contract.ts'
import { subsidyBenefit } from './subsidy.ts'

/** Skill-upgrade subsidy, Hebei (C3): from the certificates in the register to the money on the card. */
export const service = defineService({
  id: 'skill-subsidy',
  title: { zh: '技能提升补贴', en: 'Skill-upgrade subsidy' },
  summary: {
    zh: '参保职工、领取失业保险金人员取得技能证书后领取补贴；证书从登记库取得，不用填表。',
    en: 'Insured employees and recipients of unemployment benefit are paid for a skill certificate; it is found in the register, nothing is asked.',
  },
  itemCode: 'TB-HE-0002',
  regions: ['130000'],
  folder: new URL('./', import.meta.url),
  create(tools) {
    const benefit = subsidyBenefit(tools)
    return {
      ...benefitParts(tools, [benefit]),
      messages: [],
      routes: [],
      offers: [
        {
          id: 'certificate',
          title: { zh: '您的技能证书可以领补贴', en: 'Your skill certificate earns a subsidy' },
          text: {
            zh: '登记簿里新登记了您的职业技能证书，按规定可以领取技能提升补贴，不用填表。',
            en: 'A skill certificate of yours was recorded; by the rule it earns the skill-upgrade subsidy, and nothing is asked.',
          },
          path: `/benefits/${benefit.id}`,
          event: { kind: 'certificate_recorded' },
          isDue: (work, { personId }) => wouldBeGranted(work, tools, benefit, { personId }),
        },
      ],
    }
  },
})
