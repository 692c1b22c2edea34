import { z } from 'zod'
import { asActor, type Id, type PlainDate, Refusal, systemActor, type Work } from '../../ground/door.ts'
import { employmentsOf, findInstitutionByCode, getEmployer, type InstitutionLevel } from '../../people/door.ts'
import type { Review } from '../../reviews/door.ts'

const staffKinds = ['medical', 'pharmacy', 'nursing', 'technology'] as const
const targets = ['deputy_senior', 'senior'] as const
const currentTitles = ['none', 'junior', 'intermediate', 'deputy_senior'] as const

/** Classes of institution by which senior titles are assessed (C11.07), by the level in the register of institutions (assumed, C11-o1). */
export const classOfLevel: Record<InstitutionLevel, 'province_city' | 'county' | 'grassroots'> = {
  3: 'province_city',
  2: 'county',
  1: 'grassroots',
}

/**
 * Senior titles of health professionals (C11). Where somebody works and the class of that institution come from the registers; title, years and the
 * assessment of ethics are held by none and asked. Papers, degrees, awards and honours are not asked (C11.04).
 */
export const healthTitleReview: Review = {
  id: 'health-title',
  service: 'senior-health-titles',
  version: 1,
  title: { zh: '卫生高级职称', en: 'Senior health title' },
  numberPrefix: 'WZC',
  rules: { entry: 'health-title-entry', points: 'health-title-points', round: 'health-title-round' },
  pointsFacts: ['institutionClass', 'staffKind'],
  groups: ['province_city', 'county', 'grassroots', 'tcm'],
  indicators: ['treatmentEffect', 'serviceQuality', 'patientsReceived', 'publicHealth'],
  shown: ['staffKind', 'institutionClass', 'target', 'currentTitle', 'yearsInTitle'],
  told: ['title', 'usedIn', 'profession'],
  fields: [
    { name: 'staffKind', kind: 'choice', options: staffKinds, required: true },
    { name: 'tcm', kind: 'flag', required: true },
    { name: 'target', kind: 'choice', options: targets, required: true },
    { name: 'currentTitle', kind: 'choice', options: currentTitles, required: true },
    { name: 'yearsInTitle', kind: 'count', required: true },
    { name: 'ethicsPassed', kind: 'flag', required: true },
  ],
  answers: z.strictObject({
    staffKind: z.enum(staffKinds),
    tcm: z.boolean(),
    target: z.enum(targets),
    currentTitle: z.enum(currentTitles),
    yearsInTitle: z.int().min(0).max(60),
    ethicsPassed: z.boolean(),
  }),
  async gather(work, personId, { on }) {
    const { institutionClass } = await workplaceOf(work, personId, on)
    return { facts: { institutionClass }, sources: { institutionClass: 'workplaces' } }
  },
  agencyOf: async (work, personId, on) => (await workplaceOf(work, personId, on)).agency,
}

/** Where a person works on a day: the class of the medical institution, and its agency. Refusal `workplace_unknown`. */
export function workplaceOf(work: Work, personId: Id, on: PlainDate) {
  return asActor(work, systemActor, async (node) => {
    for (const { employerId } of await employmentsOf(node, personId, { on }, 'review_application')) {
      const { creditCode, agency } = await getEmployer(node, employerId)
      const institution = await findInstitutionByCode(node, creditCode)
      if (institution?.level) return { institutionClass: classOfLevel[institution.level], agency }
    }
    throw new Refusal('workplace_unknown', { clause: 'C11.07' })
  })
}
