import { z } from 'zod'
import { asActor, schemaInstant, systemActor } from '../../ground/door.ts'
import { defineService, serviceRoute } from '../contract.ts'
import { published, suggestionFlow, topics } from './suggestion.ts'

/** Suggestions of residents, answered and, where they allow it, published (B2.05). */
export const service = defineService({
  id: 'suggestions',
  title: { zh: '意见建议', en: 'Suggestions' },
  summary: {
    zh: '对政策、窗口、网上办事提出建议，按时得到答复；经您同意，隐去姓名后公开。',
    en: 'Tell us what should be better; you get an answer in time, and where you allow it, it is published without your name.',
  },
  itemCode: 'TB-YJ-0001',
  keywords: { zh: ['投诉', '建议', '意见', '反映', '举报'], en: ['complaint', 'suggestion'] },
  maturity: 'easy_to_do',
  folder: new URL('./', import.meta.url),
  create: (tools) => ({
    flows: [suggestionFlow(tools)],
    messages: [],
    routes: [
      serviceRoute({
        method: 'GET',
        path: '/published',
        title: { zh: '公开的建议和答复', en: 'Published suggestions with their answers' },
        callers: ['public'],
        answer: z.object({
          items: z.array(z.object({ topic: z.enum(topics), text: z.string(), answer: z.string(), at: schemaInstant })),
        }),
        handle: async (work) => ({ items: await asActor(work, systemActor, (node) => published(node, tools, 50)) }),
      }),
    ],
  }),
})
