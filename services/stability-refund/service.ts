import { benefitParts } from '../../benefits/door.ts'
import { defineService } from '../contract.ts'
import { refundBenefit } from './refund.ts'
import { refundUseFlow } from './use-flow.ts'

/** Job-retention refund of unemployment insurance, Hebei (C2): found or applied for, paid, and its use declared and checked. */
export const service = defineService({
  id: 'stability-refund',
  title: { zh: '失业保险稳岗返还', en: 'Job-retention refund' },
  summary: {
    zh: '不裁员、少裁员的参保单位领回上年度缴纳的部分失业保险费；符合条件的免申即享。',
    en: 'Employers that lay off few or none get back part of the unemployment insurance they paid last year; who is entitled need not apply.',
  },
  itemCode: 'TB-HE-0001',
  keywords: { zh: ['稳岗', '返还', '企业', '失业保险费'], en: ['employer', 'refund'] },
  maturity: 'efficiently_done',
  regions: ['130000'],
  folder: new URL('./', import.meta.url),
  create(tools) {
    const { flows, ...parts } = benefitParts(tools, [refundBenefit(tools.rulebook)])
    return { ...parts, flows: [...flows, refundUseFlow(tools)], messages: [], routes: [] }
  },
})
