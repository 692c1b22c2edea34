import type { Authority } from './api-types.ts'
import { defineWords } from './words.ts'

/** What the one who may act is to the person, by the code of the authority. */
export const authorityRelations = defineWords({
  relative: { zh: '近亲属', en: 'Relative' },
  guardian: { zh: '监护人', en: 'Guardian' },
  entrusted: { zh: '受委托人', en: 'Entrusted person' },
  employer_officer: { zh: '单位经办人', en: 'Officer of the employer' },
})

/** What an authority covers, by its code. */
export const authorityScopes: Record<Authority['scope'][number], { zh: string; en: string }> = {
  matters: { zh: '办事、看办件', en: 'Apply, and follow the cases' },
  records: { zh: '看参保记录、开证明', en: 'Read the records and have papers made' },
  card: { zh: '出示电子社保卡、挂失', en: 'Show the e-card, report the card lost' },
}

/** What was shown for an authority; what an officer wrote in words of their own has none here. */
export const authorityEvidence = defineWords({
  given_online: {
    zh: '本人在手机上授权，代办人出示代办码',
    en: 'Given on the phone, with the code of the one who acts',
  },
  household_register: { zh: '户口簿', en: 'Household register' },
  marriage_certificate: { zh: '结婚证', en: 'Marriage certificate' },
  birth_certificate: { zh: '出生医学证明', en: 'Birth certificate' },
  entrustment_letter: { zh: '本人签名的委托书', en: 'Signed letter of entrustment' },
  guardianship_paper: {
    zh: '监护证明（判决或居委会证明）',
    en: 'Proof of guardianship (ruling, or the residents’ committee)',
  },
})
