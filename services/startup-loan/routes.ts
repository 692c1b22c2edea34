import { z } from 'zod'
import { asActor, schemaId, systemActor } from '../../ground/door.ts'
import { findInstitutions } from '../../people/door.ts'
import { type ServiceRoute, serviceRoute } from '../contract.ts'

/** The banks that may lend, for the officer who decides on the guarantee. */
export const loanRoutes: ServiceRoute[] = [
  serviceRoute({
    method: 'GET',
    path: '/banks',
    title: { zh: '经办银行', en: 'Banks that may lend' },
    callers: ['review', 'approve'],
    answer: z.object({ banks: z.array(z.object({ bankId: schemaId, name: z.string() })) }),
    async handle(work) {
      const banks = await asActor(work, systemActor, (node) => findInstitutions(node, { kind: 'bank' }))
      return { banks: banks.map(({ institutionId, name }) => ({ bankId: institutionId, name })) }
    },
  }),
]
