import type { BothLanguages } from '../../ground/door.ts'

/** A benefit that this service pays, how it is paid and on what it stands (A2.07: items and procedures are published). */
export type BenefitItem = { code: string; title: BothLanguages; way: BothLanguages; clause: string }

/** The benefit items of this service and their procedures. */
export const benefitItems: BenefitItem[] = [
  {
    code: 'inpatient_medical',
    title: { zh: '住院工伤医疗费', en: 'Inpatient treatment' },
    way: {
      zh: '备案后在协议医院持卡直接结算，执行就医地目录',
      en: 'Settled at the hospital by card after filing, by the treatment place’s catalogue',
    },
    clause: 'A1.14',
  },
  {
    code: 'inpatient_rehabilitation',
    title: { zh: '住院工伤康复费', en: 'Inpatient rehabilitation' },
    way: {
      zh: '经康复确认、备案后在协议康复机构持卡直接结算',
      en: 'Settled at the institution by card after confirmation and filing',
    },
    clause: 'A1.14',
  },
  {
    code: 'assistive_device',
    title: { zh: '辅助器具配置费', en: 'Assistive devices' },
    way: {
      zh: '经配置确认、备案后直接结算，执行参保地规定',
      en: 'Settled at the institution by the insured place’s rules',
    },
    clause: 'A1.15',
  },
  {
    code: 'meal_allowance',
    title: { zh: '住院伙食补助费', en: 'Inpatient meal allowance' },
    way: {
      zh: '出院结算后自动立案，参保地手工报销',
      en: 'A claim opens by itself after settlement; paid by the insured place',
    },
    clause: 'A1.18',
  },
  {
    code: 'referral_travel',
    title: { zh: '转诊交通食宿费', en: 'Travel, board and lodging of a referral' },
    way: {
      zh: '经同意转统筹区外就医的，凭票据参保地手工报销',
      en: 'For a referral with prior consent, against receipts, by the insured place',
    },
    clause: 'A1.18',
  },
]
