import { z } from 'zod'
import { requireResponsible } from '../../cases/door.ts'
import { actorPersonId, asActor, must, schemaId, systemActor, type Work } from '../../ground/door.ts'
import { businessesOf, findInstitutions, getEmployer, getInstitution } from '../../people/door.ts'
import { type ServiceRoute, type ServiceTools, serviceRoute } from '../contract.ts'
import { borrowerOfApplicant, decideCredit } from './loan-deciding.ts'
import { schemaLoanFen } from './loan-state.ts'

const applicants = ['employer_officer', 'person', 'accept']

/** What an application can choose from, and what the rule says to it before it is sent. */
export function loanRoutes(tools: ServiceTools): ServiceRoute[] {
  const bank = z.object({ bankId: schemaId, name: z.string(), bankClass: z.string() })
  return [
    serviceRoute({
      method: 'GET',
      path: '/form',
      title: { zh: '申请表', en: 'What an application chooses from: handling banks, and the businesses of the caller' },
      callers: applicants,
      answer: z.object({
        banks: z.array(bank),
        businesses: z.array(z.object({ businessId: schemaId, name: z.string() })),
      }),
      handle: async (work) => ({ banks: await handlingBanks(work, tools), businesses: await ownBusinesses(work) }),
    }),
    serviceRoute({
      method: 'GET',
      path: '/banks/:bankId',
      title: { zh: '经办银行', en: 'A bank' },
      callers: [...applicants, 'review', 'approve', 'supervisor', 'audit', 'bank_officer'],
      params: z.object({ bankId: schemaId }),
      answer: bank,
      async handle(work, { params: { bankId } }) {
        const { name, bankClass } = await asActor(work, systemActor, (node) => getInstitution(node, bankId))
        return { bankId, name, bankClass: must(bankClass, 'class of a bank') }
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/preview',
      title: { zh: '预判', en: 'What the rule says to an application now; nothing is kept' },
      callers: applicants,
      body: z.strictObject({
        requestedFen: schemaLoanFen,
        businessId: schemaId.optional(),
        personId: schemaId.optional().describe('at the counter: the owner who borrows'),
      }),
      answer: z.object({
        ruling: z.unknown().describe('a ruling as a case keeps it'),
        sources: z.record(z.string(), z.string()).describe('the register of each fact'),
      }),
      async handle(work, { body: { requestedFen, ...told } }) {
        const borrower = await borrowerOfApplicant(work, told, work.today)
        const { agency, ...decided } = await decideCredit(work, tools, { borrower, requestedFen, on: work.today })
        requireResponsible(work, agency)
        return decided
      },
    }),
  ]
}

/** C1.05: the banks of the region that may lend today. */
function handlingBanks(work: Work, { rulebook }: ServiceTools) {
  const { today, node } = work
  return asActor(work, systemActor, async (system) => {
    const { value } = await rulebook.valueOf(system, 'handlingBanks', { on: today, insuredRegion: node.region })
    const banks = await findInstitutions(system, { kind: 'bank' })
    return banks.flatMap(({ institutionId: bankId, name, bankClass }) =>
      bankClass !== null && Array.isArray(value) && value.includes(bankClass) ? [{ bankId, name, bankClass }] : [],
    )
  })
}

async function ownBusinesses(work: Work): Promise<Array<{ businessId: string; name: string }>> {
  const personId = actorPersonId(work.actor)
  if (personId === null) return []
  return asActor(work, systemActor, async (node) => {
    const owned = await businessesOf(node, personId, work.today, 'job-retention loan')
    return Promise.all(
      owned.map(async ({ employerId }) => ({
        businessId: employerId,
        name: (await getEmployer(node, employerId)).name,
      })),
    )
  })
}
