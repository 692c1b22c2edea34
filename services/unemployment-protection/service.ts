import { defineService } from '../contract.ts'

/** Unemployment living protection, Hebei (C4): the rules and their figures. */
export const service = defineService({
  id: 'unemployment-protection',
  title: { zh: '失业保险保生活', en: 'Unemployment living protection' },
  summary: {
    zh: '失业人员按月领取失业保险金，由基金代缴医疗（含生育）保险费；大龄的还代缴养老保险费。',
    en: 'People out of work draw a monthly benefit; the fund pays their medical premium, and the pension premium of older ones.',
  },
  itemCode: 'TB-HE-0003',
  folder: new URL('./', import.meta.url),
  create: () => ({ flows: [], messages: [], routes: [] }),
})
