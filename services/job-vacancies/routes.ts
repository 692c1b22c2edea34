import { z } from 'zod'
import { BrokenInvariant, schemaDate, schemaFen, schemaId, schemaRegion, type Work } from '../../ground/door.ts'
import type { Rulebook } from '../../law/door.ts'
import { type ServiceRoute, serviceRoute } from '../contract.ts'
import {
  closeVacancy,
  findVacancies,
  importVacancies,
  publishVacancy,
  schemaNewVacancy,
  schemaVacancyRow,
  vacanciesOf,
} from './vacancies.ts'

const schemaVacancy = z.object({
  vacancyId: schemaId,
  employerName: z.string(),
  title: z.string(),
  work: z.string(),
  place: z.string(),
  payFromFen: schemaFen,
  payToFen: schemaFen,
  openings: z.int(),
  expiresOn: schemaDate,
  closed: z.enum(['filled', 'withdrawn']).nullable(),
})
const schemaList = z.object({ items: z.array(schemaVacancy) })

/** Looking for vacancies, for everybody; publishing, importing and closing them, for employers and their agency. */
export function vacancyRoutes(rulebook: Rulebook): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/vacancies',
      title: { zh: '查询就业岗位', en: 'Open vacancies; words in Chinese, pinyin or its first letters' },
      callers: ['public'],
      query: z.object({
        text: z.string().max(60).optional(),
        place: schemaRegion.optional(),
        payFromFen: z.coerce.number().int().min(0).optional(),
      }),
      answer: schemaList,
      handle: async (work, { query: { text, place, payFromFen } }) => ({
        items: z.array(schemaVacancy).parse(
          await findVacancies(work, {
            ...(text !== undefined && { text }),
            ...(place !== undefined && { place }),
            ...(payFromFen !== undefined && { payFromFen }),
          }),
        ),
      }),
    }),
    serviceRoute({
      method: 'GET',
      path: '/own',
      title: { zh: '本单位（本机构）的岗位', en: 'The vacancies of my employer, or of my agency’s employers' },
      callers: ['employer_officer', 'accept', 'supervisor'],
      answer: schemaList,
      handle: async (work) => ({ items: z.array(schemaVacancy).parse(await vacanciesOf(work, ownerOf(work))) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/vacancies',
      title: { zh: '发布岗位', en: 'Publish a vacancy of my employer' },
      callers: ['employer_officer'],
      body: schemaNewVacancy,
      answer: z.object({ vacancyId: schemaId }),
      async handle(work, { body }) {
        const owner = ownerOf(work)
        if (!('employerId' in owner)) throw new BrokenInvariant('an employer’s officer has an employer')
        return { vacancyId: await publishVacancy(work, rulebook, { employerId: owner.employerId, vacancy: body }) }
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/import',
      title: { zh: '导入岗位', en: 'Import vacancies, all or nothing' },
      callers: ['accept'],
      body: z.strictObject({ rows: z.array(schemaVacancyRow).min(1).max(2_000) }),
      answer: z.object({ imported: z.int() }),
      handle: async (work, { body: { rows } }) => ({ imported: await importVacancies(work, rulebook, rows) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/vacancies/:vacancyId/closing',
      title: { zh: '关闭岗位', en: 'Close a vacancy that was filled or is withdrawn' },
      callers: ['employer_officer', 'accept'],
      params: z.object({ vacancyId: schemaId }),
      body: z.strictObject({ reason: z.enum(['filled', 'withdrawn']) }),
      answer: z.object({ done: z.literal(true) }),
      async handle(work, { params: { vacancyId }, body: { reason } }) {
        await closeVacancy(work, vacancyId, reason)
        return { done: true as const }
      },
    }),
  ]
}

function ownerOf({ actor }: Work): { employerId: string } | { agency: string } {
  if (actor.kind === 'employer') return { employerId: actor.employerId }
  if (actor.kind === 'staff') return { agency: actor.agency }
  throw new BrokenInvariant(`vacancies are not owned by ${actor.kind}`)
}
