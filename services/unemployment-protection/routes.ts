import { z } from 'zod'
import { actorPersonId, BadInput, type Id, schemaId, type Work } from '../../ground/door.ts'
import { findPayoutAccount, getPerson } from '../../people/door.ts'
import { type ServiceRoute, type ServiceTools, serviceRoute } from '../contract.ts'
import { decideClaim } from './claim-deciding.ts'
import { requireFittingAnswers } from './claim-facts.ts'
import { claimAnswers } from './claim-state.ts'
import { claimFields } from './form.ts'

const purpose = 'unemployment benefit'
const claimants = ['person', 'accept']
const personId = schemaId.optional().describe('whom an officer of the counter asks for')

const field = z.object({
  name: z.string(),
  kind: z.enum(['choice', 'date', 'region', 'text', 'count', 'money', 'flag']),
  options: z.array(z.string()).readonly().optional(),
  required: z.boolean().optional(),
})

/** What is asked of a claimant, and what the rule says to the answers before they are sent. */
export function claimRoutes(tools: ServiceTools): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/form',
      title: { zh: '申领表', en: 'The form of a claim: what no register holds' },
      callers: claimants,
      query: z.object({ personId }),
      answer: z.object({
        fields: z.array(field),
        accountMasked: z.string().nullable().describe('where the benefit is paid; null without an account on the card'),
      }),
      async handle(work, { query }) {
        const id = claimantOf(work, query.personId)
        const { sex } = await getPerson(work, id, purpose)
        const account = await findPayoutAccount(work, id, purpose)
        return { fields: claimFields(sex), accountMasked: account?.accountNumberMasked ?? null }
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/preview',
      title: { zh: '预判', en: 'What the rule says to a claim now; nothing is kept' },
      callers: claimants,
      body: claimAnswers.extend({ personId }),
      answer: z.object({
        ruling: z.unknown().describe('a ruling as a case keeps it'),
        sources: z.record(z.string(), z.string()),
      }),
      async handle(work, { body: { personId: named, ...answers } }) {
        const id = claimantOf(work, named)
        const claimant = { personId: id, registeredOn: work.today, answers }
        await requireFittingAnswers(work, claimant)
        const { agency } = await getPerson(work, id, purpose)
        return decideClaim(work, tools, { agency, ...claimant })
      },
    }),
  ]
}

function claimantOf({ actor }: Work, named: Id | undefined): Id {
  const id = actorPersonId(actor) ?? named
  if (id === undefined) throw new BadInput([{ path: 'personId', expected: 'the person who claims', found: 'nothing' }])
  return id
}
