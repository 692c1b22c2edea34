import { defineService } from '../contract.ts'
import { reportQuarter } from './clearing.ts'
import { listDays } from './daily-reconciliation.ts'
import { claimEntitlement } from './entitlement.ts'
import { flowSet } from './flow-set.ts'
import { messageHandlers } from './handlers.ts'
import { liveThroughFirstQuarter } from './history.ts'
import { chart } from './postings.ts'
import { paidClaims } from './received.ts'
import { routes } from './routes.ts'
import { seed } from './seed.ts'

/** Cross-region settlement of work-injury treatment (工伤保险异地就医直接结算): A1, A2, A3. */
export const service = defineService({
  id: 'work-injury-settlement',
  title: { zh: '工伤保险异地就医直接结算', en: 'Direct settlement of work-injury treatment elsewhere' },
  summary: {
    zh: '先备案，到就医地持社保卡住院，出院只付个人部分；其余由基金结算，伙食补助和转诊交通食宿费自动转手工报销。',
    en: 'File first, be treated with the card where you live, pay only your own part at discharge; the rest is settled between the funds.',
  },
  itemCode: 'TB-GS-0001',
  keywords: {
    zh: ['工伤', '工伤医疗', '受伤', '异地就医', '住院', '报销', '医药费', '康复', '假肢'],
    en: ['injury', 'hospital', 'claim', 'treatment'],
  },
  folder: new URL('./', import.meta.url),
  create(tools) {
    const flows = flowSet(tools)
    return {
      flows: Object.values(flows),
      messages: messageHandlers(tools, flows),
      routes: routes(tools, flows),
      chart,
      clockwork: [
        { name: 'clearing-report', run: reportQuarter },
        { name: 'daily-reconciliation', run: listDays },
      ],
      seed,
      entitlements: [claimEntitlement],
      received: (work, personId) => paidClaims(work, tools, personId),
      history: liveThroughFirstQuarter,
    }
  },
})
