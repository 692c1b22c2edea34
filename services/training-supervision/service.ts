import { benefitParts } from '../../benefits/door.ts'
import { defineService } from '../contract.ts'
import { claimBenefit } from './claim.ts'
import { detectDaily } from './detect/findings.ts'
import { institutionRoutes } from './routes-institution.ts'
import { residentRoutes } from './routes-resident.ts'
import { supervisorRoutes } from './routes-supervisor.ts'
import { seed } from './seed.ts'
import { supervisionFlow } from './supervision/flow.ts'

/** Subsidised training and its supervision (C8), with enrolment online (B1.05). */
export const service = defineService({
  id: 'training-supervision',
  title: { zh: '补贴性职业培训与监管', en: 'Subsidised training and its supervision' },
  summary: {
    zh: '报名参加目录内的培训班；培训机构按班申领补贴；对虚假培训、转包、买卖生源等进行查处。',
    en: 'Enrol in training of the guidance catalogue; institutions claim the subsidy by class; false training is found and dealt with.',
  },
  itemCode: 'TB-CN-0009',
  keywords: { zh: ['培训', '学技术', '培训班', '技能'], en: ['course', 'training'] },
  folder: new URL('./', import.meta.url),
  create(tools) {
    const { flows, ...parts } = benefitParts(tools, [claimBenefit])
    return {
      ...parts,
      flows: [...flows, supervisionFlow(tools)],
      messages: [],
      routes: [...residentRoutes(tools), ...institutionRoutes(tools), ...supervisorRoutes(tools)],
      clockwork: [{ name: 'training-detection', run: (work) => detectDaily(work, tools) }],
      seed: (world) => seed(world, tools, parts.chart),
    }
  },
})
