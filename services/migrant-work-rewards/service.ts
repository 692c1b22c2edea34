import { benefitParts } from '../../benefits/door.ts'
import { defineService } from '../contract.ts'
import { rewards } from './rewards.ts'
import { rewardRoutes } from './routes.ts'
import { history, seed } from './seed.ts'

/** Rewards for migrant work, Ningxia (C6.01, C6.02): three subsidies, found in the register or applied for, and who was not paid yet. */
export const service = defineService({
  id: 'migrant-work-rewards',
  title: { zh: '外出务工就业奖补', en: 'Rewards for migrant work' },
  summary: {
    zh: '一次性交通补贴、外出务工补贴、赴闽就业补贴；按登记主动筛查，应发尽发。',
    en: 'Transport, working outside, working in Fujian: found in the register, so that everything due is paid.',
  },
  itemCode: 'TB-64-WG',
  keywords: { zh: ['外出打工', '务工', '农民工', '稳定就业', '脱贫'], en: ['migrant worker', 'reward'] },
  maturity: 'easy_to_do',
  regions: ['640000'],
  folder: new URL('./', import.meta.url),
  create(tools) {
    const parts = benefitParts(tools, rewards)
    const routes = rewardRoutes(tools)
    return { ...parts, messages: [], routes, seed: (world) => seed(world, parts.chart), history }
  },
})
