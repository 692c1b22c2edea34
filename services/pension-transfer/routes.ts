import { z } from 'zod'
import { actorPersonId, BadInput, schemaId, type Work } from '../../ground/door.ts'
import { getPerson } from '../../people/door.ts'
import { type ServiceRoute, type ServiceTools, serviceRoute } from '../contract.ts'
import { decideTransferIn } from './applicant-facts.ts'
import { transferAnswers } from './flow/in-state.ts'

/** What the rule says before somebody sends an application; nothing is kept. */
export function transferRoutes(tools: ServiceTools): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'POST',
      path: '/preview',
      title: { zh: '预判', en: 'What the rule says to a transfer now; nothing is kept' },
      callers: ['person', 'accept'],
      body: transferAnswers.extend({
        personId: schemaId.optional().describe('whom an officer of the counter asks for'),
      }),
      answer: z.object({
        ruling: z.unknown().describe('a ruling as a case keeps it'),
        sources: z.record(z.string(), z.string()),
      }),
      async handle(work, { body: { personId: named, ...answers } }) {
        const personId = await applicantOf(work, named)
        return decideTransferIn(work, tools, { personId, answers })
      },
    }),
  ]
}

async function applicantOf(work: Work, named: string | undefined): Promise<string> {
  const personId = actorPersonId(work.actor) ?? named
  if (!personId) throw new BadInput([{ path: 'personId', expected: 'the person who moves', found: 'nothing' }])
  await getPerson(work, personId, 'transfer of the pension relation')
  return personId
}
