import { benefitParts } from '../../benefits/door.ts'
import { defineService } from '../contract.ts'
import { returnParkSubsidyBenefit } from './benefit.ts'
import { recognitionFlow } from './recognition.ts'
import { history, seed } from './seed.ts'

/** Return park service subsidy (C5.03): a park is recognised, and its operator is paid for a year. */
export const service = defineService({
  id: 'return-park-subsidy',
  title: { zh: '返乡创业园创业服务补助', en: 'Return park service subsidy' },
  summary: {
    zh: '认定的农民工返乡创业园，每年的创业服务支出在上限以内予以补助。',
    en: 'What entrepreneurship services of a recognised return-entrepreneurship park cost in a year, up to a limit.',
  },
  itemCode: 'TB-43-FX',
  keywords: { zh: ['返乡', '创业园', '补助'], en: ['return', 'park'] },
  regions: ['430000'],
  folder: new URL('./', import.meta.url),
  create(tools) {
    const { flows, ...parts } = benefitParts(tools, [returnParkSubsidyBenefit(tools)])
    return {
      ...parts,
      flows: [...flows, recognitionFlow(tools)],
      messages: [],
      routes: [],
      seed: (world) => seed(world, parts.chart),
      history,
    }
  },
})
