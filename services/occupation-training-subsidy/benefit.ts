import { z } from 'zod'
import type { Benefit } from '../../benefits/door.ts'
import { asActor, schemaDate, systemActor } from '../../ground/door.ts'
import { getPerson } from '../../people/door.ts'

const purpose = 'training subsidy'

/** The occupations of the text (C7.03), and the word for any other. */
const occupations = [
  'courier',
  'video_creator',
  'online_entrepreneurship',
  'online_marketing',
  'live_stream_seller',
  'not_listed',
] as const

/** The subsidy of a person for a training (C7.03): no register holds trainings of these occupations, so they are asked and checked. */
export const trainingSubsidyBenefit: Benefit = {
  id: 'occupation-training-subsidy',
  service: 'occupation-training-subsidy',
  version: 1,
  title: { zh: '新职业培训补贴', en: 'Training subsidy for new occupations' },
  numberPrefix: 'PX',
  policy: 'occupation-training-subsidy',
  applicant: 'person',
  asksConcern: true,
  fields: [
    { name: 'occupation', kind: 'choice', options: occupations, required: true },
    { name: 'base', kind: 'text', required: true },
    { name: 'completedOn', kind: 'date', required: true },
    { name: 'certificateNumber', kind: 'text' },
  ],
  answers: z.strictObject({
    occupation: z.enum(occupations),
    base: z.string().trim().min(2).max(100),
    completedOn: schemaDate,
    certificateNumber: z.string().trim().max(60).optional(),
  }),
  factsOf: ({ occupation, certificateNumber }) => ({ occupation, certified: Boolean(certificateNumber) }),
  gather: async (_work, _party, { on, answers }) => ({
    facts: { completed: typeof answers.completedOn === 'string' && answers.completedOn <= on },
    sources: {},
  }),
  agencyOf: async (work, { id }) => (await asActor(work, systemActor, (node) => getPerson(node, id, purpose))).agency,
  occasionOf: ({ occupation }) => String(occupation),
  money: {
    fund: 'employment_special',
    expense: { name: 'training_subsidy_expense', title: { zh: '培训补贴支出', en: 'Training subsidy expense' } },
  },
}
