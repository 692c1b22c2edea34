import { revisionFlow } from '../../benefits/door.ts'
import type { CaseFile } from '../../cases/door.ts'
import type { Work } from '../../ground/door.ts'
import { defineService } from '../contract.ts'
import { loanFlow } from './loan.ts'
import { decidedStatuses, previewLoan } from './loan-recalculating.ts'
import { loanRoutes } from './routes.ts'

const id = 'job-retention-loan'

/** Special loan for keeping and adding jobs, Heilongjiang (C1): the credit is confirmed, a bank offers, lends and reports. */
export const service = defineService({
  id,
  title: { zh: '稳岗扩岗专项贷款', en: 'Job-retention and expansion loan' },
  summary: {
    zh: '少裁员的小微企业、企业主和个体工商户，经核定后向经办银行贷款，利率有上限。',
    en: 'Small businesses and their owners who keep their people borrow from a bank at a capped rate.',
  },
  itemCode: 'TB-HL-0001',
  keywords: { zh: ['企业贷款', '贷款', '稳岗贷'], en: ['company loan', 'loan'] },
  regions: ['230000'],
  folder: new URL('./', import.meta.url),
  create(tools) {
    const loan = loanFlow(tools)
    const revisable = {
      flow: loan.id,
      service: id,
      title: loan.title,
      numberPrefix: loan.numberPrefix,
      decided: decidedStatuses,
      preview: async (work: Work, { id: caseId }: CaseFile) =>
        previewLoan(work, tools, await tools.cases().getOf(work, loan, caseId)),
    }
    return {
      flows: [loan, revisionFlow(tools, revisable)],
      messages: [],
      routes: loanRoutes(tools),
      revisables: [revisable],
    }
  },
})
