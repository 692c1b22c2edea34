import { benefitParts } from '../../benefits/door.ts'
import { defineService } from '../contract.ts'
import { reliefBenefit } from './benefit.ts'
import { history, seed } from './seed.ts'

/** Urgent relief of needy migrant workers, Ningxia (C6.04): decided by people within working days, and paid in full. */
export const service = defineService({
  id: 'urgent-relief',
  title: { zh: '困难农民工临时救助', en: 'Urgent relief of migrant workers' },
  summary: {
    zh: '突发疾病、意外、灾害等造成基本生活困难的农民工，几个工作日内认定，足额发放。',
    en: 'Migrant workers in sudden, urgent need are decided about within days and paid in full.',
  },
  itemCode: 'TB-64-JZ',
  keywords: { zh: ['困难', '救助', '急难', '农民工', '没钱'], en: ['hardship', 'relief'] },
  regions: ['640000'],
  folder: new URL('./', import.meta.url),
  create(tools) {
    const parts = benefitParts(tools, [reliefBenefit(tools)])
    return { ...parts, messages: [], routes: [], seed: (world) => seed(world, parts.chart), history }
  },
})
