import { z } from 'zod'
import { actorPersonId, BadInput, schemaId } from '../../ground/door.ts'
import { findPayoutAccount, getPerson } from '../../people/door.ts'
import { type ServiceRoute, type ServiceTools, serviceRoute } from '../contract.ts'
import { decideEntitlement, entitlementOf } from './entitlement.ts'
import { entitlement } from './flow/state.ts'

/** What registers and the rule say of somebody before they apply: nothing is asked, and nothing is kept. */
export function pensionRoutes(tools: ServiceTools): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/outlook',
      title: { zh: '待遇预判', en: 'What the rule says of somebody now, and where the pension would be paid' },
      callers: ['person', 'accept'],
      query: z.object({ personId: schemaId.optional().describe('whom an officer of the counter asks for') }),
      answer: z.object({
        ruling: z.unknown().describe('a ruling as a case keeps it'),
        sources: z.record(z.string(), z.string()),
        entitlement,
        accountMasked: z.string().nullable().describe('null without an account on the card'),
      }),
      async handle(work, { query }) {
        const personId = actorPersonId(work.actor) ?? query.personId
        if (!personId) throw new BadInput([{ path: 'personId', expected: 'the person', found: 'nothing' }])
        const { agency } = await getPerson(work, personId, 'resident pension')
        const { ruling, sources } = await decideEntitlement(work, tools, { personId, agency, askedOn: work.today })
        const account = await findPayoutAccount(work, personId, 'resident pension')
        const accountMasked = account?.accountNumberMasked ?? null
        return { ruling, sources, entitlement: entitlementOf(ruling), accountMasked }
      },
    }),
  ]
}
