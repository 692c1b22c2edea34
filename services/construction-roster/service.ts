import { defineService } from '../contract.ts'
import { rosterFlow } from './flow.ts'
import { rosterRoutes } from './routes.ts'

/** Real-name declaration of workers on building sites, at any hour (A2.08). */
export const service = defineService({
  id: 'construction-roster',
  title: { zh: '建筑项目用工实名申报', en: 'Roster of building sites' },
  summary: {
    zh: '建筑企业随时（24小时）在网上按姓名申报进场、退场工人，申报当日起纳入工伤保险。',
    en: 'Building companies declare workers by name online at any hour; covered from the day of declaration.',
  },
  itemCode: 'TB-GS-0002',
  keywords: { zh: ['工地', '建筑工人', '实名制'], en: ['building site', 'roster'] },
  folder: new URL('./', import.meta.url),
  create(tools) {
    const flow = rosterFlow(tools.rulebook)
    return { flows: [flow], messages: [], routes: rosterRoutes(tools, flow) }
  },
})
