import { z } from 'zod'
import type { Messages } from '../../ground/door.ts'
import { listServiceItems } from '../../registers/door.ts'
import { type ServiceRoute, serviceRoute } from '../../services/contract.ts'
import { houseMessages } from '../house-messages.ts'
import type { RegionNode } from '../node.ts'
import { schemaBoth } from './shapes.ts'

const schemaSentences = z.record(z.string(), z.string())

/** The public services of a node, and the sentences with which pages tell what the node says in codes. */
export function serviceRoutes({ services }: RegionNode): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/services',
      title: { zh: '公共服务事项', en: 'The public services' },
      callers: ['public'],
      answer: z.object({
        items: z.array(
          z.object({
            id: z.string(),
            title: schemaBoth,
            summary: schemaBoth,
            itemCode: z.string(),
            isOffered: z.boolean().describe('false where it is a matter of other regions, and pages leave it out'),
            flows: z.array(z.object({ id: z.string(), title: schemaBoth })),
            keywords: z.array(z.string()).describe('everyday words by which it is found, in both languages'),
            regions: z.array(z.string()).nullable().describe('the regions that offer it; null for all'),
            level: z.enum(['national', 'local']),
            maturity: z.enum(['can_be_done', 'easy_to_do', 'efficiently_done']),
            isMaturityAssumed: z.boolean().describe('true until the catalogue of the region says so without a proviso'),
            proofsAsked: z.array(schemaBoth),
            proofsSaved: z.array(schemaBoth),
          }),
        ),
      }),
      async handle(work) {
        const items = await listServiceItems(work, work.today)
        return {
          items: services.map(({ service, parts, isOffered }) => {
            const own = items.filter((item) => item.service === service.id)
            return {
              ...service,
              flows: parts.flows.map(({ id, title }) => ({ id, title })),
              isOffered,
              keywords: [...(service.keywords?.zh ?? []), ...(service.keywords?.en ?? [])],
              regions: service.regions === undefined ? null : [...service.regions],
              level: own[0]?.level ?? (service.regions === undefined ? ('national' as const) : ('local' as const)),
              maturity: own[0]?.maturity ?? service.maturity ?? ('can_be_done' as const),
              isMaturityAssumed: own[0]?.assumed ?? true,
              proofsAsked: own.flatMap((item) => item.proofsAsked),
              proofsSaved: own.flatMap((item) => item.proofsSaved),
            }
          }),
        }
      },
    }),
    serviceRoute({
      method: 'GET',
      path: '/messages/:language',
      title: { zh: '文案', en: 'All sentences of a language by code; those of each service by themselves' },
      callers: ['public'],
      params: z.object({ language: z.enum(['zh', 'en']) }),
      answer: z.object({ house: schemaSentences, services: z.record(z.string(), schemaSentences) }),
      handle: async (_, { params: { language } }) => {
        const sentences = (messages: Messages) => Object.fromEntries(messages[language])
        const ofServices = services.map(({ id, rulebook }) => [id, sentences(rulebook.messages)])
        return { house: sentences(houseMessages()), services: Object.fromEntries(ofServices) }
      },
    }),
  ]
}
