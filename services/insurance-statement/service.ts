import { defineService } from '../contract.ts'
import { elsewhereHandlers } from './elsewhere.ts'
import { statementRoutes } from './routes.ts'
import { seedMonths } from './seed.ts'

/** The statement of one's own insurance and the proof of it, here and from another region (B1.04, B1.08). */
export const service = defineService({
  id: 'insurance-statement',
  title: { zh: '社保权益单和参保证明', en: 'Statement and proof of insurance' },
  summary: {
    zh: '查看各险种缴费，随时开具可核验的权益单、参保证明；在外地也能向参保地申请。',
    en: 'See what was paid for you; get a statement or proof that anybody can verify, also from another region.',
  },
  itemCode: 'TB-CN-0004',
  keywords: {
    zh: ['缴费记录', '社保清单', '打印社保', '参保证明', '对账单', '查社保'],
    en: ['contribution record', 'proof of insurance'],
  },
  maturity: 'easy_to_do',
  folder: new URL('./', import.meta.url),
  create: ({ rulebook }) => ({
    flows: [],
    messages: elsewhereHandlers(rulebook),
    routes: statementRoutes(rulebook),
    seed: seedMonths,
  }),
})
