import { makeSyntheticCreditCode } from '../../people/door.ts'
import { defineService } from '../contract.ts'
import { registrationFlow } from './flow.ts'
import { keepSharedRecord } from './shared-record.ts'

/** Registration of employers for insurance, through shared data and where they are established (A2.06, A2.09). */
export const service = defineService({
  id: 'employer-registration',
  title: { zh: '用人单位参保登记', en: 'Registration of employers' },
  summary: {
    zh: '只填统一社会信用代码，名称、地址、行业从市场监管部门共享数据取得，在注册地登记。',
    en: 'Only the unified credit code is asked; name, place and industry come from shared data; registered where established.',
  },
  itemCode: 'TB-GS-0003',
  keywords: { zh: ['单位开户', '公司参保', '企业参保'], en: ['company', 'employer'] },
  folder: new URL('./', import.meta.url),
  create: ({ rulebook }) => ({
    flows: [registrationFlow(rulebook)],
    messages: [],
    routes: [],
    async seed({ node, run }) {
      if (node.region !== '620000') return
      await run((work) =>
        keepSharedRecord(work, {
          credit_code: makeSyntheticCreditCode({ region: '620102', serial: 900 }),
          name: '示例新设建筑公司',
          region: '620102',
          industry: 'construction',
          state: 'active',
        }),
      )
    },
  }),
})
