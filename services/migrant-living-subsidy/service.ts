import { benefitParts } from '../../benefits/door.ts'
import { defineService } from '../contract.ts'
import { livingSubsidyBenefit } from './benefit.ts'
import { seed } from './seed.ts'

/** One-off living subsidy of unemployed migrant workers, Ningxia (C6.03): from the application to the cash. */
export const service = defineService({
  id: 'migrant-living-subsidy',
  title: { zh: '失业农民工一次性生活补助', en: 'One-off living subsidy of migrant workers' },
  summary: {
    zh: '失业的农民合同制工人，没有领取失业保险金的，按工作时间发放一次性生活补助。',
    en: 'Migrant workers who lost a job and draw no unemployment benefit are paid once, by the time they worked.',
  },
  itemCode: 'TB-64-SH',
  keywords: { zh: ['农民工', '失业', '生活补助'], en: ['migrant worker', 'unemployed'] },
  regions: ['640000'],
  folder: new URL('./', import.meta.url),
  create(tools) {
    const parts = benefitParts(tools, [livingSubsidyBenefit(tools)])
    return { ...parts, messages: [], routes: [], seed: (world) => seed(world, parts.chart) }
  },
})
