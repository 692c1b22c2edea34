import { defineService } from '../contract.ts'
import { registrationFlow } from './registration.ts'

/** Registration of employment and unemployment, Zigong (C7.01), open to workers of the new forms. */
export const service = defineService({
  id: 'employment-registration',
  title: { zh: '就业失业登记', en: 'Registration of employment' },
  summary: {
    zh: '快递、外卖、网约车等新就业形态劳动者，没有劳动合同也可以登记就业或失业。',
    en: 'Couriers, riders, drivers and others of the new forms register as employed or unemployed, without a contract too.',
  },
  itemCode: 'TB-51-DJ',
  keywords: {
    zh: ['失业登记', '就业登记', '找到工作', '失业', '就业创业证'],
    en: ['unemployed', 'employed', 'register'],
  },
  maturity: 'easy_to_do',
  regions: ['510300'],
  folder: new URL('./', import.meta.url),
  create: (tools) => ({ flows: [registrationFlow(tools)], messages: [], routes: [] }),
})
