import { z } from 'zod'
import { asActor, systemActor } from '../../ground/door.ts'
import { certificatesOf, getPerson } from '../../people/door.ts'
import type { Review } from '../../reviews/door.ts'

/** The series with linking standards (C12.02). */
export const linkedSeries = [
  'engineering',
  'agriculture',
  'arts_and_crafts',
  'cultural_relics',
  'laboratory',
  'arts',
  'sports',
  'school_teacher',
] as const

const series = [...linkedSeries, 'health', 'other'] as const
const targets = ['assistant', 'intermediate', 'deputy_senior', 'senior'] as const
const awards = [
  'none',
  'world_skills_gold',
  'world_skills_silver',
  'world_skills_bronze',
  'china_skills_award',
] as const

/**
 * Titles for highly skilled workers (C12). Skill certificates come from the register; series, awards and rural work are held by none and asked.
 * Education, seniority and papers are not asked (C12.03).
 */
export const skilledTitleReview: Review = {
  id: 'skilled-title',
  service: 'skilled-titles',
  version: 1,
  title: { zh: '高技能人才职称', en: 'Title for a highly skilled worker' },
  numberPrefix: 'JZC',
  rules: { entry: 'skilled-title-entry', points: 'skilled-title-points', round: 'skilled-title-round' },
  pointsFacts: [],
  groups: linkedSeries,
  indicators: ['workPerformance', 'professionalSkill', 'innovationValue', 'professionalEthics'],
  shown: ['series', 'target', 'award', 'certificates', 'ruralFrontline', 'ruralYears'],
  told: ['title', 'way'],
  fields: [
    { name: 'series', kind: 'choice', options: series, required: true },
    { name: 'target', kind: 'choice', options: targets, required: true },
    { name: 'award', kind: 'choice', options: awards, required: true },
    { name: 'occupationFits', kind: 'flag', required: true },
    { name: 'ruralFrontline', kind: 'flag', required: true },
    { name: 'ruralYears', kind: 'count', required: true },
    { name: 'holdsDeputySenior', kind: 'flag', required: true },
  ],
  answers: z.strictObject({
    series: z.enum(series),
    target: z.enum(targets),
    award: z.enum(awards),
    occupationFits: z.boolean(),
    ruralFrontline: z.boolean(),
    ruralYears: z.int().min(0).max(60),
    holdsDeputySenior: z.boolean(),
  }),
  gather: (work, personId, { on }) =>
    asActor(work, systemActor, async (node) => {
      const held = await certificatesOf(node, personId, { to: on }, 'review_application')
      const certificates = held
        .filter(({ revokedOn }) => revokedOn === null || revokedOn > on)
        .map(({ level, issuedOn }) => ({ level, issuedOn }))
      return { facts: { certificates, appliedOn: on }, sources: { certificates: 'certificates' } }
    }),
  agencyOf: (work, personId) =>
    asActor(work, systemActor, async (node) => (await getPerson(node, personId, 'review_application')).agency),
}
