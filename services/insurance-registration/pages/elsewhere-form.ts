import * as z from 'zod/mini'
import { defineWords, type StandingForm } from '../../../kit/door.ts'

/** What is asked of whoever registers in another region than the one they are in. */
export const elsewhereForm: StandingForm = {
  service: 'insurance-registration',
  flow: 'registration-elsewhere',
  fields: [
    { name: 'scheme', kind: 'choice', options: ['resident', 'flexible'], required: true },
    { name: 'workRegion', kind: 'region', required: true, askedWhen: { field: 'scheme', is: ['flexible'] } },
    { name: 'atSchool', kind: 'flag', required: true },
  ],
}

const told = z.object({
  state: z.string(),
  reason: z.nullable(z.string()),
  registrationNumber: z.nullable(z.string()),
  from: z.nullable(z.string()),
})

/** A forwarded registration where the person is, as far as pages show it. */
export const askingState = z.object({
  region: z.nullable(z.string()),
  answers: z.nullable(z.object({ scheme: z.string(), atSchool: z.boolean() })),
  told: z.nullable(told),
  messageIds: z.array(z.string()),
})

/** The same where it belongs. */
export const answeringState = z.object({
  forwardNumber: z.nullable(z.string()),
  fromRegion: z.nullable(z.string()),
  registrationCaseId: z.nullable(z.string()),
  told: z.nullable(told),
  messageIds: z.array(z.string()),
})

/** Words of both portals. */
export const elsewhereWords = defineWords({
  title: { zh: '异地参保登记', en: 'Register in another region' },
  summary: {
    zh: '人在外地也能参保：转给户籍地或工作地办理，不用回去',
    en: 'Join where your household or your work is without travelling there',
  },
  forwarded: { zh: '转往外地的登记', en: 'The forwarded registration' },
  region: { zh: '参保地', en: 'Region of the insurance' },
  scheme: { zh: '险种', en: 'Insurance' },
  answer: { zh: '对方答复', en: 'Answer' },
  waiting: { zh: '等待答复', en: 'None yet' },
  received: { zh: '已收到，办理中', en: 'Received, being checked' },
  registered: { zh: '已登记', en: 'Registered' },
  refused: { zh: '不予登记', en: 'Refused' },
  withdrawn: { zh: '已撤回', en: 'Taken back' },
  registrationNumber: { zh: '参保地编号', en: 'Number there' },
  from: { zh: '自何日参保', en: 'Insured from' },
  fromRegion: { zh: '转来地区', en: 'Forwarded by' },
  forwardNumber: { zh: '对方编号', en: 'Its number there' },
  openRegistration: { zh: '打开本地登记', en: 'Open the registration here' },
  registration: { zh: '本地登记', en: 'Registration here' },
  evidence: {
    zh: '往来消息（签名和回执可导出取证）',
    en: 'Messages (signed, with receipts; can be exported as evidence)',
  },
  called: { zh: '联系情况', en: 'What the call came to' },
})

/** The words of what the other region has answered. */
export function wordOfAnswer(state: string | undefined) {
  if (state === 'received' || state === 'registered' || state === 'refused' || state === 'withdrawn') {
    return elsewhereWords[state]
  }
  return elsewhereWords.waiting
}
