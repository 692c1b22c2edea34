import { z } from 'zod'
import { BrokenInvariant, schemaDate, type Work } from '../../ground/door.ts'
import {
  entityKinds,
  findEmployerAccount,
  findEmployerProfile,
  getEmployer,
  schemaBankAccount,
  setEmployerAccount,
  sizeClasses,
} from '../../people/door.ts'
import { type ServiceRoute, serviceRoute } from '../../services/contract.ts'
import { done, schemaDone, schemaEmployer } from './shapes.ts'

const callers = ['employer_officer']

/** The employer whose officer asks: what the registers hold of it, and where it is paid. */
export function myEmployerRoutes(): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/me/employer',
      title: { zh: '本单位', en: 'My employer: its record, its profile and where it is paid' },
      callers,
      answer: z.object({
        employer: schemaEmployer,
        profile: z
          .object({
            entityKind: z.enum(entityKinds),
            sizeClass: z.enum(sizeClasses),
            from: schemaDate,
            source: z.string(),
          })
          .nullable(),
        account: z
          .object({
            bankName: z.string(),
            accountName: z.string(),
            accountNumberMasked: z.string(),
            from: schemaDate,
          })
          .nullable(),
      }),
      async handle(work) {
        const employerId = ownEmployerId(work)
        return {
          employer: await getEmployer(work, employerId),
          profile: (await findEmployerProfile(work, employerId, work.today)) ?? null,
          account: (await findEmployerAccount(work, employerId, work.today)) ?? null,
        }
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/me/employer/account',
      title: { zh: '登记本单位收款账户', en: 'Record where my employer is paid from a day on' },
      callers,
      body: schemaBankAccount,
      answer: schemaDone,
      async handle(work, { body }) {
        await setEmployerAccount(work, ownEmployerId(work), body)
        return done
      },
    }),
  ]
}

function ownEmployerId({ actor }: Work): string {
  if (actor.kind === 'employer') return actor.employerId
  throw new BrokenInvariant('a route for officers of employers was called by another')
}
