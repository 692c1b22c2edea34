import { benefitParts } from '../../benefits/door.ts'
import { defineService } from '../contract.ts'
import { certificateOffer } from './offer.ts'
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
  keywords: { zh: ['技能证书', '职业资格', '考证', '补贴', '证书'], en: ['certificate', 'skill'] },
  maturity: 'efficiently_done',
  regions: ['130000'],
  folder: new URL('./', import.meta.url),
  create(tools) {
    const benefit = subsidyBenefit(tools)
    return {
      ...benefitParts(tools, [benefit]),
      messages: [],
      routes: [],
      offers: [certificateOffer(tools, benefit)],
    }
  },
})
