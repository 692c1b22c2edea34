import { z } from 'zod'
import { asActor, schemaDate, systemActor } from '../../ground/door.ts'
import { defineService, serviceRoute } from '../contract.ts'
import { votesOf } from './panel.ts'
import { supportFlow } from './support.ts'

const id = 'talent-support'

const entitlements = [{ id, title: { zh: '人才支持', en: 'Support for talents' }, path: '/services/talent-support' }]

/** Support for talents of the Xinjiang pilot free-trade zone (M6). */
export const service = defineService({
  id,
  title: { zh: '自贸试验区人才支持', en: 'Support for talents of the free-trade zone' },
  summary: {
    zh: '长期在自贸试验区工作的高层次和急需紧缺人才，在住房、医疗、子女教育上予以支持；一流人才一事一议。',
    en: 'Housing, medical care and schools for talents who work in the zone for long; those of the first rank are decided case by case.',
  },
  itemCode: 'TB-XJ-0101',
  keywords: { zh: ['人才', '住房', '子女入学'], en: ['talent', 'housing', 'school'] },
  regions: ['650000'],
  folder: new URL('./', import.meta.url),
  create(tools) {
    const flow = supportFlow(tools)
    const decisions = serviceRoute({
      method: 'GET',
      path: '/decisions',
      title: { zh: '一事一议结果公开', en: 'What panels decided, without names: day, outcome, votes, reasons' },
      callers: ['public', 'person', 'accept', 'review', 'approve', 'supervisor'],
      answer: z.object({
        items: z.array(
          z.object({
            decidedOn: schemaDate,
            outcome: z.enum(['granted', 'refused']),
            favour: z.int(),
            against: z.int(),
            abstained: z.int(),
            reasons: z.string(),
          }),
        ),
      }),
      handle: (work) =>
        asActor(work, systemActor, async (node) => {
          const rows = await tools.cases().find(node, { flow: flow.id, limit: 500 })
          const decided = rows.filter(({ status }) => ['standing', 'ended', 'refused'].includes(status))
          const histories = await Promise.all(decided.map(({ caseId }) => tools.cases().history(node, caseId)))
          return {
            items: histories.flatMap((history) => {
              const last = history.findLast(({ kind }) => kind === 'determine')
              if (!last) return []
              const { outcome, opinion } = z
                .looseObject({ opinion: z.string(), found: z.object({ outcome: z.enum(['granted', 'refused']) }) })
                .transform(({ opinion, found }) => ({ opinion, outcome: found.outcome }))
                .parse(last.body)
              const { count: _, ...votes } = votesOf(history)
              return [{ decidedOn: last.effectiveOn, outcome, reasons: opinion, ...votes }]
            }),
          }
        }),
    })
    return { flows: [flow], messages: [], routes: [decisions], entitlements }
  },
})
