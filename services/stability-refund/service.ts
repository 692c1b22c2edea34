import { defineService } from '../contract.ts'

/** Job-retention refund of unemployment insurance, Hebei (C2): the rules and their figures; an application has no flow yet. */
export const service = defineService({
  id: 'stability-refund',
  title: { zh: '失业保险稳岗返还', en: 'Job-retention refund' },
  summary: {
    zh: '不裁员、少裁员的参保单位领回上年度缴纳的部分失业保险费。',
    en: 'Employers that lay off few or none get back part of the unemployment insurance they paid last year.',
  },
  itemCode: 'TB-HE-0001',
  folder: new URL('./', import.meta.url),
  create: () => ({ flows: [], messages: [], routes: [] }),
})
