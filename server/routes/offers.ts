import { z } from 'zod'
import { actorPersonId, actorUserId, must, schemaDate, schemaFen, schemaId, type Work } from '../../ground/door.ts'
import { type ServiceRoute, serviceRoute } from '../../services/contract.ts'
import type { RegionNode } from '../node.ts'
import { chooseOffers, dismissOffer, offersOf, wantsOffers } from '../offers.ts'
import { done, schemaBoth, schemaDone } from './shapes.ts'

const callers = ['person']

/** What services offer a resident by themselves (B1.09), putting one away, and switching all of it off. */
export function offerRoutes(region: RegionNode): ServiceRoute[] {
  const services = region.services.filter(({ isOffered }) => isOffered)
  return [
    serviceRoute({
      method: 'GET',
      path: '/me/offers',
      title: { zh: '您可能可以享受', en: 'What I may get or do now, because of what the registers say' },
      callers,
      answer: z.object({
        wanted: z.boolean(),
        items: z.array(
          z.object({
            offerId: schemaId,
            service: z.string(),
            title: schemaBoth,
            text: schemaBoth,
            amountFen: schemaFen.nullable().describe('what is paid for it, where that is certain'),
            path: z.string(),
            on: schemaDate,
          }),
        ),
      }),
      handle: async (work) => ({
        wanted: await wantsOffers(work, ownPersonId(work)),
        items: await offersOf(work, services, ownPersonId(work)),
      }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/me/offers/:offerId/dismissal',
      title: { zh: '不再提示这一项', en: 'Put an offer away' },
      callers,
      params: z.object({ offerId: schemaId }),
      answer: schemaDone,
      async handle(work, { params: { offerId } }) {
        await dismissOffer(work, ownPersonId(work), offerId)
        return done
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/me/offers/choice',
      title: { zh: '开启或关闭主动服务', en: 'Switch offers on or off' },
      callers,
      body: z.strictObject({ wanted: z.boolean() }),
      answer: schemaDone,
      async handle(work, { body: { wanted } }) {
        const chosenBy = must(actorUserId(work.actor), 'a signed-in user')
        await chooseOffers(work, { personId: ownPersonId(work), wanted, chosenBy })
        return done
      },
    }),
  ]
}

function ownPersonId(work: Work): string {
  return must(actorPersonId(work.actor), 'a person who acts')
}
