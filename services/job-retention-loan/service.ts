import { defineService } from '../contract.ts'

/** Special loan for keeping and adding jobs, Heilongjiang (C1): the rules and their figures. */
export const service = defineService({
  id: 'job-retention-loan',
  title: { zh: '稳岗扩岗专项贷款', en: 'Job-retention and expansion loan' },
  summary: {
    zh: '少裁员的小微企业、企业主和个体工商户，经核定后向经办银行贷款，利率有上限。',
    en: 'Small businesses and their owners who keep their people borrow from a bank at a capped rate.',
  },
  itemCode: 'TB-HL-0001',
  folder: new URL('./', import.meta.url),
  create: () => ({ flows: [], messages: [], routes: [] }),
})
